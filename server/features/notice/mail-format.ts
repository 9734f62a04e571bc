import type { Language } from '../../../contract/shape.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { Money } from '../../../domain/money.ts';
import { currencyMinorDigits } from '../../../domain/money.ts';

/** The forms of a counted word, such as `{ one: 'month', other: 'months' }`; Czech has `few` too. */
export type CountedWord = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** Numbers, dates and money as a language writes them. */
export interface MailFormat {
  date(date: CalendarDate): string;
  /** A moment, given as ISO 8601, in the vendor's time zone and with its name. */
  moment(at: string): string;
  money(amount: Money): string;
  bytes(bytes: number): string;
  /** The number with the word in its right form. */
  count(count: number, word: CountedWord): string;
  list(items: readonly string[]): string;
}

const locales = { en: 'en-GB', de: 'de-DE', cs: 'cs-CZ' } as const satisfies Record<Language, string>;

const GIBIBYTE = 1024 ** 3;
const TEBIBYTE = 1024 ** 4;

export function mailFormat(language: Language, timeZone: string): MailFormat {
  const locale = locales[language];
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const plural = new Intl.PluralRules(locale);
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    date: (day) => date.format(new Date(`${day}T00:00:00Z`)),
    moment: (at) => moment.format(new Date(at)),
    money({ amountMinor, currency }) {
      const digits = currencyMinorDigits[currency];
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: digits });
      return format.format(amountMinor / 10 ** digits);
    },
    bytes(bytes) {
      const [unit, name] = bytes >= TEBIBYTE ? [TEBIBYTE, 'TiB'] : [GIBIBYTE, 'GiB'];
      return `${number.format(bytes / unit)}\u00a0${name}`;
    },
    count: (count, word) => `${number.format(count)}\u00a0${word[plural.select(count)] ?? word.other}`,
    list: (items) => list.format(items),
  };
}
