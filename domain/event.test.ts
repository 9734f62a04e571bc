import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ChainedEvent } from './event.ts';
import { chainInput, eventStreams, firstPreviousHash, isEventKind, licenceEventKinds } from './event.ts';
import type { EventKind } from './event-data.ts';
import { idOf } from './tests/values.ts';

const event: ChainedEvent = {
  streamId: idOf('team', 1),
  number: 7,
  at: '2026-11-24T08:05:00.000Z',
  kind: 'licenceGiven',
  actorKind: 'account',
  actorId: idOf('acc', 2),
  dataText: '{"licenceId":"lic_00000000000000000000000003"}',
  previousHash: firstPreviousHash,
};

test('the chained text is written down: changing it would break every record that exists', () => {
  assert.equal(
    chainInput(event),
    [
      'team_00000000000000000000000001',
      '7',
      '2026-11-24T08:05:00.000Z',
      'licenceGiven',
      'account',
      'acc_00000000000000000000000002',
      '{"licenceId":"lic_00000000000000000000000003"}',
      '0000000000000000000000000000000000000000000000000000000000000000',
    ].join('\n'),
  );
});

// Object.keys forgets the key type of the constant table.
const kinds = Object.keys(eventStreams) as EventKind[];

const anyEvent: fc.Arbitrary<ChainedEvent> = fc.record({
  streamId: fc.constantFrom(idOf('team', 1), idOf('cus', 1), 'vendor' as const),
  number: fc.integer({ min: 1, max: 12 }),
  at: fc
    .date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
    .map((moment) => moment.toISOString()),
  kind: fc.constantFrom(...kinds),
  actorKind: fc.constantFrom('account', 'system'),
  actorId: fc.constantFrom(idOf('acc', 1), idOf('acc', 2), 'system' as const),
  dataText: fc.json().map((text) => JSON.stringify(JSON.parse(text))),
  previousHash: fc.constantFrom(firstPreviousHash, 'a'.repeat(64)),
});

test('two events share a text only where they are the same event', () => {
  fc.assert(
    fc.property(anyEvent, anyEvent, fc.constantFrom(...Object.keys(event)), (one, other, field) => {
      const mixed = { ...one, [field]: Reflect.get(other, field) };
      const same = Reflect.get(one, field) === Reflect.get(other, field);
      assert.equal(chainInput(mixed) === chainInput(one), same);
      assert.equal(chainInput(one).split('\n').length, 8);
    }),
    { numRuns: 1000 },
  );
});

const broken: readonly (readonly [string, Partial<ChainedEvent>])[] = [
  ['a number from 0', { number: 0 }],
  ['half a number', { number: 1.5 }],
  ['a moment without milliseconds', { at: '2026-11-24T08:05:00Z' }],
  ['a moment in another zone', { at: '2026-11-24T08:05:00.000+01:00' }],
  ['data over two lines', { dataText: '{\n}' }],
  ['half a hash', { previousHash: 'ab' }],
  ['a hash in capitals', { previousHash: 'A'.repeat(64) }],
];

for (const [what, differing] of broken) {
  test(`an event with ${what} is not chained`, () =>
    assert.throws(() => chainInput({ ...event, ...differing }), RangeError));
}

test('kinds are named as what happened, and a licence manager sees licences alone', () => {
  for (const kind of kinds) assert.match(kind, /^[a-z]+(?:[A-Z][a-z]+)+$/);
  for (const kind of licenceEventKinds) assert.match(kind, /^(?:licence|reservation)/);
  const left = kinds
    .filter((kind) => /^(?:licence|reservation)/.test(kind))
    .filter((kind) => !licenceEventKinds.some((one) => one === kind));
  assert.deepEqual(left, []);
  assert.equal(isEventKind('licenceGiven'), true);
  assert.equal(isEventKind('licenceLost'), false);
  assert.equal(isEventKind('constructor'), false);
});
