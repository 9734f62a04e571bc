import type pg from 'pg';
import type { Ledger } from './ledger.ts';
import type { TakenMail } from './taken-mail.ts';

interface NoticeRow {
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly subject: string;
  readonly state: string;
  readonly link: string | null;
}

/**
 * Holds the notices that are owed against those that the mail server has taken.
 *
 * Each that the record owes exists once, was taken once at least, every time the same to the byte, by whom it was for; and
 * nothing was taken that nobody owes.
 */
export async function checkNotices(pool: pg.Pool, ledger: Ledger, mails: readonly TakenMail[]): Promise<string[]> {
  const { rows } = await pool.query<NoticeRow>(
    'select id, kind, recipient, subject_id as subject, state, link_id as link from notice',
  );
  return [...checkOwed(ledger, rows), ...checkTaken(ledger, rows, mails)];
}

/** Which notices there have to be, by what was acknowledged; about offers and orders there are no others. */
function checkOwed({ offers, orders }: Ledger, rows: readonly NoticeRow[]): string[] {
  const isSale = (subject: string) =>
    [offers, orders].some((sales: ReadonlyMap<string, unknown>) => sales.has(subject));
  const found = Map.groupBy(rows, ({ kind, subject }) => `${kind} about ${subject}`);
  const unowed = new Map(
    rows.filter(({ subject }) => isSale(subject)).map((row) => [`${row.kind} about ${row.subject}`, row]),
  );
  const owe = (kind: string, subject: string, recipients: readonly string[] | undefined): string[] => {
    unowed.delete(`${kind} about ${subject}`);
    const told = (found.get(`${kind} about ${subject}`) ?? []).map(({ recipient }) => recipient).sort();
    const wanted = [...(recipients ?? told.slice(0, 1))].sort();
    if (told.length > 0 && told.join() === wanted.join()) return [];
    return [`the notice ${kind} about ${subject} went to [${told}], not to [${wanted}]`];
  };
  const ofOffers = [...offers].flatMap(([id, { acceptedBy, sent, contactEmail }]) => [
    ...(sent ? owe('offerSent', id, [contactEmail]) : []),
    ...(acceptedBy === 'phone' ? owe('offerAcceptedByPhone', id, [contactEmail]) : []),
    ...(acceptedBy === 'link' ? owe('offerAnswered', id, undefined) : []),
  ]);
  const ofOrders = [...orders].flatMap(([id, { completion, waited, failure }]) => [
    ...(waited ? owe('orderToComplete', id, undefined) : []),
    ...(failure ? owe('orderFailed', id, failure) : []),
    ...(completion ? owe('orderCompleted', id, completion.told) : []),
  ]);
  const contrary = [...unowed].map(
    ([what, { recipient }]) => `the notice ${what} went to ${recipient}, and nobody owes it`,
  );
  return [...ofOffers, ...ofOrders, ...contrary];
}

function checkTaken({ refused }: Ledger, rows: readonly NoticeRow[], mails: readonly TakenMail[]): string[] {
  const taken = Map.groupBy(mails, ({ id }) => id);
  const owed = new Set(rows.map(({ id }) => id));
  const unknown = [...taken.keys()]
    .filter((id) => !owed.has(id))
    .map((id) => `a mail ${id} was sent that no notice is kept of`);
  const off = rows.flatMap((row) => {
    const copies = taken.get(row.id) ?? [];
    if (refused.has(row.recipient) && copies.length === 0 && row.state === 'failed') return [];
    if (copies.length === 0) return [`the notice ${row.kind} ${row.id} (${row.state}) was never handed over`];
    return [
      ...(row.state === 'accepted' ? [] : [`the notice ${row.id} was handed over and is ${row.state}`]),
      ...contradictions(row, copies),
    ];
  });
  return [...unknown, ...off];
}

function contradictions({ id, recipient, link }: NoticeRow, copies: readonly TakenMail[]): string[] {
  const [first] = copies;
  if (!first) return [];
  return [
    ...(copies.every(({ raw }) => raw.equals(first.raw))
      ? []
      : [`the notice ${id} was handed over in ${copies.length} different ways`]),
    ...(copies.every(({ to }) => to.join() === recipient)
      ? []
      : [`the notice ${id} went to somebody else than ${recipient}`]),
    ...(link !== null && first.link?.linkId !== link
      ? [`the notice ${id} leads to ${first.link?.linkId}, not to ${link}`]
      : []),
  ];
}

/** How many messages were repeated: taken more than once. */
export function countRepeated(mails: readonly TakenMail[]): number {
  return mails.length - new Set(mails.map(({ id }) => id)).size;
}
