import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays } from './calendar-date.ts';
import { decideEntitlement } from './entitlement.ts';
import type { LicenceId, MemberId } from './id.ts';
import type { Licence, LicencePool, LicenceSubscription } from './licence.ts';
import { assigned, decideGive, decideMove, decideTake, freed, planRelocations, takerOf } from './licence.ts';
import { phaseOn, usable } from './subscription.ts';
import type { MemberState } from './team.ts';
import { day, idOf } from './tests/values.ts';

/** Two teams of three people, each with two subscriptions of one product, kept as a service would keep them. */
type Team = {
  readonly states: Map<MemberId, MemberState>;
  licences: readonly Licence[];
  readonly subscriptions: readonly LicenceSubscription[];
};
type Real = { readonly teams: readonly Team[]; today: LicencePool['today'] };

/** What people were told: who has a licence. */
type Model = { readonly told: Set<MemberId> };

const start = day('2026-11-24');

const makeTeam = (team: number): Team => ({
  states: new Map([1, 2, 3].map((person) => [idOf('mem', team * 10 + person), 'invited'])),
  subscriptions: [1, 2].map((serial) => ({
    id: idOf('sub', team * 10 + serial),
    endsOn: addDays(start, serial * 20),
    graceDays: 5,
    suspendedDays: 10,
  })),
  licences: [1, 2, 3, 4].map((serial) => ({
    id: idOf('lic', team * 10 + serial),
    subscriptionId: idOf('sub', team * 10 + (serial > 2 ? 2 : 1)),
    number: serial,
    holderId: null,
    reservedForId: null,
  })),
});

const setUp = () => ({
  model: { told: new Set<MemberId>() },
  real: { teams: [makeTeam(1), makeTeam(2)], today: start },
});

const poolOf = (team: Team, { today }: Real): LicencePool => ({
  licences: team.licences,
  subscriptions: team.subscriptions,
  today,
});

const replace = (team: Team, changed: Licence): void => {
  team.licences = team.licences.map((one) => (one.id === changed.id ? changed : one));
};

const phaseOf = (team: Team, licence: Licence, real: Real) => {
  const subscription = team.subscriptions.find(({ id }) => id === licence.subscriptionId);
  assert.ok(subscription);
  return { subscription, phase: phaseOn(subscription, real.today) };
};

const entitlementOf = (team: Team, memberId: MemberId, real: Real) => {
  const state = team.states.get(memberId);
  const licences = team.licences
    .filter((one) => takerOf(one) === memberId)
    .map((one) => ({
      licenceId: one.id,
      assignment: one.holderId === null ? ('reservation' as const) : ('holding' as const),
      term: phaseOf(team, one, real).subscription,
    }));
  const facts = {
    account: { confirmed: true },
    productKnown: true,
    teamKnown: true,
    licences,
    subscriptions: team.subscriptions,
  };
  return decideEntitlement({ ...facts, member: state && { state } }, real.today);
};

const assertLicences = (team: Team, working: readonly Licence[]): void => {
  const takers = working.map(takerOf).filter((taker) => taker !== null);
  assert.equal(new Set(takers).size, takers.length, 'rule 2: one usable licence a member');
  for (const { holderId, reservedForId } of team.licences) {
    assert.ok(holderId === null || reservedForId === null, 'rule 1: one taker a licence');
    if (holderId !== null) assert.equal(team.states.get(holderId), 'accepted', 'rules 3, 4: a holder is accepted here');
    if (reservedForId !== null)
      assert.equal(team.states.get(reservedForId), 'invited', 'rules 3, 4: reserved for an invitee here');
  }
};

const assertMember = (team: Team, memberId: MemberId, { model, real }: { model: Model; real: Real }): void => {
  const has = team.licences.filter((one) => takerOf(one) === memberId);
  const works = has.some((one) => one.holderId !== null && usable(phaseOf(team, one, real).phase));
  assert.equal(has.length > 0, model.told.has(memberId), 'rule 5: who was told to have one has it, and nobody else');
  assert.equal(
    entitlementOf(team, memberId, real).decision,
    works ? 'granted' : 'refused',
    'the answer follows the licence',
  );
};

const assertRules = (model: Model, real: Real): void => {
  for (const team of real.teams) {
    const working = team.licences.filter((one) => usable(phaseOf(team, one, real).phase));
    assertLicences(team, working);
    for (const memberId of team.states.keys()) assertMember(team, memberId, { model, real });
  }
};

type Command = fc.Command<Model, Real>;

const command = (name: string, run: (model: Model, real: Real) => void): Command => ({
  check: () => true,
  run: (model, real) => {
    run(model, real);
    assertRules(model, real);
  },
  toString: () => name,
});

const teamIndex = fc.nat(1);
const person = fc.integer({ min: 1, max: 3 });
const licenceNumber = fc.integer({ min: 1, max: 4 });
const memberOf = (team: number, who: number): MemberId => idOf('mem', (team + 1) * 10 + who);
const licenceOf = (team: number, which: number): LicenceId => idOf('lic', (team + 1) * 10 + which);

const teamAt = (real: Real, index: number): Team => {
  const team = real.teams[index];
  assert.ok(team);
  return team;
};

/** Members are looked up in the team that the command goes to, so one of the other team is not found (rule 4). */
const takerIn = (team: Team, id: MemberId) => {
  const state = team.states.get(id);
  return state && { id, state };
};

const give = fc.tuple(teamIndex, teamIndex, person).map(([in_, of, who]) =>
  command(`give in ${in_} to ${of}.${who}`, (model, real) => {
    const team = teamAt(real, in_);
    const memberId = memberOf(of, who);
    const decision = decideGive({ ...poolOf(team, real), team: { claimed: true }, member: takerIn(team, memberId) });
    if (!decision.ok) return;
    assert.ok(usable(phaseOf(team, decision.value.licence, real).phase), 'what is given works');
    replace(team, assigned(decision.value.licence, memberId, decision.value.assignment));
    model.told.add(memberId);
  }),
);

const take = fc.tuple(teamIndex, licenceNumber, person).map(([index, which, seen]) =>
  command(`take ${index}.${which} from ${seen}`, (model, real) => {
    const team = teamAt(real, index);
    const licence = team.licences.find(({ id }) => id === licenceOf(index, which));
    const decision = decideTake(licence, memberOf(index, seen));
    if (!decision.ok) return;
    assert.equal(decision.value.from, memberOf(index, seen), 'taken from whom the caller saw');
    replace(team, freed(decision.value.licence));
    if (!team.licences.some((one) => takerOf(one) === decision.value.from)) model.told.delete(decision.value.from);
  }),
);

const move = fc.tuple(teamIndex, licenceNumber, person, teamIndex, person).map(([index, which, seen, toTeam, to]) =>
  command(`move ${index}.${which} from ${seen} to ${toTeam}.${to}`, (model, real) => {
    const team = teamAt(real, index);
    const licence = team.licences.find(({ id }) => id === licenceOf(index, which));
    const facts = { ...poolOf(team, real), team: { claimed: true }, licence, seenHolderId: memberOf(index, seen) };
    const decision = decideMove({ ...facts, to: takerIn(team, memberOf(toTeam, to)) });
    if (!decision.ok) return;
    const { value } = decision;
    assert.equal(value.from, memberOf(index, seen), 'moved from whom the caller saw');
    assert.ok(usable(phaseOf(team, value.licence, real).phase), 'what moves works');
    replace(team, assigned(value.licence, value.to, value.assignment));
    if (!team.licences.some((one) => takerOf(one) === value.from)) model.told.delete(value.from);
    model.told.add(value.to);
  }),
);

const accept = fc.tuple(teamIndex, person).map(([index, who]) =>
  command(`accept ${index}.${who}`, (_model, real) => {
    const team = teamAt(real, index);
    const memberId = memberOf(index, who);
    if (team.states.get(memberId) !== 'invited') return;
    team.states.set(memberId, 'accepted');
    for (const one of team.licences)
      if (one.reservedForId === memberId) replace(team, assigned(one, memberId, 'holding'));
  }),
);

const remove = fc.tuple(teamIndex, person).map(([index, who]) =>
  command(`remove ${index}.${who}`, (model, real) => {
    const team = teamAt(real, index);
    const memberId = memberOf(index, who);
    team.states.set(memberId, 'removed');
    for (const one of team.licences) if (takerOf(one) === memberId) replace(team, freed(one));
    model.told.delete(memberId);
  }),
);

const invite = fc.tuple(teamIndex, person).map(([index, who]) =>
  command(`invite ${index}.${who} again`, (_model, real) => {
    const team = teamAt(real, index);
    if (team.states.get(memberOf(index, who)) === 'removed') team.states.set(memberOf(index, who), 'invited');
  }),
);

const closeTerms = (model: Model, team: Team, real: Real): void => {
  for (const { memberId, from, to, assignment } of planRelocations(poolOf(team, real))) {
    replace(team, freed(from));
    replace(team, assigned(to, memberId, assignment));
  }
  for (const one of team.licences) if (phaseOf(team, one, real).phase === 'terminated') replace(team, freed(one));
  const takers = new Set(team.licences.map(takerOf));
  for (const memberId of team.states.keys()) if (!takers.has(memberId)) model.told.delete(memberId);
};

/** Time passes: subscriptions leave grace, their people go to free licences, and terminated ones close their holdings. */
const wait = fc.integer({ min: 1, max: 15 }).map((days) =>
  command(`wait ${days} days`, (model, real) => {
    real.today = addDays(real.today, days);
    for (const team of real.teams) closeTerms(model, team, real);
  }),
);

test('whatever a team does, in whatever order, rules 1 to 5 hold', () => {
  fc.assert(
    fc.property(
      fc.commands([give, give, give, take, move, accept, remove, invite, wait], { maxCommands: 80, size: 'max' }),
      (commands) => {
        fc.modelRun(setUp, commands);
      },
    ),
    { numRuns: 300 },
  );
});
