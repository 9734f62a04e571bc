import type { Member } from '../../../contract/team.ts';
import { addDays } from '../../../domain/calendar-date.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import { parseEmailAddress } from '../../../domain/email-address.ts';
import type { AccountId, MemberId, TeamId } from '../../../domain/id.ts';
import type { TeamRole } from '../../../domain/team.ts';
import { decideAcceptance, decideInvite } from '../../../domain/team.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller, Repeat } from '../../platform/caller.ts';
import { actorOf, systemActor } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayOf } from '../../platform/ground.ts';
import type { JobKind } from '../../platform/jobs.ts';
import { lockStream } from '../../platform/stream-lock.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import { holdReserved, listReservedProducts } from '../licence/holder.service.ts';
import { makeLink } from '../link/link.service.ts';
import { oweNotice } from '../notice/notice.service.ts';
import type { MemberRow } from './member.queries.ts';
import {
  findByAddresses,
  findInvited,
  findMember,
  insertMember,
  listEndedInvitations,
  updateMember,
} from './member.queries.ts';
import { dropMember, readMember } from './member.service.ts';
import { requireRole } from './team.policy.ts';
import { findTeamRow } from './team.queries.ts';

export interface Invitee {
  readonly email: string;
  readonly name?: string | undefined;
  readonly role: Exclude<TeamRole, 'owner'>;
  readonly external: boolean;
}

export interface InvitationResult {
  readonly email: string;
  readonly outcome: 'invited' | 'alreadyMember' | 'invalidEmail' | 'repeated';
  readonly memberId: MemberId | null;
}

/** Invites people in one step: each address gets its own outcome, and whoever is in the team already is left alone. */
export async function inviteMembers(
  ground: Ground,
  caller: AccountCaller,
  { teamId, people, repeat }: { teamId: TeamId; people: readonly Invitee[]; repeat: Repeat | undefined },
): Promise<{ results: InvitationResult[]; revision: number }> {
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    const revision = await lockStream(change.db, teamId);
    const { role, claimed } = await requireRole(change.db, teamId, caller, 'member.invite');
    if (!claimed) throw new AppError('teamUnclaimed');
    const emails = people.map(({ email }) => parseEmailAddress(email));
    const addresses = emails.filter((email) => email !== undefined);
    const known = await findByAddresses(change.db, caller, { teamId, emails: addresses });
    const invite = inviter(ground, change, {
      teamId,
      caller,
      role,
      known: new Map(known.map((row) => [row.email, row])),
    });
    const results: InvitationResult[] = [];
    let newest = revision ?? 0;
    for (const [index, person] of people.entries()) {
      const email = emails[index];
      const done = email ? await invite(person, email) : { outcome: 'invalidEmail' as const, memberId: null };
      results.push({ email: email ?? person.email, outcome: done.outcome, memberId: done.memberId });
      newest = done.revision ?? newest;
    }
    return { results, revision: newest };
  });
}

interface InviterOf {
  readonly teamId: TeamId;
  readonly caller: AccountCaller;
  readonly role: TeamRole;
  readonly known: Map<EmailAddress, MemberRow>;
}

type Invited = Pick<InvitationResult, 'outcome' | 'memberId'> & { readonly revision?: number };

function inviter(ground: Ground, change: Change, { teamId, caller, role, known }: InviterOf) {
  const seen = new Set<EmailAddress>();
  return async (person: Invitee, email: EmailAddress): Promise<Invited> => {
    if (seen.has(email)) return { outcome: 'repeated', memberId: null };
    seen.add(email);
    const before = known.get(email);
    const decision = decideInvite(role, person, before);
    if (!decision.ok) {
      if (decision.reason === 'externalRole') throw new AppError('externalRole');
      if (decision.reason === 'roleNotAllowed') throw new AppError('roleNotGrantable');
      return { outcome: 'alreadyMember', memberId: before?.id ?? null };
    }
    const memberId = await writeInvitation(ground, change, { teamId, caller, person, email, before });
    await oweInvitation(ground, change, { teamId, memberId, email, caller });
    const revision = await change.record(teamId, 'memberInvited', {
      memberId,
      role: person.role,
      external: person.external,
      endsOn: invitationEnd(ground),
    });
    return { outcome: 'invited', memberId, revision };
  };
}

const invitationEnd = (ground: Ground) => addDays(todayOf(ground), ground.settings.invitationDays);

interface InvitationRow {
  readonly teamId: TeamId;
  readonly caller: AccountCaller;
  readonly person: Invitee;
  readonly email: EmailAddress;
  readonly before: MemberRow | undefined;
}

/** Somebody who was removed comes back as the same member, so that its history goes on. */
async function writeInvitation(
  ground: Ground,
  change: Change,
  { teamId, caller, person, email, before }: InvitationRow,
): Promise<MemberId> {
  const row = {
    name: person.name ?? email,
    role: person.role,
    state: 'invited' as const,
    external: person.external,
    invitedBy: caller.accountId,
    invitedAt: change.at,
    invitationEndsOn: invitationEnd(ground),
    acceptedAt: null,
  };
  if (before) {
    await updateMember(change.db, before.id, { ...row, accountId: null, removedAt: null });
    return before.id;
  }
  const id = change.newId('mem');
  await insertMember(change.db, { ...row, id, teamId, accountId: null, email });
  return id;
}

interface OwedInvitation {
  readonly teamId: TeamId;
  readonly memberId: MemberId;
  readonly email: EmailAddress;
  readonly caller: AccountCaller;
}

async function oweInvitation(
  ground: Ground,
  change: Change,
  { teamId, memberId, email, caller }: OwedInvitation,
): Promise<void> {
  const days = ground.settings.invitationDays + 1;
  const linkId = await makeLink(change, { kind: 'invitation', subjectId: memberId, email, days });
  const team = await findTeamRow(change.db, teamId);
  await oweNotice(change, {
    kind: 'invitation',
    to: email,
    language: caller.language,
    linkId,
    subjectId: memberId,
    payload: {
      teamName: team?.name ?? '',
      invitedByName: caller.name,
      productNames: await listReservedProducts(change.db, memberId),
      endsOn: invitationEnd(ground),
    },
  });
}

export async function sendInvitationAgain(
  ground: Ground,
  caller: AccountCaller,
  { teamId, memberId, repeat }: { teamId: TeamId; memberId: MemberId; repeat: Repeat | undefined },
): Promise<Member> {
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    await lockStream(change.db, teamId);
    await requireRole(change.db, teamId, caller, 'member.invite');
    const member = await findMember(change.db, teamId, memberId);
    if (!member || member.state === 'removed') throw new AppError('notFound');
    if (member.state !== 'invited') throw new AppError('memberNotInvited');
    const endsOn = invitationEnd(ground);
    await updateMember(change.db, memberId, { invitationEndsOn: endsOn });
    await oweInvitation(ground, change, { teamId, memberId, email: member.email, caller });
    await change.record(teamId, 'invitationSentAgain', { memberId, endsOn });
    return readMember(change, teamId, memberId);
  });
}

/** What the bearer of an invitation's link sees of it. */
export async function invitationForLink({ db }: Ground, memberId: MemberId) {
  const member = await findInvited(db, memberId);
  if (member?.state !== 'invited' || !member.invitationEndsOn) throw new AppError('linkEnded');
  return {
    team: { id: member.teamId, name: member.teamName },
    invitedByName: member.invitedByName,
    productNames: await listReservedProducts(db, memberId),
    endsOn: member.invitationEndsOn,
  };
}

/** Makes an invited person a member, at the revision that is answered. What was reserved is held from the same moment on. */
export async function acceptInvitation(
  ground: Ground,
  change: Change,
  { memberId, accountId }: { memberId: MemberId; accountId: AccountId },
): Promise<{ teamId: TeamId; revision: number }> {
  const invited = await findInvited(change.db, memberId);
  if (!invited) throw new AppError('linkEnded');
  const { teamId } = invited;
  await lockStream(change.db, teamId);
  const member = await findMember(change.db, teamId, memberId);
  const today = todayOf(ground);
  const decision = decideAcceptance(member, { endsOn: member?.invitationEndsOn ?? today, today });
  if (!decision.ok) throw new AppError(decision.reason === 'invitationExpired' ? 'linkExpired' : 'linkEnded');
  await holdReserved(change, { teamId, memberId }, () =>
    updateMember(change.db, memberId, { state: 'accepted', accountId, acceptedAt: change.at, invitationEndsOn: null }),
  );
  return { teamId, revision: await change.record(teamId, 'memberAccepted', { memberId }) };
}

/** The hourly job that ends invitations, and with them their reservations, after their last day. */
export function invitationJobs(ground: Ground): JobKind[] {
  return [{ name: 'invitation-end', cron: '7 * * * *', handle: () => endInvitations(ground) }];
}

/** Ends the invitations whose last day has passed; each in a transaction of its own, so that one team waits for none. */
export async function endInvitations(ground: Ground): Promise<void> {
  const today = todayOf(ground);
  for (const { id, teamId } of await listEndedInvitations(ground.db, today)) {
    await transact(ground, { actor: systemActor }, async (change) => {
      await lockStream(change.db, teamId);
      const member = await findMember(change.db, teamId, id);
      if (member?.state !== 'invited' || !member.invitationEndsOn || member.invitationEndsOn >= today) return;
      await dropMember(change, { teamId, memberId: id, because: 'invitationEnded' });
    });
  }
}
