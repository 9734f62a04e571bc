import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { offerStates } from './offer.ts';
import type { OrderState, OrderTarget, TeamCandidate } from './order.ts';
import {
  decideCancelOrder,
  decideComplete,
  decideDispute,
  decidePlace,
  decideProcess,
  decideRefuse,
  findTarget,
  matchTeam,
  orderMayBecome,
  orderStates,
  orderTransitions,
} from './order.ts';
import { email, idOf } from './tests/values.ts';

const nord: TeamCandidate = { id: idOf('team', 1), name: 'Büro Nord', ownerEmail: email('anna@nord.example') };
const süd: TeamCandidate = { id: idOf('team', 2), name: 'Büro Süd', ownerEmail: email('anna@nord.example') };
const nordOfOther: TeamCandidate = { id: idOf('team', 3), name: 'Büro Nord', ownerEmail: email('ben@nord.example') };
const twin: TeamCandidate = { id: idOf('team', 4), name: 'BÜRO  NORD', ownerEmail: email('anna@nord.example') };
const teams = [nord, süd, nordOfOther];
const named = { teamName: 'bu\u0308ro nord', ownerEmail: email('Anna@Nord.example') };
const match = { kind: 'team', teamId: nord.id } as const;

const anyTeam = fc.record({
  id: fc.integer({ min: 1, max: 250 }).map((serial) => idOf('team', serial)),
  name: fc.constantFrom('Büro Nord', 'BÜRO NORD', 'Büro Süd'),
  ownerEmail: fc.constantFrom(nord.ownerEmail, nordOfOther.ownerEmail),
});
const anyTeams = fc.uniqueArray(anyTeam, { selector: ({ id }) => id, maxLength: 6 });
const orderState = fc.constantFrom(...orderStates);
const anyTarget: fc.Arbitrary<OrderTarget> = fc.oneof(
  fc.record({ teamId: anyTeam.map(({ id }) => id) }),
  fc.constant({ newTeam: named }),
  fc.record({
    teamName: fc.constantFrom(undefined, 'Büro Nord'),
    ownerEmail: fc.constantFrom(undefined, nord.ownerEmail),
  }),
);

test('a team matches by name and owner together, whatever case, spacing and Unicode form', () => {
  assert.deepEqual(matchTeam(teams, named), { kind: 'match', teamId: nord.id });
  assert.deepEqual(matchTeam([süd, nordOfOther], named), { kind: 'none' });
  assert.deepEqual(matchTeam([...teams, twin], named), { kind: 'several', candidates: [nord.id, twin.id] });
  assert.deepEqual(matchTeam([], named), { kind: 'none' });
});

test('a match does not depend on the order of the teams or on teams that differ', () => {
  fc.assert(
    fc.property(anyTeams, anyTeams, (some, others) => {
      const found = matchTeam(some, named);
      const different = others
        .filter((team) => team.ownerEmail !== named.ownerEmail)
        .filter((team) => some.every(({ id }) => id !== team.id));
      const again = matchTeam([...different, ...some].toReversed(), named);
      const ids = (one: typeof found): readonly string[] =>
        one.kind === 'several' ? one.candidates.toSorted() : [one.kind === 'match' ? one.teamId : 'none'];
      assert.deepEqual(ids(again), ids(found));
    }),
  );
});

const findings: readonly (readonly [string, OrderTarget, ReturnType<typeof findTarget>])[] = [
  ['a chosen team', { teamId: nord.id }, match],
  ['a chosen team of somebody else', { teamId: idOf('team', 9) }, undefined],
  ['name and owner', named, match],
  [
    'an unknown name',
    { ...named, teamName: 'Büro West' },
    { kind: 'pending', reason: 'noTeamMatches', candidates: [] },
  ],
  ['no name', { ...named, teamName: undefined }, { kind: 'pending', reason: 'teamNameUnknown', candidates: [] }],
  ['no owner', { ...named, ownerEmail: undefined }, { kind: 'pending', reason: 'ownerUnknown', candidates: [] }],
  [
    'neither',
    { teamName: undefined, ownerEmail: undefined },
    { kind: 'pending', reason: 'teamAndOwnerUnknown', candidates: [] },
  ],
  ['a new team that exists', { newTeam: named }, match],
  [
    'a new team',
    { newTeam: { ...named, teamName: 'West' } },
    { kind: 'newTeam', newTeam: { ...named, teamName: 'West' } },
  ],
];

for (const [what, target, expected] of findings) {
  test(`finding an order's team by ${what}`, () => assert.deepEqual(findTarget(target, teams), expected));
}

test("several matches wait, with this customer's teams as candidates, also for a new team", () => {
  const expected = { kind: 'pending', reason: 'severalTeamsMatch', candidates: [nord.id, twin.id] };
  assert.deepEqual(findTarget(named, [...teams, twin]), expected);
  assert.deepEqual(findTarget({ newTeam: named }, [...teams, twin]), expected);
});

const free = { review: false, disputed: false };
const accepted = { state: 'accepted', orderId: undefined } as const;

test('a placed order is processed at once, or waits for team, back office or dispute', () => {
  const place = (checks: typeof free, target: OrderTarget) => {
    const decision = decidePlace({ ...checks, offer: accepted, target, customersTeams: teams });
    assert.ok(decision.ok);
    return decision.value;
  };
  const unknown = { ...named, teamName: undefined };
  const pending = { state: 'pending', reason: 'teamNameUnknown', candidates: [] };
  assert.deepEqual(place(free, named), { state: 'inProgress', destination: match });
  assert.deepEqual(place({ ...free, review: true }, named), { state: 'held', destination: match, reason: 'review' });
  assert.deepEqual(place({ ...free, review: true }, unknown), pending);
  assert.deepEqual(place(free, unknown), pending);
  const disputed = { ...free, disputed: true };
  assert.deepEqual(place(disputed, named), { state: 'held', destination: match, reason: 'disputed' });
  assert.deepEqual(place(disputed, unknown), { state: 'held', destination: undefined, reason: 'disputed' });
});

test('an offer becomes at most one order, and only once it is accepted', () => {
  const orderId = idOf('ord', 7);
  for (const state of offerStates) {
    const facts = { ...free, target: named, customersTeams: teams };
    assert.equal(decidePlace({ ...facts, offer: { state, orderId: undefined } }).ok, state === 'accepted');
    const again = decidePlace({ ...facts, offer: { state, orderId } });
    assert.deepEqual(again, { ok: false, reason: 'offerAlreadyOrdered', details: { orderId } });
  }
});

test('a foreign team answers as one that does not exist', () => {
  const facts = { ...free, target: { teamId: idOf('team', 9) }, customersTeams: teams };
  const refusal = { ok: false, reason: 'teamNotFound', details: {} };
  assert.deepEqual(decidePlace({ ...facts, offer: accepted }), refusal);
  assert.deepEqual(decideComplete({ ...facts, order: { state: 'pending' } }), refusal);
});

test('only a pending order is completed', () => {
  for (const state of orderStates) {
    const decision = decideComplete({ ...free, order: { state }, target: named, customersTeams: teams });
    if (state === 'pending')
      assert.deepEqual(decision, { ok: true, value: { state: 'inProgress', destination: match } });
    else assert.deepEqual(decision, { ok: false, reason: 'orderNotPending', details: {} });
  }
});

test('the back office acts on orders that are held or have failed alone', () => {
  for (const state of orderStates) {
    const isItsOwn = state === 'held' || state === 'failed';
    assert.equal(decideProcess({ state, target: match }).ok, isItsOwn);
    assert.equal(decideRefuse(state).ok, isItsOwn);
  }
  for (const state of ['held', 'failed'] as const) {
    assert.deepEqual(decideProcess({ state, target: match }), {
      ok: true,
      value: { state: 'inProgress', destination: match },
    });
  }
  const pending = { kind: 'pending', reason: 'ownerUnknown', candidates: [] } as const;
  const released = decideProcess({ state: 'held', target: pending });
  assert.deepEqual(released, { ok: true, value: { state: 'pending', reason: 'ownerUnknown', candidates: [] } });
});

test('"not us" and cancelling say what stands in the way', () => {
  const reasons = (decide: (state: OrderState) => { ok: boolean; reason?: string }) =>
    orderStates.map((state) => decide(state).reason ?? 'yes');
  // acknowledged, pending, held, inProgress, completed, failed, cancelled
  assert.deepEqual(reasons(decideDispute), [
    'yes',
    'yes',
    'orderHeld',
    'yes',
    'orderCompleted',
    'yes',
    'orderCancelled',
  ]);
  assert.deepEqual(reasons(decideCancelOrder), [
    'yes',
    'yes',
    'yes',
    'orderInProgress',
    'orderCompleted',
    'yes',
    'orderCancelled',
  ]);
});

test('every decision follows the table of transitions', () => {
  fc.assert(
    fc.property(
      orderState,
      anyTarget,
      anyTeams,
      fc.boolean(),
      fc.boolean(),
      (state, target, customersTeams, review, disputed) => {
        const facts = { target, customersTeams, review, disputed };
        const finding = findTarget(target, customersTeams);
        const decisions = [
          decideComplete({ ...facts, order: { state } }),
          ...(finding ? [decideProcess({ state, target: finding })] : []),
          decideRefuse(state),
          decideDispute(state),
          decideCancelOrder(state),
        ];
        for (const decision of decisions) {
          if (decision.ok && decision.value.state !== state) assert.ok(orderMayBecome(state, decision.value.state));
        }
        const placed = decidePlace({ ...facts, offer: accepted });
        if (placed.ok) assert.ok(orderMayBecome('acknowledged', placed.value.state));
      },
    ),
    { numRuns: 500 },
  );
});

test('what is provisioned or cancelled stays so, and provisioning comes from inProgress alone', () => {
  assert.deepEqual([orderTransitions.completed, orderTransitions.cancelled], [[], []]);
  assert.deepEqual(
    orderStates.filter((from) => orderMayBecome(from, 'completed')),
    ['inProgress'],
  );
});
