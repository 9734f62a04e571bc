import type { Offer } from '../../../contract/offer.ts';
import { dateIn } from '../../../domain/calendar-date.ts';
import type { LinkId, OfferId, PartnerId } from '../../../domain/id.ts';
import { decideAccept, decideReject } from '../../../domain/offer.ts';
import { AppError, invalidField } from '../../platform/app-error.ts';
import type { AccountCaller } from '../../platform/caller.ts';
import { actorOf } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayOf } from '../../platform/ground.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import { requireAgent } from '../catalogue/catalogue.service.ts';
import type { OfferRow } from './offer.queries.ts';
import { findOfferRow, listLineRows, lockOfferRow, updateOffer } from './offer.queries.ts';
import type { OfferStep, OfferWithLines } from './offer.service.ts';
import { presentOffer, readOffer, readOfferWithLines } from './offer.service.ts';
import { offerError } from './offer-error.ts';
import { oweAnswer, owePhoneAcceptance } from './offer-notice.ts';

export interface PhoneAcceptance extends OfferStep {
  readonly acceptedBy: string;
  /** When it was said, ISO 8601; just now where left out. */
  readonly acceptedAt: string | undefined;
}

/** Records that somebody accepted on the phone, and mails the customer's contact at once. */
export async function acceptOfferByPhone(
  ground: Ground,
  caller: AccountCaller,
  { id, ifMatch, acceptedBy, acceptedAt, repeat }: PhoneAcceptance,
): Promise<Offer> {
  const { partnerId } = await requireAgent(ground.db, caller, 'offer.answer');
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    const offer = await lockOfferRow(change.db, id, partnerId);
    if (!offer) throw new AppError('notFound');
    const decided = decideAccept(offer, { version: ifMatch, today: todayOf(ground), channel: 'phone' });
    if (!decided.ok) throw offerError(decided);
    const at = momentOfCall(ground, acceptedAt, { from: offer.createdAt, to: change.at });
    await updateOffer(change.db, id, {
      ...decided.value,
      acceptedChannel: 'phone',
      acceptedBy,
      acceptedAt: at,
      acceptedRecordedBy: caller.accountId,
    });
    await owePhoneAcceptance(change, await readOfferWithLines(change.db, id), { acceptedBy, acceptedAt: at });
    await recordAnswer(change, offer, { kind: 'offerAccepted', channel: 'phone' });
    return readOffer(ground, change.db, id);
  });
}

const CLOCKS_DIFFER_MILLISECONDS = 5 * 60_000;

/** When the call was: people give it to the minute, by their own clock, so the day of the offer is early enough. */
function momentOfCall({ settings }: Ground, told: string | undefined, { from, to }: { from: Date; to: Date }): Date {
  const at = told === undefined ? to : new Date(told);
  if (at.getTime() - to.getTime() > CLOCKS_DIFFER_MILLISECONDS) throw invalidField('acceptedAt', 'lies in the future');
  const isEarlier = dateIn(settings.timeZone, at) < dateIn(settings.timeZone, from);
  if (isEarlier) throw invalidField('acceptedAt', 'lies before the offer was made');
  return at > to ? to : at;
}

/** An offer as the bearer of its link reads it; also to say "not us" by. */
export async function offerForLink(ground: Ground, id: OfferId): Promise<{ offer: Offer; disputed: boolean }> {
  const row = await findOfferRow(ground.db, id);
  if (!row) throw new AppError('linkUnknown');
  const offer = presentOffer({ row, lines: await listLineRows(ground.db, [id]) }, todayOf(ground));
  return { offer, disputed: row.disputedAt !== null };
}

/** Accepts an offer inside the change of the link that was proven. */
export async function acceptOfferByLink(
  ground: Ground,
  change: Change,
  { id, acceptedBy, version }: { id: OfferId; acceptedBy: string; version: number },
): Promise<Offer> {
  const offer = await lockOfferOfLink(change, id);
  const decided = decideAccept(offer, { version, today: todayOf(ground), channel: 'link' });
  if (!decided.ok) throw offerError(decided);
  await updateOffer(change.db, id, {
    ...decided.value,
    acceptedChannel: 'link',
    acceptedBy,
    acceptedAt: change.at,
  });
  await recordAnswer(change, offer, { kind: 'offerAccepted', channel: 'link' });
  await oweAnswer(change, offer, { kind: 'accepted', by: acceptedBy });
  return readOffer(ground, change.db, id);
}

/** Declines an offer inside the change of the link that was proven. */
export async function rejectOfferByLink(
  ground: Ground,
  change: Change,
  { id, reason, version }: { id: OfferId; reason: string | undefined; version: number },
): Promise<Offer> {
  const offer = await lockOfferOfLink(change, id);
  const decided = decideReject(offer, { version, today: todayOf(ground), channel: 'link' });
  if (!decided.ok) throw offerError(decided);
  await updateOffer(change.db, id, {
    ...decided.value,
    rejectedAt: change.at,
    rejectedReason: reason ?? null,
  });
  await recordAnswer(change, offer, { kind: 'offerRejected', channel: 'link' });
  await oweAnswer(change, offer, { kind: 'rejected', reason: reason ?? null });
  return readOffer(ground, change.db, id);
}

async function recordAnswer(
  change: Change,
  { id, customerId, version }: OfferRow,
  { kind, channel }: { kind: 'offerAccepted' | 'offerRejected'; channel: 'phone' | 'link' },
): Promise<void> {
  await change.record(customerId, kind, { offerId: id, version, channel, linkId: linkOf(change) });
}

/** The link by whose bearer the change is made. */
function linkOf({ actor }: Change): LinkId | null {
  return actor.kind === 'link' ? actor.id : null;
}

/** An offer that is being ordered, its row locked; undefined where it is not one of the given partner's. */
export async function lockOfferToOrder(
  change: Change,
  { id, partnerId }: { id: OfferId; partnerId: PartnerId },
): Promise<OfferWithLines | undefined> {
  const row = await lockOfferRow(change.db, id, partnerId);
  return row && { row, lines: await listLineRows(change.db, [id]) };
}

/** The offer that a link is about, its row locked. @throws AppError `linkUnknown` where there is none. */
export async function lockOfferOfLink(change: Change, id: OfferId): Promise<OfferRow> {
  const offer = await lockOfferRow(change.db, id);
  if (!offer) throw new AppError('linkUnknown');
  return offer;
}

/** Marks an offer, whose row is locked, as disputed by the customer. Repeating it changes nothing. */
export async function markOfferDisputed(change: Change, offer: OfferRow): Promise<void> {
  const { id, customerId } = offer;
  const linkId = linkOf(change);
  if (!linkId) throw new Error('Only the bearer of a link disputes an acceptance');
  if (offer.disputedAt) return;
  await updateOffer(change.db, id, { disputedAt: change.at });
  await change.record(customerId, 'offerDisputed', { offerId: id, linkId });
}
