import type { z } from 'zod';
import type { BodyOf } from '../../../contract/endpoint.ts';
import type { Offer, offerEndpoints, offer as offerShape } from '../../../contract/offer.ts';
import type { page } from '../../../contract/shape.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { addDays } from '../../../domain/calendar-date.ts';
import type { CustomerId, OfferId } from '../../../domain/id.ts';
import type { OfferDraft, OfferPhase } from '../../../domain/offer.ts';
import { decideCancel, decideChange, decideSend, offerPhase } from '../../../domain/offer.ts';
import type { Db } from '../../db/database.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller, Repeat } from '../../platform/caller.ts';
import { actorOf } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayOf } from '../../platform/ground.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import { requireAgent } from '../catalogue/catalogue.service.ts';
import { findCustomer, requireSight, sightOf } from '../customer/customer.service.ts';
import { endLink } from '../link/link.service.ts';
import type { LineRow, OfferRow, OfferWithLines } from './offer.queries.ts';

export type { OfferWithLines } from './offer.queries.ts';

import {
  findSeenOffer,
  getOfferRow,
  insertOffer,
  listLineRows,
  listOfferRows,
  lockOfferRow,
  nextOfferNumber,
  replaceLines,
  updateOffer,
} from './offer.queries.ts';
import { priceOffer, requireValidUntil } from './offer-draft.ts';
import { offerError } from './offer-error.ts';
import { oweOffer } from './offer-notice.ts';

export async function readOfferWithLines(db: Db, id: OfferId): Promise<OfferWithLines> {
  return { row: await getOfferRow(db, id), lines: await listLineRows(db, [id]) };
}

/** Reads an offer that the caller was found to have to do with. */
export async function readOffer(ground: Pick<Ground, 'clock' | 'settings'>, db: Db, id: OfferId): Promise<Offer> {
  return presentOffer(await readOfferWithLines(db, id), todayOf(ground));
}

export function presentOffer({ row, lines }: OfferWithLines, today: CalendarDate): Offer {
  const { currency } = row;
  return {
    id: row.id,
    number: row.number,
    version: row.version,
    state: row.state,
    phase: offerPhase(row, today),
    customerId: row.customerId,
    customerNumber: row.customerNumber,
    customerName: row.customerName,
    partnerName: row.partnerName,
    agentName: row.agentName,
    agentEmail: row.agentEmail,
    contactName: row.contactName,
    contactEmail: row.contactEmail,
    language: row.language,
    lines: lines.map(({ offerId: _, position: __, totalMinor, ...line }) => ({
      ...line,
      total: { amountMinor: totalMinor, currency },
    })),
    total: { amountMinor: totalMinorOf(lines), currency },
    storageBytes: lines.reduce((sum, line) => sum + line.storageBytes, 0),
    validUntil: row.validUntil,
    message: row.message,
    sentAt: row.sentAt?.toISOString() ?? null,
    acceptance: presentAcceptance(row),
    orderId: row.orderId,
    createdAt: row.createdAt.toISOString(),
  };
}

export function totalMinorOf(lines: readonly LineRow[]): number {
  return lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
}

function presentAcceptance({ acceptedChannel, acceptedBy, acceptedAt, recorderName }: OfferRow): Offer['acceptance'] {
  if (!acceptedChannel || !acceptedBy || !acceptedAt) return null;
  return { channel: acceptedChannel, acceptedBy, at: acceptedAt.toISOString(), recordedBy: recorderName };
}

export async function getOffer(ground: Ground, caller: AccountCaller, id: OfferId): Promise<Offer> {
  const row = await findSeenOffer(ground.db, caller, { sight: await sightOf(ground.db, caller, 'offer.read'), id });
  if (!row) throw new AppError('notFound');
  return presentOffer({ row, lines: await listLineRows(ground.db, [id]) }, todayOf(ground));
}

export interface OfferQuery {
  readonly customerId?: CustomerId | undefined;
  readonly phase?: OfferPhase | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

export async function listOffers(
  ground: Ground,
  caller: AccountCaller,
  query: OfferQuery,
): Promise<z.output<ReturnType<typeof page<typeof offerShape>>>> {
  const { db } = ground;
  const today = todayOf(ground);
  const sight = await requireSight(db, caller, 'offer.read');
  const found = await listOfferRows(db, caller, { ...query, sight, today });
  const rows = found.slice(0, query.limit);
  const ids = rows.map(({ id }) => id);
  const lines = await listLineRows(db, ids);
  return {
    items: rows.map((row) => presentOffer({ row, lines: lines.filter(({ offerId }) => offerId === row.id) }, today)),
    next: found.length > query.limit ? (ids.at(-1) ?? null) : null,
  };
}

export interface OfferWish {
  readonly wanted: BodyOf<typeof offerEndpoints.makeOffer>;
  readonly repeat: Repeat | undefined;
}

/** Makes an offer for a customer of the agent's partner, priced by the price list of today. */
export async function makeOffer(ground: Ground, caller: AccountCaller, { wanted, repeat }: OfferWish): Promise<Offer> {
  const partner = await requireAgent(ground.db, caller, 'offer.write');
  const { currency, partnerId } = partner;
  const validUntil = wanted.validUntil ?? addDays(todayOf(ground), ground.settings.offerValidDays);
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    const customer = await findCustomer(change.db, wanted.customerId);
    if (customer?.partnerId !== partnerId) throw new AppError('notFound');
    const draft = await priceOffer(ground, change.db, { lines: wanted.lines, validUntil, currency, partner });
    const id = change.newId('off');
    await insertOffer(change.db, {
      ...emptyOffer,
      id,
      number: await newNumber(ground, change.db),
      customerId: customer.id,
      partnerId,
      agentId: caller.accountId,
      state: 'inProgress',
      currency,
      language: customer.language,
      validUntil,
      message: wanted.message ?? null,
      createdAt: change.at,
    });
    await writeLines(change, id, draft);
    return recordTerms(ground, change, { id, kind: 'offerMade' });
  });
}

const emptyOffer = {
  sentAt: null,
  acceptedChannel: null,
  acceptedBy: null,
  acceptedAt: null,
  acceptedRecordedBy: null,
  rejectedAt: null,
  rejectedReason: null,
  disputedAt: null,
} as const;

async function newNumber(ground: Ground, db: Db): Promise<string> {
  const year = todayOf(ground).slice(0, 4);
  return `A-${year}-${String(await nextOfferNumber(db)).padStart(6, '0')}`;
}

async function writeLines(change: Change, offerId: OfferId, { lines }: OfferDraft): Promise<void> {
  const rows = lines.map(({ unitPrice, price, ...line }, index) => ({
    ...line,
    offerId,
    position: index + 1,
    unitPriceMinor: unitPrice.amountMinor,
    totalMinor: price.amountMinor,
  }));
  await replaceLines(change.db, offerId, rows);
}

/** Writes down what is offered now. */
async function recordTerms(
  ground: Ground,
  change: Change,
  { id, kind }: { id: OfferId; kind: 'offerMade' | 'offerChanged' },
): Promise<Offer> {
  const { row, lines } = await readOfferWithLines(change.db, id);
  await change.record(row.customerId, kind, {
    offerId: id,
    partnerId: row.partnerId,
    version: row.version,
    validUntil: row.validUntil,
    currency: row.currency,
    totalMinor: totalMinorOf(lines),
    lines: lines.map(({ productId, quantity, termMonths, discountBasisPoints, totalMinor }) => ({
      ...{ productId, quantity, termMonths, discountBasisPoints },
      priceMinor: totalMinor,
    })),
  });
  return presentOffer({ row, lines }, todayOf(ground));
}

/** An offer as its agent read it. */
export interface OfferRead {
  readonly id: OfferId;
  readonly ifMatch: number;
}

export interface OfferChange extends OfferRead {
  readonly wanted: BodyOf<typeof offerEndpoints.changeOffer>;
}

/** Changes an offer. One that was sent must be sent again, and the link of its mail ends. */
export async function changeOffer(
  ground: Ground,
  caller: AccountCaller,
  { id, ifMatch, wanted }: OfferChange,
): Promise<Offer> {
  const partner = await requireAgent(ground.db, caller, 'offer.write');
  return transact(ground, { actor: actorOf(caller) }, async (change) => {
    const offer = await lockOfferRow(change.db, id, partner.partnerId);
    if (!offer) throw new AppError('notFound');
    const decided = decideChange(offer, { version: ifMatch });
    if (!decided.ok) throw decided.reason === 'offerChanged' ? offerError(decided) : new AppError('offerNotChangeable');
    const { lines, validUntil = offer.validUntil, message = offer.message } = wanted;
    if (wanted.validUntil) requireValidUntil(validUntil, todayOf(ground));
    if (lines) {
      const { currency } = offer;
      await writeLines(change, id, await priceOffer(ground, change.db, { lines, validUntil, currency, partner }));
    }
    await updateOffer(change.db, id, { ...decided.value, validUntil, message });
    await endLink(change, 'offer', id);
    return recordTerms(ground, change, { id, kind: 'offerChanged' });
  });
}

export interface OfferStep extends OfferRead {
  readonly repeat: Repeat | undefined;
}

/** Mails the offer to the customer's contact; sending again ends the earlier link. */
export async function sendOffer(
  ground: Ground,
  caller: AccountCaller,
  { id, ifMatch, repeat }: OfferStep,
): Promise<Offer> {
  const { partnerId } = await requireAgent(ground.db, caller, 'offer.write');
  const today = todayOf(ground);
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    const offer = await lockOfferRow(change.db, id, partnerId);
    if (!offer) throw new AppError('notFound');
    const decided = decideSend(offer, { version: ifMatch, today });
    if (!decided.ok) throw offerError(decided);
    await updateOffer(change.db, id, { ...decided.value, sentAt: change.at });
    const noticeId = await oweOffer(change, await readOfferWithLines(change.db, id), today);
    await change.record(offer.customerId, 'offerSent', { offerId: id, version: offer.version, noticeId });
    return readOffer(ground, change.db, id);
  });
}

/** Withdraws an offer that nobody has answered. */
export async function cancelOffer(
  ground: Ground,
  caller: AccountCaller,
  { id, ifMatch, repeat }: OfferStep,
): Promise<Offer> {
  const { partnerId } = await requireAgent(ground.db, caller, 'offer.write');
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    const offer = await lockOfferRow(change.db, id, partnerId);
    if (!offer) throw new AppError('notFound');
    const decided = decideCancel(offer);
    if (!decided.ok) throw offerError(decided);
    if (offer.version !== ifMatch) throw new AppError('versionChanged');
    await updateOffer(change.db, id, decided.value);
    await change.record(offer.customerId, 'offerCancelled', { offerId: id });
    return readOffer(ground, change.db, id);
  });
}
