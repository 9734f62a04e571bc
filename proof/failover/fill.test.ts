import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { DEPLOY, fill, readSettings } from './fill.ts';

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
    assert.deepEqual(readSettings('# said\nA=1\nB=x=y z\n\n'), { A: '1', B: 'x=y z' });
  });

  it('name settings that the server reads', async () => {
    const config = await readFile(path.join(DEPLOY, '../server/config.ts'), 'utf8');
    const names = Object.keys(readSettings(await readFile(path.join(DEPLOY, 'namesake/namesake.env.example'), 'utf8')));
    assert.ok(names.includes('NAMESAKE_DRAIN_SECONDS'));
    assert.deepEqual(
      names.filter((name) => !config.includes(`env.${name}`)),
      [],
    );
  });
});
