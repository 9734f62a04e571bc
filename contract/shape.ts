import { z } from 'zod';
import type { CalendarDate } from '../domain/calendar-date.ts';
import type { EmailAddress } from '../domain/email-address.ts';
import type { Id, IdPrefix } from '../domain/id.ts';

/** The wire shape of an id: a TypeID with the prefix of its kind, such as `team_01h455vb4pex5vsknk084sn02q`. */
export function id<P extends IdPrefix>(prefix: P): z.ZodType<Id<P>, string> {
  // A zod string cannot carry the domain's brand by itself; the pattern is what makes the value one.
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`), `expected an id that begins with ${prefix}_`)
    .describe(`TypeID, prefix ${prefix}`) as unknown as z.ZodType<Id<P>, string>;
}

/** A moment in UTC, ISO 8601 with milliseconds. */
export const moment = z.iso.datetime();

/** A calendar date in the vendor's time zone, `YYYY-MM-DD`. */
export const calendarDate = z.iso.date() as unknown as z.ZodType<CalendarDate, string>;

/** An e-mail address as people type it; the server brings it into its one form. */
export const emailText = z.string().trim().min(3).max(254);

/** An e-mail address in its one form. */
export const emailAddress = z.string() as unknown as z.ZodType<EmailAddress, string>;

/** A word or name that people type: on one line, nothing that turns the direction of the text around it, at most `max` characters. */
export function words(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\u2028-\u202e\u2066-\u2069]*$/u, 'control characters are not allowed');
}

/** An integer amount in the minor unit of an ISO 4217 currency. */
export const money = z.object({ amountMinor: z.int(), currency: z.string().length(3) }).meta({ id: 'Money' });

/** A page of a list: `next` is the `after` of the following page, null on the last. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** The query of a list that pages by keyset. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: z.string().max(200).optional(),
});

/** A human language that texts come in. */
export const language = z.enum(['en', 'de', 'cs']);
export type Language = z.infer<typeof language>;

/** A whole number that the server counts up with every change of a thing; its ETag is this number in quotes. */
export const version = z.int().min(1);
