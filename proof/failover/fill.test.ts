import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { readConfig } from '../../server/config.ts';
import { DEPLOY, fill, readSettings } from './fill.ts';

const run = promisify(execFile);

describe('the files of deploy', () => {
  it('are filled in by the settings that stand beside them', async () => {
    const settings = readSettings(await readFile(path.join(DEPLOY, 'settings.env.example'), 'utf8'));
    const files = globSync('{etcd,patroni,haproxy}/*', { cwd: DEPLOY });
    assert.deepEqual(files.toSorted(), [
      'etcd/etcd.env',
      'haproxy/database.cfg',
      'haproxy/front.cfg',
      'patroni/patroni.yml',
    ]);
    for (const file of files) {
      const filled = fill(await readFile(path.join(DEPLOY, file), 'utf8'), settings);
      assert.doesNotMatch(filled, /\$\{/, file);
    }
  });

  it('say which word is missing', () => {
    assert.throws(() => fill('listen: $' + '{NODE_ADDRESS}:8008', {}), /NODE_ADDRESS/);
  });

  it('set by lines what a shell and systemd would', () => {
    assert.deepEqual(readSettings('# said\nA=1\nB="x=y z"\nC=\n\n'), { A: '1', B: 'x=y z', C: '' });
  });

  for (const file of ['settings.env.example', 'namesake/namesake.env.example']) {
    it(`are read by a shell as they stand: ${file}`, async () => {
      const settings = readSettings(await readFile(path.join(DEPLOY, file), 'utf8'));
      const script = 'set -a; . "$0"; env -0';
      const { stdout, stderr } = await run('sh', ['-c', script, path.join(DEPLOY, file)], {
        env: { PATH: process.env.PATH },
      });
      assert.equal(stderr, '');
      const lines = stdout.split('\0');
      for (const [name, value] of Object.entries(settings)) assert.ok(lines.includes(`${name}=${value}`), name);
    });
  }

  it('name settings that the server reads', async () => {
    const names = Object.keys(readSettings(await readFile(path.join(DEPLOY, 'namesake/namesake.env.example'), 'utf8')));
    assert.ok(names.includes('NAMESAKE_DRAIN_SECONDS'));
    const read = new Set<string | symbol>();
    readConfig(new Proxy({}, { get: (_, name) => void read.add(name) }));
    assert.deepEqual(
      names.filter((name) => !read.has(name)),
      [],
    );
  });
});
