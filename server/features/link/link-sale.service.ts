import type { Offer } from '../../../contract/offer.ts';
import type { Order } from '../../../contract/order.ts';
import type { OfferId, OrderId } from '../../../domain/id.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Ground } from '../../platform/ground.ts';
import { acceptOfferByLink, rejectOfferByLink } from '../offer/offer-answer.service.ts';
import { disputeAcceptance } from '../order/order-decision.service.ts';
import { completeOrderByLink } from '../order/order-team.service.ts';
import { finishLink, holdLink } from './link.service.ts';
import type { Presented } from './link-proof.ts';
import { byBearer, proveKind } from './link-proof.ts';

/** Accepts the offer in the version that was read. The link stays: it shows the accepted offer from then on. */
export async function acceptByLink(
  ground: Ground,
  presented: Presented & { acceptedBy: string; version: number },
): Promise<Offer> {
  await proveKind(ground, presented, 'offer');
  const { acceptedBy, version } = presented;
  return byBearer(ground, presented, async (change) => {
    const { subjectId } = await holdLink(change, presented.linkId);
    return acceptOfferByLink(ground, change, { id: subjectId as OfferId, acceptedBy, version });
  });
}

export async function rejectByLink(
  ground: Ground,
  presented: Presented & { reason: string | undefined; version: number },
): Promise<Offer> {
  await proveKind(ground, presented, 'offer');
  const { reason, version } = presented;
  return byBearer(ground, presented, async (change) => {
    const { subjectId } = await holdLink(change, presented.linkId);
    return rejectOfferByLink(ground, change, { id: subjectId as OfferId, reason, version });
  });
}

/** "Not us". The link stays, and saying it again changes nothing. */
export async function disputeByLink(ground: Ground, presented: Presented): Promise<{ held: boolean }> {
  await proveKind(ground, presented, 'dispute');
  return byBearer(ground, presented, async (change) => {
    const { subjectId } = await holdLink(change, presented.linkId);
    return disputeAcceptance(ground, change, subjectId as OfferId);
  });
}

export interface Completion {
  readonly teamName: string;
  readonly ownerEmail: string;
  readonly makeTeam: boolean;
}

/** Names the team of a pending order. What matches nothing is kept, and the link stays for another try. */
export async function completeByLink(ground: Ground, presented: Presented & Completion): Promise<Order> {
  await proveKind(ground, presented, 'completeOrder');
  const { teamName, ownerEmail, makeTeam } = presented;
  const done = await byBearer(ground, presented, async (change) => {
    const { id, subjectId } = await holdLink(change, presented.linkId);
    const named = { id: subjectId as OrderId, teamName, ownerEmail, makeTeam };
    const result = await completeOrderByLink(ground, change, named);
    if (typeof result !== 'string') await finishLink(change, id);
    return result;
  });
  if (typeof done === 'string') throw new AppError(done);
  return done;
}
