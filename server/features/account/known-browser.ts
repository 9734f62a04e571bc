import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { Ground } from '../../platform/ground.ts';

/** A browser in which somebody has signed in before is told from those who guess at that name. */
export interface KnownBrowsers {
  /** The browser's own serial, where the cookies of a request carry a valid mark for this address. */
  find(headers: Headers, email: EmailAddress): string | undefined;
  /** The `Set-Cookie` value that marks a browser in which the owner of this address has signed in. */
  mark(email: EmailAddress): string;
}

const DAY_MILLISECONDS = 86_400_000;
const KEPT_DAYS = 180;
const SERIAL_BYTES = 16;

/**
 * Marks browsers, as OWASP's "Slow Down Online Guessing Attacks with Device Cookies" has it: without that, whoever types a wrong
 * password for somebody else often enough would keep the owner out.
 *
 * A mark opens nothing and names nobody: it is `day.serial.mac`, with an HMAC under the server's key over the address, the day
 * until which it counts, and the serial.
 */
export function createKnownBrowsers({
  serverKey,
  settings,
  clock,
}: Pick<Ground, 'serverKey' | 'settings' | 'clock'>): KnownBrowsers {
  const secure = settings.publicUrl.startsWith('https:');
  const name = secure ? '__Host-namesake.known' : 'namesake.known';
  const today = () => Math.floor(clock.now().getTime() / DAY_MILLISECONDS);
  const macOf = (email: EmailAddress, day: string, serial: string) =>
    createHmac('sha256', serverKey).update(`known browser ${email} ${day} ${serial}`).digest();
  return {
    find(headers, email) {
      const [day = '', serial = '', mac = ''] = cookieOf(headers.get('cookie') ?? '', name).split('.');
      const [expected, given] = [macOf(email, day, serial), Buffer.from(mac, 'base64url')];
      const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
      return isOurs && Number(day) >= today() ? serial : undefined;
    },
    mark(email) {
      const day = String(today() + KEPT_DAYS);
      const serial = randomBytes(SERIAL_BYTES).toString('base64url');
      const value = `${day}.${serial}.${macOf(email, day, serial).toString('base64url')}`;
      const attributes = `Max-Age=${KEPT_DAYS * 86_400}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
      return `${name}=${value}; ${attributes}`;
    },
  };
}

/** The value of a cookie in a `Cookie` header; empty where it is not there. */
function cookieOf(header: string, name: string): string {
  const pair = header.split(/;\s*/).find((each) => each.startsWith(`${name}=`));
  return pair?.slice(name.length + 1) ?? '';
}
