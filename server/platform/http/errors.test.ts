import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Log } from '../log.ts';
import { silentLog } from '../log.ts';
import { problemAnswer } from './errors.ts';

describe('an error that nobody expected', () => {
  it('tells the caller nothing of itself, and the log everything', () => {
    const logged: unknown[] = [];
    const log: Log = { ...silentLog, error: (message, error) => void logged.push(message, error) };
    const error = new Error('select secret from vault: password is hunter2');
    const { status, body } = problemAnswer(error, log, { method: 'GET', path: '/v1/teams' });

    assert.equal(status, 500);
    assert.deepEqual(JSON.parse(body), {
      type: 'urn:namesake:problem:internalError',
      title: 'Something went wrong on our side.',
      status: 500,
      code: 'internalError',
    });
    assert.deepEqual(logged, ['request failed', error]);
  });
});
