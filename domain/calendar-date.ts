declare const brand: unique symbol;

/** A day of the calendar, `YYYY-MM-DD`, without a time or a zone. Such texts sort as the days do. */
export type CalendarDate = string & { readonly [brand]: 'CalendarDate' };

const FORM = /^\d{4}-\d{2}-\d{2}$/;
const MILLISECONDS_PER_DAY = 86_400_000;

const midnight = (date: CalendarDate): Date => new Date(`${date}T00:00:00Z`);

const fromMidnight = (moment: Date): CalendarDate => {
  const date = parseCalendarDate(Number.isNaN(moment.getTime()) ? '' : moment.toISOString().slice(0, -14));
  if (date === undefined) throw new RangeError('A calendar date lies between the years 0000 and 9999');
  return date;
};

/** Reads a date in its one form. @returns The date, or undefined where the calendar has no such day. */
export const parseCalendarDate = (text: string): CalendarDate | undefined => {
  if (!FORM.test(text)) return undefined;
  const moment = new Date(`${text}T00:00:00Z`);
  // Some engines read 30 February as 2 March: only what reads back the same is a day.
  if (Number.isNaN(moment.getTime()) || moment.toISOString().slice(0, 10) !== text) return undefined;
  // The one place that makes a CalendarDate: its form and its day were checked just here.
  return text as CalendarDate;
};

/** Orders two dates for sorting: negative where the first is earlier, 0 where they are the same day. */
export const compareDates = (one: CalendarDate, other: CalendarDate): -1 | 0 | 1 => {
  if (one === other) return 0;
  return one < other ? -1 : 1;
};

/** The date so many days later, or earlier where `days` is negative. @throws RangeError outside the years 0000 to 9999. */
export const addDays = (date: CalendarDate, days: number): CalendarDate =>
  fromMidnight(new Date(midnight(date).getTime() + days * MILLISECONDS_PER_DAY));

/**
 * The same day of the month so many months later, or the month's last day where it is too short.
 *
 * @throws RangeError outside the years 0000 to 9999.
 */
export const addMonths = (date: CalendarDate, months: number): CalendarDate => {
  const moment = midnight(date);
  const day = moment.getUTCDate();
  moment.setUTCDate(1);
  moment.setUTCMonth(moment.getUTCMonth() + months);
  const lastDay = new Date(moment);
  lastDay.setUTCMonth(lastDay.getUTCMonth() + 1, 0);
  moment.setUTCDate(Math.min(day, lastDay.getUTCDate()));
  return fromMidnight(moment);
};

/** How many days lie from one date to the other; negative where `to` is earlier. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
  (midnight(to).getTime() - midnight(from).getTime()) / MILLISECONDS_PER_DAY;

/** Formatters are dear to make (half a check's time), and there are as many as zones asked for. */
const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterFor = (timeZone: string): Intl.DateTimeFormat => {
  const kept = formatters.get(timeZone);
  if (kept !== undefined) return kept;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
};

/**
 * The date that a calendar on the wall of this zone shows at a moment.
 *
 * @param timeZone An IANA name such as `Europe/Berlin`.
 * @throws RangeError where the zone is unknown.
 */
export const dateIn = (timeZone: string, instant: Date): CalendarDate => {
  const parts = formatterFor(timeZone).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '';
  const date = parseCalendarDate(`${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`);
  if (date === undefined) throw new RangeError('A calendar date lies between the years 0000 and 9999');
  return date;
};
