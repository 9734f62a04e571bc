import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { whileSignedIn } from './while-signed-in.ts';

/** A stream of which four beats were heard, and what became of it. */
async function fourBeats(isSignedIn: () => Promise<boolean>) {
  let ended = 0;
  const close = () => {
    ended += 1;
  };
  const stream = whileSignedIn({ beat: () => true, close: () => {} }, { send: () => {}, close }, isSignedIn);
  const beats = Array.from({ length: 4 }, () => stream.beat());
  await turn();
  return { beats, ended };
}

describe('the stream of a session', () => {
  it('goes on with it', async () => {
    assert.deepEqual(await fourBeats(async () => true), { beats: [true, true, true, true], ended: 0 });
  });

  it('ends with it, within a minute', async () => {
    assert.equal((await fourBeats(async () => false)).ended, 1);
  });

  it('goes on where the database cannot tell', async () => {
    const away = () => Promise.reject(new Error('the database is away'));
    assert.equal((await fourBeats(away)).ended, 0);
  });
});
