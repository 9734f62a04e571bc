import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Acknowledged, Truth } from './ledger.ts';
import { compare } from './ledger.ts';

const entry = (kind: 'give' | 'take', memberId: string, revision: number): Acknowledged => ({
  kind,
  memberId,
  licenceId: `lic of ${memberId}`,
  revision,
  at: revision,
});
const acknowledged = [entry('give', 'anna', 4), entry('give', 'jan', 5), entry('take', 'anna', 6)];
const eventOf = ({ memberId, licenceId, revision }: Acknowledged) => ({ number: revision, memberId, licenceId });
const truth: Truth = { events: acknowledged.map(eventOf), holders: new Map([['jan', 'lic of jan']]) };

describe('the ledger', () => {
  it('has nothing to say where everything is there once', () => {
    assert.deepEqual(compare(acknowledged, truth), []);
  });

  for (const { what, broken, finds } of [
    {
      what: 'a change that is not there',
      broken: { ...truth, events: truth.events.filter(({ number }) => number !== 5) },
      finds: [/lost: give of lic of jan/, /jan: 1 changes acknowledged, 0 in the record/],
    },
    {
      what: 'another change at its revision',
      broken: {
        events: truth.events.map((event) => (event.number === 5 ? { ...event, licenceId: 'lic of eva' } : event)),
        holders: truth.holders,
      },
      finds: [/lost: give of lic of jan/],
    },
    {
      what: 'a change that was made twice',
      broken: { ...truth, events: [...truth.events, { number: 7, memberId: 'jan', licenceId: 'lic of jan' }] },
      finds: [/jan: 1 changes acknowledged, 2 in the record/],
    },
    {
      what: 'a licence that is not with whom it should be',
      broken: {
        ...truth,
        holders: new Map([
          ['anna', 'lic of anna'],
          ['jan', 'lic of jan'],
        ]),
      },
      finds: [/anna has lic of anna instead of nothing/],
    },
  ]) {
    it(`reports ${what}`, () => {
      const found = compare(acknowledged, broken);
      assert.equal(found.length, finds.length, found.join('\n'));
      for (const [index, pattern] of finds.entries()) assert.match(found[index] ?? '', pattern);
    });
  }

  it('reports a revision that was told to two', () => {
    const told = [...acknowledged, { ...entry('take', 'jan', 5) }];
    assert.match(compare(told, truth).join('\n'), /revision 5 was acknowledged for 2 changes/);
  });
});
