import type { MemberId } from '../../domain/id.ts';
import { findLiveLink, secretOfLink } from '../../server/features/link/link.service.ts';
import { acceptInvitationByLink } from '../../server/features/link/link-account.service.ts';
import { inviteMembers } from '../../server/features/team/invitation.service.ts';
import { removeMember } from '../../server/features/team/member.service.ts';
import { acceptOwnership, offerOwnership } from '../../server/features/team/ownership.service.ts';
import type { Aim } from './lane.ts';
import { note, pickMember, timed } from './lane.ts';

const is =
  ({ view }: Aim, ...states: string[]) =>
  ({ memberId }: { memberId: MemberId }) =>
    states.includes(view.states.get(memberId) ?? '');

/** Invites somebody, most often one who was removed: it is the same member again. */
export async function invite(aim: Aim): Promise<void> {
  const { racer, actor, team, view } = aim;
  const { memberId, email } = pickMember(aim, is(aim, 'removed'));
  const { answer, outcome, ...rest } = await timed(aim, () =>
    inviteMembers(racer.server.ground, racer.server.caller(actor), {
      teamId: team.teamId,
      people: [{ email, role: 'member', external: false }],
      repeat: undefined,
    }),
  );
  const result = answer?.results[0];
  const isInvited = result?.outcome === 'invited';
  if (isInvited && result.memberId !== memberId)
    racer.broken.push(`${team.teamId}: ${email} came back as another member`);
  if (isInvited) view.states.set(memberId, 'invited');
  if (isInvited) view.acknowledged(answer?.revision ?? 0);
  const told = outcome === 'ok' && !isInvited ? (result?.outcome ?? 'broken') : outcome;
  const revision = isInvited ? answer?.revision : undefined;
  note(aim, { kind: 'invite', actor: actor.memberId, member: memberId, outcome: told, revision, ...rest });
}

/** Accepts by the link of the mail; what was reserved is held from then on. */
export async function accept(aim: Aim): Promise<void> {
  const { ground, app, caller } = aim.racer.server;
  const invited = pickMember(aim, is(aim, 'invited'));
  const link = await findLiveLink(ground.db, 'invitation', invited.memberId);
  if (!link) return;
  const presented = { linkId: link.id, secret: secretOfLink(ground.serverKey, link.id), caller: caller(invited) };
  const { answer, ...rest } = await timed(aim, () =>
    acceptInvitationByLink(ground, app.identity, { ...presented, repeat: undefined, account: undefined }),
  );
  if (answer) aim.view.states.set(invited.memberId, 'accepted');
  note(aim, { kind: 'accept', actor: invited.memberId, revision: answer?.revision, ...rest });
}

/** Removes somebody, withdraws an invitation, or leaves. */
export async function remove(aim: Aim): Promise<void> {
  const { racer, actor, team, view, chance } = aim;
  const { memberId } = chance.happens(0.1) ? actor : pickMember(aim, is(aim, 'accepted', 'invited'));
  // Whoever manages stays, as a rule: otherwise nobody would be left who may do anything.
  if (view.roles.get(memberId) === 'administrator') return;
  const { answer, ...rest } = await timed(aim, () =>
    removeMember(racer.server.ground, racer.server.caller(actor), { teamId: team.teamId, memberId }),
  );
  if (answer) view.states.set(memberId, 'removed');
  if (answer) view.acknowledged(answer.revision);
  const held = view.holding.get(memberId);
  if (answer && held) view.set(held, null);
  note(aim, { kind: 'remove', actor: actor.memberId, member: memberId, revision: answer?.revision, ...rest });
}

/** Offers the team to somebody, who as a rule takes it over. */
export async function handOver(aim: Aim): Promise<void> {
  const { racer, actor, team, view, chance } = aim;
  const { ground, caller } = racer.server;
  const { teamId } = team;
  const next = pickMember(aim, is(aim, 'accepted'));
  const offered = await timed(aim, () =>
    offerOwnership(ground, caller(actor), { teamId, memberId: next.memberId, repeat: undefined }),
  );
  const { answer, ...rest } = offered;
  const op = { kind: 'offerOwnership', actor: actor.memberId, member: next.memberId } as const;
  note(aim, { ...op, revision: answer?.revision, ...rest });
  if (answer) view.acknowledged(answer.revision);
  if (!answer && chance.happens(0.8)) return;
  const accepted = await timed(aim, () => acceptOwnership(ground, caller(next), { teamId, repeat: undefined }));
  const { answer: taken, ...times } = accepted;
  note(aim, { kind: 'acceptOwnership', actor: next.memberId, revision: taken?.revision, ...times });
  if (!taken) return;
  view.acknowledged(taken.revision);
  for (const [id, role] of view.roles) if (role === 'owner') view.roles.set(id, 'administrator');
  view.roles.set(next.memberId, 'owner');
}
