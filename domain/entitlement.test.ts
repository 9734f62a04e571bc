import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays } from './calendar-date.ts';
import type { EntitlementFacts, TakenTerm } from './entitlement.ts';
import { decideEntitlement, refusedReasons } from './entitlement.ts';
import type { SubscriptionTerm } from './subscription.ts';
import { phaseOn, usable } from './subscription.ts';
import { memberStates } from './team.ts';
import { day, idOf } from './tests/values.ts';

const today = day('2026-11-24');
const termEnding = (endsOn: string): SubscriptionTerm => ({ endsOn: day(endsOn), graceDays: 30, suspendedDays: 90 });

const active = termEnding('2027-11-23');
const inGrace = termEnding('2026-11-01');
const suspended = termEnding('2026-10-01');
const ended = termEnding('2025-10-01');

const taken = (term: SubscriptionTerm, assignment: TakenTerm['assignment'] = 'holding', serial = 1): TakenTerm => ({
  licenceId: idOf('lic', serial),
  assignment,
  term,
});

const facts = (differing: Partial<EntitlementFacts> = {}): EntitlementFacts => ({
  account: { confirmed: true },
  productKnown: true,
  teamKnown: true,
  member: { state: 'accepted' },
  licences: [],
  subscriptions: [active],
  ...differing,
});

const cases: readonly (readonly [string, EntitlementFacts, string])[] = [
  ['a holder', facts({ licences: [taken(active)] }), 'held'],
  ['a holder in grace', facts({ licences: [taken(inGrace)], subscriptions: [inGrace] }), 'grace'],
  ['no account', facts({ account: undefined }), 'accountUnknown'],
  ['an unproved mailbox', facts({ account: { confirmed: false } }), 'accountNotConfirmed'],
  ['an unknown product', facts({ productKnown: false }), 'productUnknown'],
  ['an unknown team', facts({ teamKnown: false }), 'teamNotFound'],
  ['somebody outside', facts({ member: undefined }), 'notMember'],
  ['somebody removed', facts({ member: { state: 'removed' } }), 'removed'],
  ['somebody invited', facts({ member: { state: 'invited' } }), 'invited'],
  [
    'an invitee with a licence',
    facts({ member: { state: 'invited' }, licences: [taken(active, 'reservation')] }),
    'reserved',
  ],
  [
    'an invitee with a suspended one',
    facts({ member: { state: 'invited' }, licences: [taken(suspended, 'reservation')] }),
    'invited',
  ],
  ['a member of a team that bought nothing', facts({ subscriptions: [] }), 'noSubscription'],
  ['a member without one', facts(), 'noLicence'],
  ['a member without one among several terms', facts({ subscriptions: [ended, suspended, inGrace] }), 'noLicence'],
  ['a member of a suspended team', facts({ subscriptions: [ended, suspended] }), 'suspended'],
  ['a member of a team whose terms are over', facts({ subscriptions: [ended] }), 'ended'],
  [
    'a holder of a suspended one',
    facts({ licences: [taken(suspended)], subscriptions: [suspended, active] }),
    'suspended',
  ],
  ['a holder of an ended one', facts({ licences: [taken(ended)], subscriptions: [ended, active] }), 'ended'],
];

for (const [who, each, reason] of cases) {
  test(`${who}: ${reason}`, () => assert.equal(decideEntitlement(each, today).reason, reason));
}

test('the answer names the licence and its last usable day', () => {
  const licences = [taken(inGrace, 'holding', 1), taken(active, 'holding', 2), taken(suspended, 'holding', 3)];
  assert.deepEqual(decideEntitlement(facts({ licences, subscriptions: [inGrace, active, suspended] }), today), {
    decision: 'granted',
    reason: 'held',
    until: '2027-12-23',
    licenceId: idOf('lic', 2),
  });
  assert.deepEqual(decideEntitlement(facts(), today), {
    decision: 'refused',
    reason: 'noLicence',
    until: null,
    licenceId: null,
  });
});

test('of several hindrances the first in the list is told', () => {
  const hindrances: readonly (readonly [string, Partial<EntitlementFacts>])[] = [
    ['accountUnknown', { account: undefined }],
    ['accountNotConfirmed', { account: { confirmed: false } }],
    ['productUnknown', { productKnown: false }],
    ['teamNotFound', { teamKnown: false }],
    ['notMember', { member: undefined }],
    ['noSubscription', { subscriptions: [] }],
  ];
  const asked = [...refusedReasons].filter((reason) => hindrances.some(([one]) => one === reason));
  assert.deepEqual(
    hindrances.map(([reason]) => reason),
    asked,
  );
  for (const [index, [reason, first]] of hindrances.entries()) {
    for (const [, second] of hindrances.slice(index + 1)) {
      assert.equal(decideEntitlement(facts({ ...second, ...first }), today).reason, reason);
    }
  }
});

const anyTerm = fc.record({
  endsOn: fc.integer({ min: -200, max: 100 }).map((days) => addDays(today, days)),
  graceDays: fc.nat(30),
  suspendedDays: fc.nat(90),
});
const anyFacts: fc.Arbitrary<EntitlementFacts> = fc.record({
  account: fc.option(fc.record({ confirmed: fc.boolean() }), { nil: undefined }),
  productKnown: fc.boolean(),
  teamKnown: fc.boolean(),
  member: fc.option(fc.record({ state: fc.constantFrom(...memberStates) }), { nil: undefined, freq: 9 }),
  licences: fc.array(
    fc.record({
      licenceId: fc.nat(255).map((serial) => idOf('lic', serial)),
      assignment: fc.constantFrom('holding', 'reservation'),
      term: anyTerm,
    }),
    { maxLength: 3 },
  ),
  subscriptions: fc.array(anyTerm, { maxLength: 3 }),
});

test('it is granted exactly to a confirmed, accepted member with a holding that works', () => {
  fc.assert(
    fc.property(anyFacts, (each) => {
      const works = each.licences.some(
        ({ assignment, term }) => assignment === 'holding' && usable(phaseOn(term, today)),
      );
      const person = each.account?.confirmed === true && each.member?.state === 'accepted';
      const expected = person && works && each.productKnown && each.teamKnown;
      assert.equal(decideEntitlement(each, today).decision, expected ? 'granted' : 'refused');
    }),
    { numRuns: 2000 },
  );
});

test('with nothing renewed it works through `until` and not on the next day', () => {
  fc.assert(
    fc.property(fc.array(anyTerm, { minLength: 1, maxLength: 4 }), (terms) => {
      const each = facts({ licences: terms.map((term) => taken(term)), subscriptions: terms });
      const answer = decideEntitlement(each, today);
      fc.pre(answer.decision === 'granted');
      assert.equal(decideEntitlement(each, answer.until).decision, 'granted');
      assert.equal(decideEntitlement(each, addDays(answer.until, 1)).decision, 'refused');
    }),
  );
});
