import { isStolenOften } from './common-password.ts';

/** Passwords that people here would try first, in small letters; {@link isStolenOften} knows what the world uses. */
const COMMON = new Set(
  `0123456789 1029384756 111222333 1111111111 1122334455 1212121212 123123123123 123321123321 1234512345 1234554321
  1234567890 12345678901 123456789012 1234567891 123456789a 123456789q 12345qwert 1357924680 147258369 1472583690
  1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1qazxsw23edc 0987654321 9876543210 987654321a abc1234567 abcd123456 abcde12345
  abcdef1234 abcdefghij abcdefghijk abcdefghijkl administrator adminadmin admin12345 admin123456 adobe12345 alexander1
  asdfasdfasdf asdfghjkl1 asdfghjkl123 asdf123456 azertyuiop baseball12 basketball birthday12 charlie123 chocolate1
  christopher computer12 contrasena contrasenya1 correcthorsebatterystaple dragon1234 einsteinalbert elizabeth1
  fernando12 firebird12 football12 football123 geheim12345 geheimnis1 hallo12345 hallohallo heslo12345 hesloheslo
  hesloheslo1 iloveyou12 iloveyou123 iloveyouforever internet12 jakjelenka january2024 jennifer12 jordan2323
  kennwort12 kennwort123 letmein123 letmein1234 letmeinnow liverpool1 lovelovelove manchester master1234 michelle12
  mojeheslo1 monkey1234 motdepasse motdepasse1 nevimnevim ninjaninja p@ssw0rd12 p@ssw0rd123 p@ssword123 passpasspass
  passw0rd12 passw0rd123 password00 password01 password10 password11 password12 password123 password123! password1234
  password12345 password2024 password2025 password2026 passwordpassword passwort01 passwort12 passwort123 passwort1234
  passwort12345 pokemon123 princess12 princess123 q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedcr qazwsxedcrfv qwer123456
  qwert12345 qwerty1234 qwerty12345 qwerty123456 qwertyqwerty qwertyuiop qwertyuiop1 qwertyuiop123 qwertzuiop
  qwertzuiop1 samsung123 schalke04! september1 spiderman1 starwars12 starwars123 summer2024 summer2025 summer2026
  sunshine12 sunshine123 superman12 superman123 testtest12 testtesttest test123456 trustno1234 welcome123 welcome1234
  welcome2024 welcome2025 welcome2026 whatever12 willkommen willkommen1 william123 winter2024 winter2025 winter2026
  zaq12wsxcde3 zaq1xsw2cde3 zxcvbnm123 zxcvbnm1234 zxcvbnmasdf`.split(/\s+/),
);

const FEWEST_CHARACTERS = 5;
const FEWEST_OF_ITS_OWN = 4;

/** Who chooses a password: what others know of that person. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
}

/**
 * Whether a password is among the first that somebody would guess (NIST SP 800-63B section 3.1.1.2).
 *
 * Its length is the contract's matter. Kinds of characters are not asked for: they make passwords harder to keep in
 * mind, not harder to guess.
 *
 * @param known Other words that everybody here knows, such as the vendor's name.
 */
export function isCommonPassword(password: string, owner: PasswordOwner, known: readonly string[]): boolean {
  const plain = plainOf(password);
  if (COMMON.has(plain) || isStolenOften(plain) || new Set(plain).size < FEWEST_CHARACTERS) return true;
  const words = [owner.email, owner.email.split('@')[0] ?? '', owner.name, ...owner.name.split(/\s+/), ...known].map(
    plainOf,
  );
  return words.some((word) => word.length >= 4 && plain.replaceAll(word, '').length < FEWEST_OF_ITS_OWN);
}

/** What is left of a password for comparing: small letters, one form of each character, no spaces. */
export const plainOf = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
