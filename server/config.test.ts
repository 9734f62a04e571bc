import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readConfig } from './config.ts';

const SECRET = 'a secret that is long enough for a key';
const DATABASE = 'postgres://namesake:secret@db.example/namesake';

describe('a setting that holds a secret', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'namesake-config-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const fileWith = (text: string): string => {
    const file = path.join(folder, 'secret');
    writeFileSync(file, text);
    return file;
  };

  it('is read from the file that its name with _FILE says, without the end of the line', () => {
    assert.equal(readConfig({ NAMESAKE_SECRET_FILE: fileWith(`${SECRET}\n`) }).secret, SECRET);
    assert.equal(readConfig({ DATABASE_URL_FILE: fileWith(`${DATABASE}\r\n`) }).databaseUrl, DATABASE);
    const smtp = 'smtps://user:secret@mail.example';
    assert.equal(readConfig({ NAMESAKE_SMTP_URL_FILE: fileWith(smtp) }).mail.smtpUrl, smtp);
  });

  it('is refused where the file is empty, so that nobody gets another database or key than they meant', () => {
    for (const name of ['DATABASE_URL_FILE', 'NAMESAKE_SECRET_FILE', 'NAMESAKE_SMTP_URL_FILE']) {
      assert.throws(() => readConfig({ [name]: fileWith('\n') }), new RegExp(`${name} is empty`));
    }
  });

  it('is refused where it is set twice, where the file is not there, or holds what is none', () => {
    const twice = { NAMESAKE_SECRET: SECRET, NAMESAKE_SECRET_FILE: fileWith(SECRET) };
    assert.throws(() => readConfig(twice), /NAMESAKE_SECRET_FILE and NAMESAKE_SECRET are both set/);
    const gone = path.join(folder, 'gone');
    assert.throws(() => readConfig({ NAMESAKE_SECRET_FILE: gone }), /NAMESAKE_SECRET_FILE cannot be read: .*gone/);
    assert.throws(() => readConfig({ NAMESAKE_SECRET_FILE: fileWith('short') }), /NAMESAKE_SECRET needs at least 32/);
  });

  it('is told by no message', () => {
    for (const env of [{ NAMESAKE_SECRET: 'hunter2' }, { NAMESAKE_SECRET_FILE: fileWith('hunter2') }]) {
      assert.throws(
        () => readConfig(env),
        (error) => !String(error).includes('hunter2'),
      );
    }
  });
});

describe('a certificate', () => {
  it('is set with its key or not at all', () => {
    const files = { NAMESAKE_TLS_CERT: '/cert.pem', NAMESAKE_TLS_KEY: '/key.pem' };
    assert.deepEqual(readConfig(files).tls, { certificate: '/cert.pem', key: '/key.pem' });
    assert.equal(readConfig({}).tls, undefined);
    assert.throws(() => readConfig({ ...files, NAMESAKE_TLS_KEY: '' }), /NAMESAKE_TLS_KEY is missing/);
    assert.throws(() => readConfig({ ...files, NAMESAKE_TLS_CERT: '' }), /NAMESAKE_TLS_CERT is missing/);
  });
});
