import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log, LogFields } from '../log.ts';
import { silentLog } from '../log.ts';
import { noteRefusal } from './refusal-log.ts';

function keepingLog() {
  const entries: { message: string; fields: LogFields | undefined }[] = [];
  const keep = (message: string, fields?: LogFields) => void entries.push({ message, fields });
  const log: Log = { ...silentLog, info: keep, warn: keep };
  return { log, entries };
}

const request = { method: 'GET', path: '/v1/teams', caller: 'acc_1', address: '203.0.113.7' };

describe('the log of refusals', () => {
  it('is not filled by whoever is refused on purpose, and tells how many there were', async () => {
    const { log, entries } = keepingLog();
    for (let count = 0; count < 60; count += 1) noteRefusal(log, 'forbidden', request);
    assert.equal(entries.length, 20);
    await delay(1050);
    noteRefusal(log, 'forbidden', request);
    assert.deepEqual(
      entries.slice(20).map(({ message, fields }) => [message, fields?.count]),
      [
        ['more requests were refused', 40],
        ['request refused', undefined],
      ],
    );
  });

  it('knows nothing of a stranger who has not signed in, or asks for what does not exist', () => {
    const { log, entries } = keepingLog();
    noteRefusal(log, 'notSignedIn', { ...request, caller: undefined });
    noteRefusal(log, 'notFound', { ...request, caller: undefined });
    noteRefusal(log, 'invalidRequest', request);
    assert.deepEqual(entries, []);
  });
});
