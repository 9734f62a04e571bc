import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { followCertificate, readCertificate, stateOf } from '../../certificate.ts';
import { findFreePort } from '../../db/engine-postmaster.ts';
import { Doors } from '../../doors.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/certificates', import.meta.url));
const PORT = await findFreePort();
const filesOf = (name: string) => ({
  certificate: path.join(FIXTURES, `${name}.pem`),
  key: path.join(FIXTURES, `${name}.key.pem`),
});
const trusted = ['first', 'second'].map((name) => readFileSync(filesOf(name).certificate));

describe('a server with a certificate', () => {
  const doors = new Doors({ host: '127.0.0.1', port: PORT, drainSeconds: 0, tls: filesOf('first') });
  before(() => doors.open((_, response) => response.end('hello')));
  after(() => doors.close());

  it('answers over TLS to whoever trusts it', async () => {
    const [response] = await once(get(`https://localhost:${PORT}/`, { ca: trusted, agent: false }), 'response');
    assert.equal(response.statusCode, 200);
    assert.equal((await response.toArray()).join(''), 'hello');
  });

  it('is taken for nobody by whoever does not', async () => {
    const [error] = await once(get(`https://localhost:${PORT}/`, { agent: false }), 'error');
    assert.match(error.code, /SELF_SIGNED/);
  });

  it('says nothing in the clear', async () => {
    await assert.rejects(fetch(`http://localhost:${PORT}/`));
  });

  it('speaks no version that is out of use', async () => {
    const socket = connect({
      port: PORT,
      ca: trusted,
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
      ciphers: 'ALL@SECLEVEL=0',
    });
    const [error] = await once(socket, 'error');
    assert.match(error.code, /ALERT_PROTOCOL_VERSION/);
  });
});

describe('a certificate', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'namesake-certificate-'));
  const files = { certificate: path.join(folder, 'cert.pem'), key: path.join(folder, 'key.pem') };
  const errors: string[] = [];
  const log = { info: () => {}, error: (message: string) => void errors.push(message) };
  let written = 0;

  /** Puts files in place as whoever renews them does; each time a second later than the last. */
  function put(name: string): void {
    copyFileSync(filesOf(name).key, files.key);
    copyFileSync(filesOf(name).certificate, files.certificate);
    written += 1;
    for (const file of [files.key, files.certificate]) utimesSync(file, written, written);
  }

  it('that is renewed is taken up, and one that is none leaves the old one in place', async () => {
    put('first');
    const server = createServer(readCertificate(files), (_, response) => response.end());
    const end = followCertificate(server, files, { begun: stateOf(files), log, everyMilliseconds: 5 });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const serial = async () => {
      const socket = connect({ port, host: '127.0.0.1', ca: trusted });
      await once(socket, 'secureConnect');
      const { serialNumber } = socket.getPeerCertificate();
      socket.destroy();
      return serialNumber;
    };
    const first = await serial();
    put('second');
    let second = first;
    for (const deadline = Date.now() + 5000; second === first && Date.now() < deadline; await delay(5))
      second = await serial();
    assert.notEqual(second, first);

    writeFileSync(files.certificate, 'none');
    for (const deadline = Date.now() + 5000; errors.length === 0 && Date.now() < deadline; ) await delay(5);
    await delay(50);
    assert.deepEqual(errors, ['the renewed certificate cannot be used; the old one stays'], 'it is told once');
    assert.equal(await serial(), second);
    put('first');
    let third = second;
    for (const deadline = Date.now() + 5000; third === second && Date.now() < deadline; await delay(5))
      third = await serial();
    assert.equal(third, first);
    rmSync(files.key);
    mkdirSync(files.key);
    for (const deadline = Date.now() + 5000; errors.length === 1 && Date.now() < deadline; ) await delay(5);
    assert.equal(errors.length, 2, 'a file that cannot be read ends no server');
    rmSync(files.key, { recursive: true });
    end();
    server.close();
    await once(server, 'close');
  });

  it('stops the start where its files are not there, or do not belong together', () => {
    assert.throws(
      () => readCertificate({ ...filesOf('first'), certificate: '/none.pem' }),
      /NAMESAKE_TLS_CERT cannot be read/,
    );
    assert.throws(() => readCertificate({ ...filesOf('first'), key: '/none.pem' }), /NAMESAKE_TLS_KEY cannot be read/);
    const mixed = { ...filesOf('first'), key: filesOf('second').key };
    assert.throws(
      () => readCertificate(mixed),
      /NAMESAKE_TLS_CERT and NAMESAKE_TLS_KEY are no certificate and its key/,
    );
  });

  after(() => rmSync(folder, { recursive: true }));
});
