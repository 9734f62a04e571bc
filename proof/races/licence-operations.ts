import type { LicenceChange } from '../../contract/licence.ts';
import type { LicenceId, MemberId } from '../../domain/id.ts';
import { checkEntitlement } from '../../server/features/entitlement/entitlement.service.ts';
import { giveLicence, listLicences, moveLicence, takeLicence } from '../../server/features/licence/licence.service.ts';
import type { Aim, Answered } from './lane.ts';
import { note, pickMember, pickTaken, timed } from './lane.ts';

const hasNone =
  ({ view }: Aim) =>
  ({ memberId }: { memberId: MemberId }) =>
    !view.holding.has(memberId) && view.states.get(memberId) !== 'removed';

/** Gives a licence, or reserves one for somebody invited, as the route does it. */
export async function give(aim: Aim): Promise<void> {
  const { memberId } = pickMember(aim, hasNone(aim));
  const { ground } = aim.racer.server;
  const { productId } = aim.racer.world;
  const caller = aim.racer.server.caller(aim.actor);
  const { teamId } = aim.team;
  const answered = await timed(aim, () =>
    giveLicence(ground, caller, { teamId, productId, memberId, repeat: undefined }),
  );
  noteGive(aim, memberId, answered);
}

/** The same through the application, with a key; sometimes twice at once. */
export async function giveByKey(aim: Aim, { memberId, key }: { memberId: MemberId; key: string }): Promise<void> {
  const { teamId } = aim.team;
  const { productId } = aim.racer.world;
  const body = { productId, memberId };
  const once = async () => {
    const answered = await timed(aim, async () => {
      const client = await aim.racer.server.client(aim.actor);
      return client.giveLicence({ teamId, body, idempotencyKey: key });
    });
    noteGive(aim, memberId, answered, key);
  };
  await Promise.all(aim.chance.happens(0.3) ? [once(), once()] : [once()]);
}

export async function giveByOwnKey(aim: Aim): Promise<void> {
  const key = `own-${aim.racer.process}-${aim.chance.below(2 ** 31)}-${aim.racer.log.length}`;
  await giveByKey(aim, { memberId: pickMember(aim, hasNone(aim)).memberId, key });
}

function noteGive(aim: Aim, member: MemberId, answered: Answered<LicenceChange>, key?: string): void {
  const { answer, ...rest } = answered;
  const licence = answer?.licence.id;
  noteChange(aim, answered, licence, member);
  note(aim, {
    kind: 'give',
    actor: aim.actor.memberId,
    member,
    ...keyed(aim, key),
    licence,
    revision: answer?.revision,
    ...rest,
  });
}

export async function take(aim: Aim): Promise<void> {
  const taken = pickTaken(aim);
  if (!taken) return give(aim);
  const { racer, actor, team } = aim;
  const { licence: licenceId } = taken;
  const memberId = aim.chance.happens(0.97) ? taken.member : pickMember(aim, () => true).memberId;
  const { teamId } = team;
  const caller = racer.server.caller(actor);
  const key = aim.chance.happens(BY_KEY) ? keyOf(aim) : undefined;
  const answered = await timed(aim, async () => {
    if (!key) return takeLicence(racer.server.ground, caller, { teamId, licenceId, memberId, repeat: undefined });
    const client = await racer.server.client(actor);
    return client.takeLicence({ teamId, licenceId, body: { memberId }, idempotencyKey: key });
  });
  noteChange(aim, answered, licenceId, null);
  const { answer, ...rest } = answered;
  const op = { kind: 'take', actor: actor.memberId, licence: licenceId, member: memberId } as const;
  note(aim, { ...op, ...keyed(aim, key), revision: answer?.revision, ...rest });
}

export async function move(aim: Aim): Promise<void> {
  const taken = pickTaken(aim);
  if (!taken) return give(aim);
  const { racer, actor, team } = aim;
  const { licence: licenceId, member: fromMemberId } = taken;
  const { memberId: toMemberId } = pickMember(aim, hasNone(aim));
  const { teamId } = team;
  const moving = { teamId, licenceId, fromMemberId, toMemberId };
  const key = aim.chance.happens(BY_KEY) ? keyOf(aim) : undefined;
  const answered = await timed(aim, async () => {
    if (!key) return moveLicence(racer.server.ground, racer.server.caller(actor), { ...moving, repeat: undefined });
    const client = await racer.server.client(actor);
    return client.moveLicence({ teamId, licenceId, body: { fromMemberId, toMemberId }, idempotencyKey: key });
  });
  noteChange(aim, answered, licenceId, toMemberId);
  const { answer, ...rest } = answered;
  const op = { kind: 'move', actor: actor.memberId, licence: licenceId, from: fromMemberId, to: toMemberId } as const;
  note(aim, { ...op, ...keyed(aim, key), revision: answer?.revision, ...rest });
}

const BY_KEY = 0.04;
const READ_BY_ANYBODY = 0.3;

const keyOf = ({ racer, chance }: Aim): string => `${racer.process}-${racer.log.length}-${chance.below(2 ** 31)}`;

/** Keys are those of the account that uses them. */
const keyed = ({ actor }: Aim, key: string | undefined) =>
  key === undefined ? {} : { key: `${actor.accountId} ${key}` };

function noteChange(
  { view }: Aim,
  { answer }: Answered<LicenceChange>,
  licence: LicenceId | undefined,
  member: MemberId | null,
): void {
  if (!answer || !licence) return;
  view.set(licence, member);
  view.acknowledged(answer.revision);
}

/** Reads the licences of the team: all of them, or what is shown to somebody who manages nothing. */
export async function read(aim: Aim): Promise<void> {
  const { racer, team, view, chance } = aim;
  const actor = chance.happens(READ_BY_ANYBODY) ? chance.pick(team.members) : aim.actor;
  if (!actor) return;
  const caller = racer.server.caller(actor);
  const { answer, ...rest } = await timed(aim, () => listLicences(racer.server.ground, caller, team.teamId));
  const all = answer?.licences ?? [];
  const taken = all.flatMap(({ id, memberId }): [LicenceId, MemberId][] => (memberId ? [[id, memberId]] : []));
  const shown = { licences: all.length, taken, revision: answer?.revision };
  note(aim, { kind: 'read', actor: actor.memberId, ...shown, ...rest });
  if (!answer) return;
  if (answer.licences.some(({ state, memberId }) => (state === 'free') !== (memberId === null))) {
    racer.broken.push(`${team.teamId}: a licence is free and has a holder`);
  }
  view.seen = Math.max(view.seen, answer.revision);
  if (view.roles.get(actor.memberId) === 'member') return;
  view.holders.clear();
  view.holding.clear();
  for (const [licence, member] of taken) view.set(licence, member);
}

/** Asks this process's memory whether somebody may use the product, at least at a revision that was seen. */
export async function check(aim: Aim): Promise<void> {
  const { racer, team, view, chance } = aim;
  const { applicationId, productId: product } = racer.world;
  const asked = pickMember(aim, ({ memberId }) => view.holding.has(memberId));
  const subject = chance.happens(0.5) ? asked.accountId : asked.email;
  const atLeast = chance.pick([0, view.own, view.seen]) ?? 0;
  const { own } = view;
  const { teamId } = team;
  const { answer, ...rest } = await timed(aim, () =>
    checkEntitlement(racer.server.ground, { applicationId, subject, product, teamId, atLeastRevision: atLeast }),
  );
  const said = answer && { decision: answer.decision, revision: answer.revision, stale: answer.stale !== undefined };
  const outcome = answer?.reason === 'unavailable' ? 'unavailable' : rest.outcome;
  note(aim, { kind: 'check', member: asked.memberId, atLeast, own, ...said, ...rest, outcome });
}
