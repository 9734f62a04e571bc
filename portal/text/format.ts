/** Formats of one locale; pure, so that tests need no browser. */
export interface Format {
  number(value: number): string;
  /** A share of 1: 0.5 is 50 %. */
  percent(share: number): string;
  /** An amount in the currency's minor unit, as the contract carries it. */
  money(amountMinor: number, currency: string): string;
  /** A calendar date `2027-01-31`, the same day wherever the reader is. */
  day(date: string): string;
  /** An instant with date and time in the reader's own time zone. */
  moment(instant: Date): string;
  /** An instant to the second: the time alone where it is of the same day as `now`, in the reader's own time zone. */
  second(instant: Date, now: Date): string;
  /** How far an instant is from `now`, in the largest unit that fits. */
  distance(instant: Date, now: Date): string;
  bytes(count: number): string;
  list(parts: readonly string[]): string;
}

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

const spans = [
  { unit: 'year', seconds: 31_557_600 },
  { unit: 'month', seconds: 2_629_800 },
  { unit: 'week', seconds: 604_800 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

export function makeFormat(locale: string): Format {
  const number = new Intl.NumberFormat(locale);
  const shortNumber = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const second = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    money: (amountMinor, currency) => formatMoney(locale, amountMinor, currency),
    day: (date) => day.format(new Date(`${date.slice(0, 10)}T00:00:00Z`)),
    moment: (instant) => moment.format(instant),
    second: (instant, now) => (isSameDay(instant, now) ? second : moment).format(instant),
    distance: (instant, now) => formatDistance(relative, instant, now),
    bytes: (count) => formatBytes(shortNumber, count),
    list: (parts) => list.format(parts),
  };
}

function isSameDay(one: Date, other: Date): boolean {
  return one.toDateString() === other.toDateString();
}

function formatMoney(locale: string, amountMinor: number, currency: string): string {
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const digits = money.resolvedOptions().maximumFractionDigits ?? 2;
  return money.format(amountMinor / 10 ** digits);
}

function formatDistance(relative: Intl.RelativeTimeFormat, instant: Date, now: Date): string {
  const seconds = (instant.getTime() - now.getTime()) / 1000;
  const span = spans.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  return span ? relative.format(Math.trunc(seconds / span.seconds), span.unit) : relative.format(0, 'second');
}

function formatBytes(number: Intl.NumberFormat, count: number): string {
  const step = count < 1 ? 0 : Math.min(Math.floor(Math.log2(count) / 10), binaryUnits.length - 1);
  return `${number.format(count / 1024 ** step)}\u00a0${binaryUnits[step]}`;
}
