import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OtherProcesses } from './other-processes.ts';

/** Two processes that hear each other, and what was sent in each notification. */
function twoProcesses() {
  const sent: (readonly string[])[] = [];
  const gates: (() => void)[] = [];
  const notify = async (payloads: readonly string[]) => {
    sent.push(payloads);
    await new Promise<void>((resolve) => gates.push(resolve));
  };
  const settle = async () => {
    for (const open of gates.splice(0)) open();
    await new Promise(setImmediate);
  };
  return { one: new OtherProcesses(notify), other: new OtherProcesses(async () => {}), sent, settle };
}

describe('notifications between processes', () => {
  it('tell the others, and not whoever sent them', async () => {
    const { one, other, sent, settle } = twoProcesses();
    one.tell();
    const [payload = ''] = sent[0] ?? [];
    assert.equal(one.topicsOf(payload), undefined);
    assert.deepEqual(other.topicsOf(payload), []);
    await settle();
  });

  it('go together where they come while one is under way', async () => {
    const { one, other, sent, settle } = twoProcesses();
    one.tell();
    for (let turn = 0; turn < 100; turn += 1) one.tell();
    one.tell('receipt:team_1');
    one.tell('receipt:team_1');
    assert.equal(sent.length, 1);
    await settle();
    assert.equal(sent.length, 2);
    assert.deepEqual(
      sent[1]?.map((payload) => other.topicsOf(payload)),
      [[], ['receipt:team_1']],
    );
    await settle();
    assert.equal(sent.length, 2);
  });

  it('stay below what PostgreSQL takes, however many topics there are', async () => {
    const { one, other, sent, settle } = twoProcesses();
    one.tell();
    const topics = Array.from({ length: 1000 }, (_, index) => `receipt:team_${String(index).padStart(26, '0')}`);
    for (const topic of topics) one.tell(topic);
    await settle();
    const payloads = sent[1] ?? [];
    assert.ok(payloads.every((payload) => Buffer.byteLength(payload) < 8000));
    assert.deepEqual(
      payloads.flatMap((payload) => other.topicsOf(payload) ?? []),
      topics,
    );
    await settle();
  });
});
