import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isStarting, whenStarted } from './when-started.ts';

const failing = (code: string, times: number) => {
  let asked = 0;
  return async () => {
    asked += 1;
    if (asked > times) return asked;
    throw Object.assign(new Error('not now'), { code });
  };
};

describe('a database that has just been started', () => {
  it('is asked until it has recovered', async () => {
    assert.equal(await whenStarted(failing('57P03', 3), { passes: isStarting, pause: 1 }), 4);
  });

  it('is given up at last', async () => {
    await assert.rejects(
      whenStarted(failing('57P03', 1000), { passes: isStarting, patience: 20, pause: 1 }),
      /not now/,
    );
  });

  it('is not waited for where the address is wrong', async () => {
    await assert.rejects(whenStarted(failing('ECONNREFUSED', 1), { passes: isStarting, pause: 1 }), /not now/);
  });
});
