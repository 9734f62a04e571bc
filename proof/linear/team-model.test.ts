import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findOrder } from './find-order.ts';
import { TeamModel } from './team-model.ts';
import type { TeamOperation } from './team-operation.ts';
import type { ModelMember, TeamStart } from './team-start.ts';

const accepted = (role: string) => ({ state: 'accepted', role }) as const;

/** Two licences; an owner, two members and somebody invited. */
const start: TeamStart = {
  revision: 10,
  members: new Map<string, ModelMember>([
    ['owner', accepted('owner')],
    ['anna', accepted('member')],
    ['ben', accepted('member')],
    ['cleo', { state: 'invited', role: 'member' }],
  ]),
  nextOwner: null,
  subscriptions: [{ id: 'sub1', endsOn: '2027-01-01', licences: ['one', 'two'] }],
  taken: new Map(),
};

type Without<T> = T extends unknown ? Omit<T, 'call' | 'done' | 'actor' | 'outcome'> & Partial<T> : never;

/** Operations by the owner that answered `ok` one after the other, unless they say otherwise. */
function history(...ops: Without<TeamOperation>[]): TeamOperation[] {
  return ops.map((op, index) => {
    const times = { call: 10 * index, done: 10 * index + 5 };
    return { ...times, actor: 'owner', outcome: 'ok', ...op } as TeamOperation; // each names what its kind needs
  });
}

const check = (ops: readonly TeamOperation[], from = start) => findOrder(new TeamModel(from), ops).found;
const isRight = (...ops: Without<TeamOperation>[]) => check(history(...ops));
const together = { call: 0, done: 100 };

const give = (member: string, licence: string, revision: number) =>
  ({ kind: 'give', member, licence, revision }) as const;
const take = (member: string, licence: string, revision: number) =>
  ({ kind: 'take', member, licence, revision }) as const;
const read = (revision: number, ...taken: [string, string][]) =>
  ({ kind: 'read', licences: 2, taken, revision }) as const;

describe('a history of a team', () => {
  it('is right where licences are given, moved, taken and read one after the other', () => {
    assert.ok(
      isRight(
        give('anna', 'one', 11),
        give('ben', 'two', 12),
        read(12, ['one', 'anna'], ['two', 'ben']),
        { kind: 'take', licence: 'one', member: 'ben', outcome: 'holderChanged' },
        take('ben', 'two', 13),
        { kind: 'move', licence: 'one', from: 'anna', to: 'ben', revision: 14 },
        read(14, ['one', 'ben']),
      ),
    );
  });

  it('is right where somebody is invited, has one reserved, accepts, and leaves', () => {
    assert.ok(
      isRight(
        give('cleo', 'one', 11),
        { kind: 'accept', actor: 'cleo', revision: 13 },
        { kind: 'invite', member: 'cleo', outcome: 'alreadyMember' },
        { kind: 'give', member: 'cleo', outcome: 'alreadyHolds' },
        { kind: 'remove', actor: 'cleo', member: 'cleo', revision: 15 },
        { kind: 'invite', member: 'cleo', revision: 16 },
        read(16),
      ),
    );
  });

  it('is right where a reservation is withdrawn with the invitation', () => {
    assert.ok(isRight(give('cleo', 'one', 11), { kind: 'remove', member: 'cleo', revision: 13 }, read(13)));
  });

  it('is right where more licences come, and where a subscription stops and its holders go on', () => {
    const added = { subscription: 'sub2', licences: ['three', 'four'], endsOn: '2027-06-01' } as const;
    const more = { kind: 'renewUp', ...added, revision: 12 } as const;
    assert.ok(
      isRight(
        give('anna', 'one', 11),
        more,
        give('ben', 'three', 13),
        { kind: 'renewDown', subscription: 'sub1' },
        {
          kind: 'read',
          licences: 4,
          taken: [
            ['three', 'ben'],
            ['four', 'anna'],
          ],
          revision: 15,
        },
        { kind: 'give', member: 'owner', outcome: 'licencesExhausted' },
      ),
    );
  });

  it('is right where a team is handed over; then the former owner may no longer offer it', () => {
    assert.ok(
      isRight(
        { kind: 'acceptOwnership', actor: 'anna', outcome: 'ownershipNotOffered' },
        { kind: 'offerOwnership', member: 'anna', revision: 11 },
        { kind: 'acceptOwnership', actor: 'anna', revision: 12 },
        { kind: 'offerOwnership', member: 'ben', outcome: 'forbidden' },
        { kind: 'remove', actor: 'anna', member: 'owner', revision: 13 },
      ),
    );
  });

  it('is right where whoever hands nothing out reads its own licences alone, and a stranger none', () => {
    assert.ok(
      isRight(
        give('anna', 'one', 11),
        give('ben', 'two', 12),
        { kind: 'read', actor: 'anna', licences: 1, taken: [['one', 'anna']], revision: 12 },
        { kind: 'read', actor: 'cleo', licences: 0, taken: [], outcome: 'notFound' },
      ),
    );
  });

  it('is right where two ask for the last licence at once and one is told that there is none', () => {
    const rest = history(give('owner', 'one', 11));
    const race = history(
      { ...give('anna', 'two', 12), ...together },
      { kind: 'give', member: 'ben', outcome: 'licencesExhausted', ...together },
    );
    assert.ok(check([...rest.map((op) => ({ ...op, call: -10, done: -5 })), ...race]));
  });

  it('is right where equal requests with one key answer the same, whichever did it', () => {
    const keyed = { ...give('anna', 'one', 11), key: 'k', ...together };
    assert.ok(
      isRight(
        keyed,
        keyed,
        { ...keyed, outcome: 'idempotencyInProgress' },
        { ...read(11, ['one', 'anna']), call: 200, done: 201 },
      ),
    );
  });

  const wrong: readonly [what: string, ...ops: Without<TeamOperation>[]][] = [
    ['a read that is stale', give('anna', 'one', 11), read(10)],
    [
      'a read that says a newer revision than it shows',
      give('anna', 'one', 11),
      { ...take('anna', 'one', 12), ...{ call: 8, done: 40 } },
      { ...read(12, ['one', 'anna']), call: 12, done: 14 },
    ],
    ['a read that says an older revision than it shows', give('anna', 'one', 11), read(10, ['one', 'anna'])],
    [
      'a read that shows everything to whoever hands nothing out',
      give('ben', 'one', 11),
      { ...read(11, ['one', 'ben']), actor: 'anna' },
    ],
    [
      'a read by somebody who is no longer there',
      { kind: 'remove', member: 'anna', revision: 11 },
      { kind: 'read', actor: 'anna', licences: 0, taken: [], revision: 11 },
    ],
    [
      'an acceptance that leaves out what was reserved',
      give('cleo', 'one', 11),
      { kind: 'accept', actor: 'cleo', revision: 12 },
    ],
    ['a give that was lost', give('anna', 'one', 11), give('ben', 'one', 12)],
    [
      'two gives of one licence at once',
      { ...give('anna', 'one', 11), ...together },
      { ...give('ben', 'one', 11), ...together },
    ],
    [
      'two gives of the last licence',
      give('owner', 'one', 11),
      { ...give('anna', 'two', 12), ...together },
      { ...give('ben', 'two', 13), ...together },
    ],
    [
      'a take that was acknowledged and is seen held later',
      give('anna', 'one', 11),
      take('anna', 'one', 12),
      read(12, ['one', 'anna']),
    ],
    [
      'a refusal for want of licences when one is free',
      give('anna', 'one', 11),
      { kind: 'give', member: 'ben', outcome: 'licencesExhausted' },
    ],
    ['a second licence for one member', give('anna', 'one', 11), give('anna', 'two', 12)],
    ['a licence that is not the lowest free one', give('anna', 'two', 11)],
    [
      'a holding of somebody who has not accepted',
      give('cleo', 'one', 11),
      { kind: 'read', licences: 2, taken: [['one', 'cleo']], revision: 12 },
      { kind: 'accept', actor: 'cleo', revision: 13 },
      { kind: 'accept', actor: 'cleo', revision: 14 },
    ],
    [
      'a move at whose middle both have it',
      give('anna', 'one', 11),
      { kind: 'move', licence: 'one', from: 'anna', to: 'ben', revision: 12, call: 10, done: 40 },
      { ...read(11, ['one', 'anna'], ['two', 'ben']), call: 20, done: 25 },
    ],
    [
      'a move from whom it was taken',
      give('anna', 'one', 11),
      take('anna', 'one', 12),
      { kind: 'move', licence: 'one', from: 'anna', to: 'ben', revision: 13 },
    ],
    ['a revision that is given twice', give('anna', 'one', 11), give('ben', 'two', 11)],
    ['a revision that is left out', give('anna', 'one', 11), give('ben', 'two', 13)],
    [
      'a repeated key that does it twice',
      { ...give('anna', 'one', 11), key: 'k' },
      take('anna', 'one', 12),
      { ...give('anna', 'one', 13), key: 'k' },
    ],
    [
      'a key that answers another key’s change',
      { ...give('anna', 'one', 11), key: 'k' },
      { ...give('ben', 'two', 12), key: 'k' },
    ],
    [
      'a licence for somebody who was removed',
      { kind: 'remove', member: 'anna', revision: 11 },
      give('anna', 'one', 12),
    ],
    [
      'a licence that stays with somebody who was removed',
      give('anna', 'one', 11),
      { kind: 'remove', member: 'anna', revision: 13 },
      read(13, ['one', 'anna']),
    ],
    ['a command of somebody whose role does not allow it', { ...give('ben', 'one', 11), actor: 'anna' }],
    ['ownership that was never offered', { kind: 'acceptOwnership', actor: 'anna', revision: 11 }],
    [
      'a licence of a subscription that has stopped',
      { kind: 'renewDown', subscription: 'sub1' },
      give('anna', 'one', 12),
    ],
    ['a licence of a team before it was bought', { kind: 'give', member: 'anna', licence: 'three', revision: 11 }],
  ];
  for (const [what, ...ops] of wrong) it(`is wrong with ${what}`, () => assert.ok(!isRight(...ops)));
});
