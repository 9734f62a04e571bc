import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { readConfig } from './config.ts';
import { openDataFolder } from './data-folder.ts';

const own = {
  NAMESAKE_DEPLOYMENT: '/etc/namesake/deployment.yaml',
  NAMESAKE_SMTP_URL: 'smtp://mail.example',
  NAMESAKE_URL: 'https://licences.vendor.example',
};

describe('the data folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'namesake-data-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = (env: Record<string, string>) => openDataFolder(readConfig({ NAMESAKE_DATA: folder, ...env }));

  it('of a deployment takes people in over https alone', () => {
    assert.throws(
      () => open({ ...own, NAMESAKE_URL: 'http://licences.vendor.example' }),
      /^ConfigError: NAMESAKE_URL /,
    );
    assert.equal(open(own).seed, 'own');
  });

  it('of a deployment may be tried on this machine', () => {
    assert.equal(open({ ...own, NAMESAKE_URL: 'http://localhost:4280' }).seed, 'own');
  });

  it('of a demo answers this machine alone', () => {
    assert.throws(() => open({ NAMESAKE_HOST: '0.0.0.0' }), /^ConfigError: NAMESAKE_HOST /);
    assert.equal(open({}).seed, 'demo');
  });

  it('keeps a key that nobody else can read, the same from start to start', () => {
    const { serverKey } = open({});
    assert.equal(serverKey.length, 32);
    assert.equal(statSync(path.join(folder, 'server.key')).mode & 0o777, 0o600);
    assert.deepEqual(open({}).serverKey, serverKey);
  });
});
