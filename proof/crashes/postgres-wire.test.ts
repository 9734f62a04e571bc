import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSplitter, createTripReader } from './postgres-wire.ts';
import { Steps, workOf } from './work-of.ts';

const message = (type: string, body: string): Buffer => {
  const bytes = Buffer.from(body, 'latin1');
  const size = Buffer.alloc(4);
  size.writeUInt32BE(bytes.length + 4);
  return Buffer.concat([Buffer.from(type), size, bytes]);
};

describe('what goes to the database', () => {
  const sent = Buffer.concat([
    message('', 'startup'),
    message('Q', 'begin\0'),
    message('P', 'give\0select  give_licence($1, $2)\0\0\0'),
    message('B', '\0give\0rest'),
    message('S', ''),
    message('B', '\0give\0rest'),
    message('S', ''),
    message('Q', 'insert into "order" values (\'secret\')\0'),
  ]);

  it('is put together into trips with their statements, however it is cut into chunks', () => {
    for (let size = 1; size <= sent.length; size += 7) {
      const split = createSplitter({ startsUntyped: true });
      const read = createTripReader();
      const trips = [];
      for (let at = 0; at < sent.length; at += size) trips.push(...read(split(sent.subarray(at, at + size))));
      assert.deepEqual(
        trips.map(({ statement }) => statement),
        [undefined, 'begin', 'select give_licence($)', 'select give_licence($)', `insert into "order" values ('')`],
      );
      assert.deepEqual(Buffer.concat(trips.map(({ bytes }) => bytes)), sent, 'nothing is lost or changed');
    }
  });

  it('is known by its work, and its steps by how often they were cut', () => {
    assert.equal(workOf(['begin', 'insert into "offer" …', 'commit']), 'offer');
    assert.equal(workOf(['begin', 'insert into job.job', 'insert into "subscription" …', 'commit']), 'provision');
    const steps = new Steps();
    steps.saw(['begin', 'insert into "offer" …', 'commit']);
    steps.noteCut('offer', 'begin', 'answer');
    assert.deepEqual(steps.leastCut({ work: 'offer', moment: 'answer' }), ['commit', 'insert into "offer" …']);
    assert.deepEqual(steps.leastCut({ work: 'offer', moment: 'answer', decides: true }), ['commit']);
    assert.equal(steps.timesCut('offer', 'commit', 'answer'), 0);
    assert.deepEqual(steps.counts(['before', 'answer']), { known: 6, cut: 1 });
  });
});
