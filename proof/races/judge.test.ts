import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ModelMember, TeamStart } from '../linear/team-start.ts';
import type { Check, Logged } from './history.ts';
import { TeamJudge } from './judge.ts';

const accepted = (role: string): ModelMember => ({ state: 'accepted', role });

const start: TeamStart = {
  revision: 10,
  members: new Map([
    ['owner', accepted('owner')],
    ['anna', accepted('member')],
    ['ben', accepted('member')],
  ]),
  nextOwner: null,
  subscriptions: [{ id: 'sub', endsOn: '2027-01-01', licences: ['one'] }],
  taken: new Map([['one', 'anna']]),
};

const ok = { actor: 'owner', outcome: 'ok' } as const;
/** The licence is taken from Anna by revision 11 and given to Ben by revision 12. */
const changes: Logged['op'][] = [
  { kind: 'take', licence: 'one', member: 'anna', revision: 11, call: 0, done: 10, ...ok },
  { kind: 'give', member: 'ben', licence: 'one', revision: 12, call: 20, done: 30, ...ok },
];

const check = (said: Partial<Check>): Check => ({
  ...{
    kind: 'check',
    member: 'anna',
    atLeast: 0,
    own: 0,
    outcome: 'ok',
    decision: true,
    revision: 10,
    call: 40,
    done: 50,
  },
  ...said,
});

const faultsOf = (...ops: Logged['op'][]) =>
  new TeamJudge('team', start).judge(ops.map((op) => ({ team: 0, process: 1, op })));

describe('the judge of checks', () => {
  it('lets an answer be as old as is promised, and no older', () => {
    assert.deepEqual(faultsOf(...changes, check({ call: 900_000 })), []);
    assert.match(String(faultsOf(...changes, check({ call: 1_200_000 }))), /stands at a revision before 12/);
  });

  it('finds a yes for what was taken before the revision that was asked for', () => {
    assert.match(String(faultsOf(...changes, check({ atLeast: 11 }))), /stands at a revision before 11/);
    assert.match(
      String(faultsOf(...changes, check({ atLeast: 11, revision: 11 }))),
      /says true, and at that revision it was false/,
    );
  });

  it('finds an answer that does not know what its own process did', () => {
    assert.match(
      String(faultsOf(...changes, check({ own: 12, revision: 11, decision: false }))),
      /stands at a revision before 12/,
    );
  });

  it('finds a no for who has the licence', () => {
    const said = check({ member: 'ben', revision: 12 });
    assert.deepEqual(faultsOf(...changes, said), []);
    assert.match(String(faultsOf(...changes, { ...said, decision: false })), /says false/);
  });

  it('finds an answer from the middle of a change, and one from the future', () => {
    const removal: Logged['op'] = { kind: 'remove', member: 'anna', revision: 12, call: 0, done: 10, ...ok };
    assert.deepEqual(faultsOf(removal, check({ revision: 12, decision: false })), []);
    assert.match(String(faultsOf(removal, check({ revision: 11, decision: false }))), /in the middle of a change/);
    assert.match(String(faultsOf(removal, check({ revision: 13, decision: false }))), /that is not there/);
  });

  it('knows which of two acceptances at once came first, so that an answer between them is none from the middle', () => {
    const invited: ModelMember = { state: 'invited', role: 'member' };
    const members = new Map([...start.members, ['cleo', invited] as const, ['dora', invited] as const]);
    const judge = new TeamJudge('team', { ...start, members, taken: new Map([['one', 'cleo']]) });
    const at = { kind: 'accept', outcome: 'ok', call: 0, done: 10 } as const;
    const ops: Logged['op'][] = [
      { ...at, actor: 'cleo', revision: 13 },
      { ...at, actor: 'dora', revision: 11 },
      check({ member: 'dora', revision: 11, decision: false, call: 20, done: 21 }),
    ];
    assert.deepEqual(judge.judge(ops.map((op) => ({ team: 0, process: 1, op }))), []);
  });

  it('takes a revision that is not reached for an answer, and an error for none', () => {
    assert.deepEqual(faultsOf(...changes, check({ outcome: 'revisionNotReached', decision: undefined as never })), []);
    assert.match(String(faultsOf(...changes, check({ outcome: 'internalError' }))), /was not answered/);
  });

  it('remembers from window to window', () => {
    const judge = new TeamJudge('team', start);
    const judged = (...ops: Logged['op'][]) => judge.judge(ops.map((op) => ({ team: 0, process: 1, op })));
    assert.deepEqual(judged(...changes), []);
    assert.deepEqual(judged(check({ call: 900_000, revision: 10 })), []);
    assert.match(String(judged(check({ call: 1_900_000, revision: 10 }))), /stands at a revision before 12/);
  });
});
