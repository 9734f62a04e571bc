import type { LinkKind, OpenedLink } from '../../../contract/link.ts';
import type { AccountId, LinkId, MemberId, OfferId, OrderId, TeamId } from '../../../domain/id.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller, Nobody } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { getAccount } from '../account/account.service.ts';
import { standingOf } from '../account/account-proof.service.ts';
import { offerForLink } from '../offer/offer-answer.service.ts';
import { orderForLink, orderOfOffer } from '../order/order.service.ts';
import { findJoining } from '../order/order-team.service.ts';
import { teamForLink } from '../team/claim.service.ts';
import { invitationForLink } from '../team/invitation.service.ts';
import type { Link } from './link.queries.ts';
import { readLink } from './link.service.ts';

interface Opening {
  readonly ground: Ground;
  readonly link: Link;
  readonly caller: AccountCaller | Nobody;
}

type Shown<K extends LinkKind> = Extract<OpenedLink, { kind: K }>;

/** What each kind of link shows. The kind says what its subject is. */
const show: { readonly [K in LinkKind]: (opening: Opening) => Promise<Shown<K>> } = {
  async confirmAccount(opening) {
    const { name } = await getAccount(opening.ground.db, opening.link.subjectId as AccountId);
    return { kind: 'confirmAccount', account: await standing(opening), name };
  },

  async resetPassword(opening) {
    return { kind: 'resetPassword', account: await standing(opening) };
  },

  async offer({ ground, link }) {
    const id = link.subjectId as OfferId;
    const { offer } = await offerForLink(ground, id);
    return { kind: 'offer', language: offer.language, offer, order: await orderOfOffer(ground, id) };
  },

  async dispute({ ground, link }) {
    const { offer, disputed } = await offerForLink(ground, link.subjectId as OfferId);
    return { kind: 'dispute', language: offer.language, offer, disputed };
  },

  async completeOrder({ ground, link }) {
    const order = await orderForLink(ground, link.subjectId as OrderId);
    const { offer } = await offerForLink(ground, order.offerId);
    return { kind: 'completeOrder', language: offer.language, offer, order };
  },

  async claimTeam(opening) {
    const shown = await teamForLink(opening.ground, opening.link.subjectId as TeamId);
    return { kind: 'claimTeam', account: await standing(opening), ...shown };
  },

  async joinCustomer(opening) {
    const joining = await findJoining(opening.ground, opening.link.subjectId as OrderId);
    if (!joining) throw new AppError('linkEnded');
    const { team, customerName, customerNumber, partnerName } = joining;
    const account = await standing(opening);
    return { kind: 'joinCustomer', account, team, customerName, customerNumber, partnerName };
  },

  async invitation(opening) {
    const shown = await invitationForLink(opening.ground, opening.link.subjectId as MemberId);
    return { kind: 'invitation', account: await standing(opening), ...shown };
  },
};

const standing = ({ ground, link, caller }: Opening) => standingOf(ground.db, link.email, caller);

/** Shows what a link is about; changes nothing, so programs that look into mails may open it. */
export async function openLink(
  ground: Ground,
  caller: AccountCaller | Nobody,
  { linkId, secret }: { linkId: LinkId; secret: string },
): Promise<OpenedLink> {
  const link = await readLink(ground, linkId, secret);
  return show[link.kind]({ ground, link, caller });
}
