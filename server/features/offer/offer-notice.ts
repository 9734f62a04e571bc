import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { daysBetween } from '../../../domain/calendar-date.ts';
import type { NoticeId } from '../../../domain/id.ts';
import type { Change } from '../../platform/transact.ts';
import { makeLink } from '../link/link.service.ts';
import type { NoticePayloads } from '../notice/notice.service.ts';
import { oweNotice } from '../notice/notice.service.ts';
import type { OfferRow, OfferWithLines } from './offer.queries.ts';

/** An offer's link goes on opening for so long after the offer's end, to say that it has expired and whom to ask. */
const DAYS_AFTER_END = 30;
const DISPUTE_DAYS = 30;

/** Mails an offer to the customer's contact, with a link to read and answer it. */
export async function oweOffer(change: Change, offer: OfferWithLines, today: CalendarDate): Promise<NoticeId> {
  const { id, contactEmail, language, validUntil, message } = offer.row;
  const days = Math.max(0, daysBetween(today, validUntil)) + DAYS_AFTER_END;
  const linkId = await makeLink(change, { kind: 'offer', subjectId: id, email: contactEmail, days });
  return oweNotice(change, {
    kind: 'offerSent',
    to: contactEmail,
    language,
    linkId,
    subjectId: id,
    payload: {
      ...factsOf(offer),
      storageBytes: offer.lines.reduce((sum, line) => sum + line.storageBytes, 0),
      validUntil,
      message,
    },
  });
}

/** Tells the contact at once that somebody accepted on the phone, with the link that says "not us". */
export async function owePhoneAcceptance(
  change: Change,
  offer: OfferWithLines,
  { acceptedBy, acceptedAt }: { acceptedBy: string; acceptedAt: Date },
): Promise<NoticeId> {
  const { id, contactEmail, language } = offer.row;
  const linkId = await makeLink(change, { kind: 'dispute', subjectId: id, email: contactEmail, days: DISPUTE_DAYS });
  return oweNotice(change, {
    kind: 'offerAcceptedByPhone',
    to: contactEmail,
    language,
    linkId,
    subjectId: id,
    payload: { ...factsOf(offer), acceptedBy, acceptedAt: acceptedAt.toISOString() },
  });
}

export type OfferAnswer = NoticePayloads['offerAnswered']['answer'];

/** Tells the agent at once how the customer answered by the link; an offer whose agent is gone is told to nobody. */
export async function oweAnswer(change: Change, offer: OfferRow, answer: OfferAnswer): Promise<void> {
  const { id, number: offerNumber, customerId, customerName, agentEmail, agentLanguage } = offer;
  if (!agentEmail) return;
  await oweNotice(change, {
    kind: 'offerAnswered',
    to: agentEmail,
    language: agentLanguage ?? 'en',
    subjectId: id,
    payload: { offerNumber, customerName, answer, path: `/desk?customer=${customerId}&offer=${id}` },
  });
}

function factsOf({ row, lines }: OfferWithLines) {
  return {
    offerNumber: row.number,
    customerName: row.customerName,
    partnerName: row.partnerName,
    agentName: row.agentName,
    lines: lines.map(({ productName, quantity, termMonths }) => ({ productName, quantity, termMonths })),
    total: { amountMinor: lines.reduce((sum, line) => sum + line.totalMinor, 0), currency: row.currency },
  };
}
