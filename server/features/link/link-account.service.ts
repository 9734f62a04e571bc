import type { Language } from '../../../contract/shape.ts';
import type { AccountId, MemberId, OrderId, TeamId } from '../../../domain/id.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Identity } from '../account/account.service.ts';
import { confirmAccount, getAccount, hashChosenPassword, resetPassword } from '../account/account.service.ts';
import type { Bearer } from '../account/account-proof.service.ts';
import { provenAccount } from '../account/account-proof.service.ts';
import { findJoining, rematchPendingOrders } from '../order/order-team.service.ts';
import { claimTeam, joinCustomer } from '../team/claim.service.ts';
import { acceptInvitation } from '../team/invitation.service.ts';
import type { Link } from './link.queries.ts';
import type { Presented } from './link-proof.ts';
import { proveKind, usingUp } from './link-proof.ts';

/** Whose mailbox a link has proven: who is signed in from now on. */
export interface Proven {
  readonly accountId: AccountId;
}

export interface InTeam extends Proven {
  readonly teamId: TeamId;
}

export async function confirmByLink(ground: Ground, presented: Presented): Promise<Proven> {
  await proveKind(ground, presented, 'confirmAccount');
  return usingUp(ground, presented, async (change, link) => {
    const accountId = link.subjectId as AccountId;
    await confirmAccount(change, accountId);
    return { accountId };
  });
}

export async function resetByLink(
  ground: Ground,
  identity: Identity,
  presented: Presented & { password: string },
): Promise<Proven> {
  const { subjectId } = await proveKind(ground, presented, 'resetPassword');
  const accountId = subjectId as AccountId;
  const account = await getAccount(ground.db, accountId);
  const passwordHash = await hashChosenPassword(ground, identity, presented.password, account);
  return usingUp(ground, presented, async (change) => {
    await resetPassword(change, accountId, passwordHash);
    return { accountId };
  });
}

export interface FirstVisit {
  readonly name: string;
  readonly password: string;
  readonly language: Language;
}

type Visit = Presented & { readonly account: FirstVisit | undefined };

/** The owner confirms the team; on the first visit the account is made in the same change. */
export async function claimByLink(ground: Ground, identity: Identity, visit: Visit): Promise<InTeam> {
  const bearer = await bearerOf(ground, identity, { link: await proveKind(ground, visit, 'claimTeam'), visit });
  return usingUp(ground, visit, async (change, link) => {
    const accountId = await provenAccount(change, bearer);
    return { ...(await claimTeam(change, { teamId: link.subjectId as TeamId, accountId })), accountId };
  });
}

/**
 * An invited person joins; on the first visit the account is made in the same change.
 *
 * @returns The team as well, and the revision that first has this member.
 */
export async function acceptInvitationByLink(
  ground: Ground,
  identity: Identity,
  visit: Visit,
): Promise<InTeam & { readonly revision: number }> {
  const bearer = await bearerOf(ground, identity, { link: await proveKind(ground, visit, 'invitation'), visit });
  return usingUp(ground, visit, async (change, link) => {
    const accountId = await provenAccount(change, bearer);
    const joined = await acceptInvitation(ground, change, { memberId: link.subjectId as MemberId, accountId });
    return { ...joined, accountId };
  });
}

/** The owner confirms that the team belongs to the customer who ordered for it, and the order goes on. */
export async function joinCustomerByLink(ground: Ground, presented: Presented): Promise<InTeam> {
  const { email } = await proveKind(ground, presented, 'joinCustomer');
  return usingUp(ground, presented, async (change, link) => {
    const accountId = await provenAccount(change, { email, caller: presented.caller });
    const joining = await findJoining(change, link.subjectId as OrderId);
    if (!joining) throw new AppError('linkEnded');
    const { team, customerId } = joining;
    await joinCustomer(change, { teamId: team.id, customerId, accountId });
    await rematchPendingOrders(ground, change, customerId);
    return { teamId: team.id, accountId };
  });
}

/** The bearer with the account that it chose; the password is judged and hashed before any lock is taken. */
async function bearerOf(
  ground: Ground,
  identity: Identity,
  { link: { email }, visit: { caller, account } }: { link: Link; visit: Visit },
): Promise<Bearer> {
  if (caller.kind === 'account' || !account) return { email, caller };
  const { name, language, password } = account;
  const passwordHash = await hashChosenPassword(ground, identity, password, { email, name });
  return { email, caller, newAccount: { name, language, passwordHash } };
}
