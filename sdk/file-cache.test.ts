import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { describe, it } from 'node:test';
import { fileCache, platformFolder } from './file-cache.ts';

async function folder(t: TestContext): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'namesake-cache-'));
  t.after(() => rm(root, { recursive: true }));
  return join(root, 'deep', 'namesake');
}

describe('the file cache', () => {
  it('keeps, replaces and removes', async (t) => {
    const cache = fileCache(await folder(t));
    assert.equal(await cache.read('token a'), undefined);
    await cache.write('token a', 'one');
    await cache.write('token a', 'two');
    assert.equal(await cache.read('token a'), 'two');
    await cache.remove('token a');
    await cache.remove('token a');
    assert.equal(await cache.read('token a'), undefined);
  });

  it('keeps apart what differs only in signs that file names cannot have', async (t) => {
    const cache = fileCache(await folder(t));
    await cache.write('token http://a/b', 'one');
    await cache.write('token http://a:b', 'two');
    assert.equal(await cache.read('token http://a/b'), 'one');
  });

  it('is for one pair of eyes, and leaves no drafts', { skip: process.platform === 'win32' }, async (t) => {
    const place = await folder(t);
    await fileCache(place).write('token a', 'secret');
    const files = await readdir(place);
    assert.equal(files.length, 1);
    assert.equal((await stat(place)).mode & 0o777, 0o700);
    assert.equal((await stat(join(place, files[0] ?? ''))).mode & 0o777, 0o600);
  });
});

const places: [string, Record<string, string>, string][] = [
  ['linux', {}, '/home/pia/.local/state/namesake'],
  ['linux', { XDG_STATE_HOME: '/state' }, '/state/namesake'],
  ['linux', { XDG_STATE_HOME: 'state' }, '/home/pia/.local/state/namesake'],
  ['darwin', { XDG_STATE_HOME: '/state' }, '/home/pia/Library/Application Support/Namesake'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/Namesake'],
  ['win32', {}, '/home/pia/AppData/Local/Namesake'],
];
for (const [name, environment, expected] of places) {
  it(`keeps files in ${expected} on ${name}`, { skip: process.platform === 'win32' }, () => {
    assert.equal(platformFolder({ name, home: '/home/pia', environment }), expected);
  });
}
