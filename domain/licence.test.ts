import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays } from './calendar-date.ts';
import type { Licence, LicencePool, LicenceSubscription, Taker } from './licence.ts';
import {
  assigned,
  chooseLicence,
  decideGive,
  decideMove,
  decideTake,
  findUsableLicence,
  freed,
  planRelocations,
  takerOf,
} from './licence.ts';
import { phaseOn, usable } from './subscription.ts';
import { anyDay, day, idOf } from './tests/values.ts';

const today = day('2026-11-24');

const subscription = (serial: number, endsOn = '2027-11-23'): LicenceSubscription => ({
  id: idOf('sub', serial),
  endsOn: day(endsOn),
  graceDays: 30,
  suspendedDays: 90,
});

const licence = (serial: number, differing: Partial<Licence> = {}): Licence => ({
  id: idOf('lic', serial),
  subscriptionId: idOf('sub', 1),
  number: serial,
  holderId: null,
  reservedForId: null,
  ...differing,
});

const suspendedSince = '2026-10-01';
const anna: Taker = { id: idOf('mem', 1), state: 'accepted' };
const ben: Taker = { id: idOf('mem', 2), state: 'accepted' };
const ivy: Taker = { id: idOf('mem', 3), state: 'invited' };
const rex: Taker = { id: idOf('mem', 4), state: 'removed' };

const pool = (licences: readonly Licence[], subscriptions = [subscription(1)]): LicencePool => ({
  licences,
  subscriptions,
  today,
});
const claimed = { team: { claimed: true } };

test('a tick gives the lowest free number of the subscription that ends last', () => {
  const subscriptions = [subscription(1, '2027-01-31'), subscription(2, '2027-12-31'), subscription(3, '2027-06-30')];
  const licences = [
    licence(1),
    licence(12, { subscriptionId: idOf('sub', 2), number: 3 }),
    licence(11, { subscriptionId: idOf('sub', 2), number: 2 }),
    licence(10, { subscriptionId: idOf('sub', 2), number: 1, holderId: ben.id }),
    licence(13, { subscriptionId: idOf('sub', 3), number: 1 }),
  ];
  assert.equal(chooseLicence(pool(licences, subscriptions))?.id, idOf('lic', 11));
});

test('of two that end together the older one gives', () => {
  const licences = [licence(2, { subscriptionId: idOf('sub', 2), number: 1 }), licence(1)];
  assert.equal(chooseLicence(pool(licences, [subscription(2), subscription(1)]))?.id, idOf('lic', 1));
});

test('grace gives, suspended and terminated never do', () => {
  for (const [endsOn, expected] of [
    ['2026-11-01', idOf('lic', 1)],
    [suspendedSince, undefined],
    ['2025-01-01', undefined],
  ] as const) {
    assert.equal(chooseLicence(pool([licence(1)], [subscription(1, endsOn)]))?.id, expected);
  }
});

const gives: readonly (readonly [string, Parameters<typeof decideGive>[0], string])[] = [
  ['an accepted member', { ...pool([licence(1)]), ...claimed, member: anna }, 'holding'],
  ['somebody invited', { ...pool([licence(1)]), ...claimed, member: ivy }, 'reservation'],
  ['somebody in an unclaimed team', { ...pool([licence(1)]), team: { claimed: false }, member: anna }, 'teamUnclaimed'],
  ['nobody', { ...pool([licence(1)]), ...claimed, member: undefined }, 'memberNotFound'],
  ['somebody removed', { ...pool([licence(1)]), ...claimed, member: rex }, 'memberRemoved'],
  ['a holder', { ...pool([licence(1, { holderId: anna.id }), licence(2)]), ...claimed, member: anna }, 'alreadyHolds'],
  [
    'a holder of the last one',
    { ...pool([licence(1, { holderId: anna.id })]), ...claimed, member: anna },
    'alreadyHolds',
  ],
  [
    'whom one is reserved for',
    { ...pool([licence(1, { reservedForId: ivy.id }), licence(2)]), ...claimed, member: ivy },
    'alreadyHolds',
  ],
  [
    'one more than there are',
    { ...pool([licence(1, { holderId: ben.id })]), ...claimed, member: anna },
    'licencesExhausted',
  ],
  [
    'one more than is reserved',
    { ...pool([licence(1, { reservedForId: ivy.id })]), ...claimed, member: anna },
    'licencesExhausted',
  ],
  ['anybody without a subscription', { ...pool([], []), ...claimed, member: anna }, 'noUsableSubscription'],
  [
    'anybody in suspension',
    { ...pool([licence(1)], [subscription(1, suspendedSince)]), ...claimed, member: anna },
    'noUsableSubscription',
  ],
];

for (const [whom, facts, expected] of gives) {
  test(`giving ${whom}: ${expected}`, () => {
    const decision = decideGive(facts);
    assert.equal(decision.ok ? decision.value.assignment : decision.reason, expected);
  });
}

test('who holds a suspended licence may get one that works', () => {
  const licences = [licence(1, { holderId: anna.id }), licence(2, { subscriptionId: idOf('sub', 2) })];
  const facts = { ...pool(licences, [subscription(1, suspendedSince), subscription(2)]), ...claimed, member: anna };
  const decision = decideGive(facts);
  assert.equal(decision.ok && decision.value.licence.id, idOf('lic', 2));
});

test('who already holds one learns which', () => {
  const facts = { ...pool([licence(7, { holderId: anna.id })]), ...claimed, member: anna };
  assert.deepEqual(decideGive(facts), { ok: false, reason: 'alreadyHolds', details: { licenceId: idOf('lic', 7) } });
});

const takes: readonly (readonly [string, Licence | undefined, string])[] = [
  ['a holding', licence(1, { holderId: anna.id }), 'holding'],
  ['a reservation', licence(1, { reservedForId: anna.id }), 'reservation'],
  ['what is unknown', undefined, 'licenceNotFound'],
  ['what is free', licence(1), 'licenceNotHeld'],
  ['what somebody else holds by now', licence(1, { holderId: ben.id }), 'holderChanged'],
];

for (const [what, one, expected] of takes) {
  test(`taking ${what}: ${expected}`, () => {
    const decision = decideTake(one, anna.id);
    assert.equal(decision.ok ? decision.value.ended : decision.reason, expected);
  });
}

const held = licence(1, { holderId: anna.id });
const move = (differing: Partial<Parameters<typeof decideMove>[0]> = {}): Parameters<typeof decideMove>[0] => ({
  ...pool([held]),
  ...claimed,
  licence: held,
  seenHolderId: anna.id,
  to: ben,
  ...differing,
});

const moves: readonly (readonly [string, Parameters<typeof decideMove>[0], string])[] = [
  ['to an accepted member', move(), 'holding'],
  ['to somebody invited', move({ to: ivy }), 'reservation'],
  ['in an unclaimed team', move({ team: { claimed: false } }), 'teamUnclaimed'],
  ['to the same member', move({ to: anna }), 'sameMember'],
  ['of no licence', move({ licence: undefined }), 'licenceNotFound'],
  ['of a free licence', move({ licence: licence(1) }), 'licenceNotHeld'],
  ['of what somebody else holds by now', move({ licence: licence(1, { holderId: ivy.id }) }), 'holderChanged'],
  ['to nobody', move({ to: undefined }), 'memberNotFound'],
  ['to somebody removed', move({ to: rex }), 'memberRemoved'],
  ['to another holder', move({ licences: [held, licence(2, { holderId: ben.id })] }), 'alreadyHolds'],
  ['of a suspended licence', move({ subscriptions: [subscription(1, suspendedSince)] }), 'noUsableSubscription'],
];

for (const [what, facts, expected] of moves) {
  test(`a move ${what}: ${expected}`, () => {
    const decision = decideMove(facts);
    assert.equal(decision.ok ? decision.value.assignment : decision.reason, expected);
  });
}

const relocated = (licences: readonly Licence[], subscriptions: LicenceSubscription[]) =>
  planRelocations(pool(licences, subscriptions)).map(({ memberId, from, to, assignment }) => [
    memberId,
    from.number,
    to.number,
    assignment,
  ]);

test('people of a subscription that stopped go to free licences, holders first', () => {
  const inSecond = { subscriptionId: idOf('sub', 2) };
  const stranded = [
    licence(1, { reservedForId: ivy.id }),
    licence(2, { holderId: ben.id }),
    licence(3, { holderId: anna.id }),
  ];
  const subscriptions = [subscription(1, suspendedSince), subscription(2)];
  assert.deepEqual(relocated([...stranded, licence(11, inSecond), licence(12, inSecond)], subscriptions), [
    [ben.id, 2, 11, 'holding'],
    [anna.id, 3, 12, 'holding'],
  ]);
  const three = [licence(11, inSecond), licence(12, inSecond), licence(13, inSecond)];
  assert.deepEqual(relocated([...stranded, ...three], subscriptions).at(-1), [ivy.id, 1, 13, 'reservation']);
  assert.deepEqual(relocated([...stranded, ...three], [subscription(1), subscription(2)]), []);
});

test('who has a working licence already gets no second one', () => {
  const inSecond = { subscriptionId: idOf('sub', 2) };
  const licences = [
    licence(1, { holderId: anna.id }),
    licence(11, { ...inSecond, holderId: anna.id }),
    licence(12, inSecond),
  ];
  assert.deepEqual(relocated(licences, [subscription(1, suspendedSince), subscription(2)]), []);
});

test('the choice is free, of a working subscription, and no other free one is better', () => {
  const taker = fc.constantFrom(null, anna.id, ben.id);
  const subscriptions = fc.array(fc.record({ endsOn: anyDay, graceDays: fc.nat(30), suspendedDays: fc.nat(90) }), {
    maxLength: 4,
  });
  const licences = fc.array(fc.record({ of: fc.nat(3), number: fc.integer({ min: 1, max: 9 }), holderId: taker }), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(subscriptions, licences, anyDay, (terms, rows, on) => {
      const all = {
        today: on,
        subscriptions: terms.map((term, index) => ({ ...term, id: idOf('sub', index) })),
        licences: rows.map((row, index) => licence(index, { ...row, subscriptionId: idOf('sub', row.of) })),
      };
      const endOf = (one: Licence) => all.subscriptions.find(({ id }) => id === one.subscriptionId);
      const candidates = all.licences.filter((one) => {
        const term = endOf(one);
        return takerOf(one) === null && term !== undefined && usable(phaseOn(term, on));
      });
      const chosen = chooseLicence(all);
      assert.equal(chosen === undefined, candidates.length === 0);
      if (chosen === undefined) return;
      assert.ok(candidates.includes(chosen));
      const end = endOf(chosen)?.endsOn ?? '';
      for (const other of candidates) {
        assert.ok((endOf(other)?.endsOn ?? '') <= end);
        if (other.subscriptionId === chosen.subscriptionId) assert.ok(chosen.number <= other.number);
      }
    }),
    { numRuns: 1000 },
  );
});

test('taking frees and taking up fills, never both places at once', () => {
  for (const assignment of ['holding', 'reservation'] as const) {
    const one = assigned(licence(1, { holderId: ben.id }), anna.id, assignment);
    assert.equal(takerOf(one), anna.id);
    assert.ok((one.holderId === null) !== (one.reservedForId === null));
    assert.equal(takerOf(freed(one)), null);
  }
});

test('a usable licence is not found once its subscription stopped', () => {
  const lastDay = subscription(1).endsOn;
  for (const [days, found] of [
    [0, true],
    [30, true],
    [31, false],
  ] as const) {
    const one = findUsableLicence({ ...pool([held]), today: addDays(lastDay, days) }, anna.id);
    assert.equal(one !== undefined, found);
  }
});
