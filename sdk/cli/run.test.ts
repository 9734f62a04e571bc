import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { describe, it } from 'node:test';
import { memoryCache } from '../cache.ts';
import { createNamesake } from '../index.ts';
import { StubServer } from '../tests/stub-server.ts';
import { run } from './run.ts';

const held = { teamId: 'team_1', teamName: 'Studio', decision: true, reason: 'held', until: '2027-11-24' };
const at = ['--server', 'http://localhost:4280', '--application', 'sketchpad'];

/** A person at a terminal of a machine, with a server in reach. */
async function terminal(t: TestContext, server = new StubServer()) {
  const folder = await mkdtemp(join(tmpdir(), 'namesake-cli-'));
  t.after(() => rm(folder, { recursive: true }));
  server.clock = { now: () => Date.now() };
  server.interval = 0.01;
  server.setTeams(held);
  const cache = memoryCache();
  const stop = new AbortController();
  const type = async (...args: string[]) => {
    const lines: string[] = [];
    const code = await run(args, {
      env: {},
      print: (line) => lines.push(line),
      complain: (line) => lines.push(`! ${line}`),
      open: (options) => createNamesake({ ...options, cache, fetch: server.fetch }),
      folder,
      host: 'WS-114',
      signal: stop.signal,
    });
    return { code, text: lines.join('\n') };
  };
  return { server, folder, type, stop, file: (name: string) => join(folder, name) };
}

describe('namesake', () => {
  it('signs in, and remembers where', async (t) => {
    const { server, folder, type } = await terminal(t);
    const { code, text } = await type('sign-in', ...at, '--product', 'share');
    assert.equal(code, 0);
    assert.match(text, /http:\/\/localhost:4280\/device\?code=WDJB-MJHT\n! and compare the code: WDJB-MJHT/);
    assert.match(text, /Signed in as Pia Person \(pia@example\.com\)\.$/);
    assert.equal(server.requests[0]?.form.get('place'), 'WS-114');
    assert.equal((await stat(join(folder, 'command-line.json'))).mode & 0o777, 0o600);
    const again = await type('sign-in');
    assert.equal(again.text, 'Signed in as Pia Person (pia@example.com).');
  });

  it('tells the status, in words and in JSON, online and offline', async (t) => {
    const { server, type, file } = await terminal(t);
    assert.equal((await type('status', ...at)).code, 4);
    await type('sign-in', ...at);
    const online = await type('status');
    assert.equal(online.code, 0);
    assert.match(online.text, /Share {2}Studio {2}unlocked {2}held, until 2027-11-24/);
    assert.match(online.text, /nothing: there is no lease/);
    await type('lease', 'export', file('own.json'), '--product', 'share');
    server.down = true;
    const offline = await type('status', '--json');
    const { mayUse, online: isOnline, leases } = JSON.parse(offline.text);
    assert.deepEqual([offline.code, mayUse, isOnline, leases[0].team.name], [0, true, false, 'Studio']);
    assert.match((await type('status')).text, /share {2}Studio {2}works until \d/);
  });

  it('says no in its exit code', async (t) => {
    const { server, type } = await terminal(t);
    await type('sign-in', ...at);
    server.setTeams({ ...held, decision: false, reason: 'noLicence', until: null });
    assert.equal((await type('status')).code, 1);
    server.down = true;
    assert.equal((await type('status')).code, 3);
  });

  it('says why, with the one thing to do', async (t) => {
    const { server, type } = await terminal(t);
    await type('sign-in', ...at);
    server.why = {
      ...{ decision: false, reason: 'noLicence', team: { id: 'team_1', name: 'Studio' }, at: new Date().toISOString() },
      checks: [{ check: 'licence', state: 'problem', code: 'none', data: {} }],
      remedy: { code: 'giveLicence', data: { by: 'owner' } },
    };
    const { code, text } = await type('why', '--product', 'share');
    assert.equal(code, 1);
    assert.match(text, /^share in Studio: may not be used \(noLicence\)\n/);
    assert.match(text, / {2}NO {2}licence {2}You have no licence; the team has one to give\./);
    assert.match(text, /\nAsk the owner of the team to hand you a licence\.$/);
    const answer = JSON.parse((await type('why', '--product', 'share', '--json')).text);
    assert.equal(answer.remedy.code, 'giveLicence');
  });

  it('carries a lease to a machine without network', async (t) => {
    const here = await terminal(t);
    const there = await terminal(t);
    there.server.down = true;
    await here.type('sign-in', ...at);
    const asked = await there.type('lease', 'request', there.file('request.json'), ...at, '--product', 'share');
    assert.equal(asked.code, 0);
    const key = /The key of this device: (\S+)/.exec(asked.text)?.[1] ?? '';
    const fetched = await here.type('lease', 'fetch', there.file('request.json'), there.file('lease.json'));
    assert.equal(fetched.code, 0, fetched.text);
    assert.ok(key !== '' && fetched.text.includes(`The key of that device: ${key}`));
    const unsure = await there.type('lease', 'import', there.file('lease.json'));
    assert.equal(unsure.code, 1);
    const trust = /--trust-key (\S+)$/.exec(unsure.text)?.[1] ?? '';
    assert.equal(trust, here.server.vendor.thumbprint);
    assert.ok(fetched.text.endsWith(`lease.json --trust-key ${trust}`));
    const taken = await there.type('lease', 'import', there.file('lease.json'), '--trust-key', trust);
    assert.deepEqual([taken.code, taken.text.startsWith('share in Studio works on this device until ')], [0, true]);
    assert.equal((await there.type('status')).code, 0);
    await writeFile(there.file('list'), here.server.vendor.statusList([1], Date.now()));
    const list = await there.type('status-list', 'import', there.file('list'));
    assert.equal(list.text, 'Revoked on this device: 1.');
    const revoked = await there.type('status');
    assert.deepEqual([revoked.code, /was revoked/.test(revoked.text)], [1, true]);
    assert.doesNotMatch(await readFile(there.file('lease.json'), 'utf8'), /"d"/);
  });

  it('signs out, and takes the leases along', async (t) => {
    const { type, file } = await terminal(t);
    await type('sign-in', ...at);
    await type('lease', 'export', file('own.json'), '--product', 'share');
    assert.match((await type('sign-out')).text, /^Signed out\./);
    assert.equal((await type('sign-out')).text, 'Nobody was signed in.');
    assert.equal((await type('status')).code, 4);
  });

  it('can be interrupted while it waits', async (t) => {
    const { server, type, stop } = await terminal(t);
    server.grants = ['pending'];
    const waiting = type('sign-in', ...at);
    setTimeout(() => stop.abort(), 20);
    assert.equal((await waiting).code, 130);
  });

  const wrong: [string[], RegExp][] = [
    [[], /^namesake: /],
    [['status'], /^! Say which server: --server /],
    [['status', '--server', 'http://localhost:1'], /^! Say which application: /],
    [['status', 'now', ...at], /^! status takes no further words: now$/],
    [['licence', ...at], /^! There is no command "licence"\. namesake --help /],
    [['lease', 'steal', ...at], /^! There is no command "lease steal"\. It goes: namesake lease request, /],
    [['lease', 'import', ...at], /^! It goes: namesake lease import FILE$/],
    [['lease', 'import', '/nowhere/at/all', ...at], /^! \/nowhere\/at\/all cannot be read: there is no such file/],
    [['lease', 'import', '/', ...at], /^! \/ cannot be read: it is a folder\.$/],
    [['lease', 'request', '/nowhere/x', '--product', 'share', ...at], /^! \/nowhere\/x cannot be written: /],
    [['lease', 'import', import.meta.filename, ...at], /^! This file is no lease file of Namesake\.$/],
    [['why', ...at], /^! Say which product: /],
    [['status', '--sever', 'x'], /^! Unknown option '--sever'\.$/],
    [['status', '--server'], /^! Option '--server <value>' argument missing\.$/],
    [['status', '--server', 'example', '--application', 'a'], /^! example is no address: /],
    [
      ['status', '--server', 'http://example.com', '--application', 'a'],
      /Use https:\/\/, or allow it with --allow-insec/,
    ],
  ];
  for (const [args, text] of wrong) {
    it(`says what to do about "${args.slice(0, 3).join(' ')}"`, async (t) => {
      const { type } = await terminal(t);
      const answer = await type(...args);
      assert.match(answer.text, text);
      assert.equal(answer.code, 2);
    });
  }

  it('prints its help', async (t) => {
    const { type } = await terminal(t);
    const { code, text } = await type('lease', '--help');
    assert.equal(code, 0);
    for (const line of text.split('\n')) assert.ok(line.length <= 120, line);
  });
});
