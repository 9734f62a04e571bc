import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { silentLog } from './log.ts';
import { Pulse } from './pulse.ts';

describe('the pulse', () => {
  it('reaches everybody else where one listener fails, and says which topic it was', () => {
    const failures: unknown[] = [];
    const pulse = new Pulse({ ...silentLog, error: (_message, error, fields) => failures.push([error, fields]) });
    const heard: string[] = [];
    const fault = new Error('a fault of one stream');
    pulse.subscribe('team_1', () => {
      throw fault;
    });
    pulse.subscribe('team_1', ({ topic }) => heard.push(topic));
    pulse.subscribeAll(({ topic }) => heard.push(`all ${topic}`));
    pulse.publish({ topic: 'team_1', revision: 1 });
    assert.deepEqual(heard, ['team_1', 'all team_1']);
    assert.deepEqual(failures, [[fault, { topic: 'team_1' }]]);
  });

  it('tells nobody who has stopped listening', () => {
    const pulse = new Pulse(silentLog);
    const heard: number[] = [];
    const stop = pulse.subscribe('team_1', ({ revision }) => heard.push(revision));
    pulse.publish({ topic: 'team_1', revision: 1 });
    stop();
    pulse.publish({ topic: 'team_1', revision: 2 });
    pulse.publishToAccounts();
    assert.deepEqual(heard, [1]);
  });

  it('tells accounts that anything may have changed, and ends nobody whose token is listened to', () => {
    const pulse = new Pulse(silentLog);
    const heard: string[] = [];
    for (const topic of ['acc_1', 'team_1', 'tok_1']) pulse.subscribe(topic, () => heard.push(topic));
    pulse.publishToAccounts();
    assert.deepEqual(heard, ['acc_1']);
  });
});
