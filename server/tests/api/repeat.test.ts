import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { repeatJobs } from '../../platform/repeat.jobs.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';

describe('answers that are kept for repeated requests', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  const keep = (key: string, at: Date) =>
    app.ground.db
      .insertInto('idempotencyKey')
      .values({ scope: 'somebody', key, requestHash: Buffer.from('hash'), response: '{}', at })
      .execute();

  const forget = (now: Date) => repeatJobs({ ...app.ground, clock: { now: () => now } })[0]?.handle({});

  const kept = async () => {
    const rows = await app.ground.db.selectFrom('idempotencyKey').select('key').orderBy('key').execute();
    return rows.map(({ key }) => key);
  };

  it('are forgotten after a day, and not by a process whose clock is days ahead', async () => {
    const now = Date.now();
    await keep('of just now', new Date(now));
    await keep('of the day before yesterday', new Date(now - 48 * 3_600_000));
    await forget(new Date(now + 30 * 86_400_000));
    assert.deepEqual(await kept(), ['of just now']);
    await forget(new Date(now));
    assert.deepEqual(await kept(), ['of just now']);
  });
});
