import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EventStream } from './change-stream.ts';
import { followChanges } from './change-stream.ts';

class FakeStream implements EventStream {
  readyState = 0;
  readonly listeners = new Map<string, (event: { data: string }) => void>();

  addEventListener(type: string, listener: (event: { data: string }) => void): void {
    this.listeners.set(type, listener);
  }

  close(): void {
    this.readyState = 2;
  }

  send(type: string, data: object = {}): void {
    this.listeners.get(type)?.({ data: JSON.stringify(data) });
  }

  fail(readyState: 0 | 2): void {
    this.readyState = readyState;
    this.send('error');
  }
}

function follow(resumes = false) {
  const streams: FakeStream[] = [];
  const heard: string[] = [];
  const open = () => {
    const stream = new FakeStream();
    streams.push(stream);
    return stream;
  };
  const say = (text: string) => () => void heard.push(text);
  const listener = {
    onSale: say('sale'),
    onNotice: say('notice'),
    onEntitlement: say('entitlement'),
    onReopen: say('reopened'),
  };
  const onTeam = (teamId: string) => void heard.push(teamId);
  const onReceipt = (teamId: string) => void heard.push(`receipt ${teamId}`);
  const close = followChanges(
    open,
    { ...listener, onTeam, onReceipt, onState: (state) => void heard.push(state) },
    resumes,
  );
  const newest = () => streams.at(-1) ?? assert.fail('no stream was opened');
  return { streams, heard, newest, close };
}

describe('followChanges', () => {
  it('tells which team changed', () => {
    const { heard, newest } = follow();
    newest().send('open');
    newest().send('team', { teamId: 'team_1', revision: 7 });
    newest().send('receipt', { teamId: 'team_1' });
    newest().send('sale', { customerId: 'cus_1', revision: 2 });
    assert.deepEqual(heard, ['live', 'team_1', 'receipt team_1', 'sale']);
  });

  it('leaves a lost connection to the browser and says when it is back', () => {
    const { streams, heard, newest } = follow();
    newest().send('open');
    newest().fail(0);
    newest().send('open');
    assert.equal(streams.length, 1);
    assert.deepEqual(heard, ['live', 'broken', 'live', 'reopened']);
  });

  it('opens a new stream after a refusal, and none once it is closed', (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const { streams, newest, close } = follow();
    newest().fail(2);
    context.mock.timers.tick(30_000);
    assert.equal(streams.length, 2);
    newest().fail(2);
    close();
    context.mock.timers.tick(30_000);
    assert.equal(streams.length, 2);
  });

  it('counts its first opening as a reopening where it listened before', () => {
    const { heard, newest } = follow(true);
    newest().send('open');
    assert.deepEqual(heard, ['live', 'reopened']);
  });
});
