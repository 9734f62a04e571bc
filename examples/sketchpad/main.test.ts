import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listen } from '../../sdk/tests/stub-listener.ts';
import { StubServer } from '../../sdk/tests/stub-server.ts';

const studio = { teamId: 'team_1', teamName: 'Studio' };
const annexe = { teamId: 'team_2', teamName: 'Annexe' };
const held = { decision: true, reason: 'held' };
const program = fileURLToPath(new URL('main.ts', import.meta.url));

/** The program as a person starts it, against a server behind a real socket. */
async function start(t: TestContext, { stub = new StubServer(), options = [] as string[] } = {}) {
  const home = await mkdtemp(join(tmpdir(), 'sketchpad-'));
  const listener = await listen(stub);
  stub.vendor.issuer = listener.address;
  stub.interval = 0.1;
  const children: ChildProcess[] = [];
  const run = () => {
    const args = [program, '--plain', '--server', listener.address, '--place', 'WS-114', ...options];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, HOME: home, XDG_STATE_HOME: home, LOCALAPPDATA: home },
    });
    children.push(child);
    return child;
  };
  // The folder goes last: a program that still runs writes into it.
  t.after(async () => {
    await Promise.all(children.map(end));
    await listener.close();
    await rm(home, { recursive: true });
  });
  const child = run();
  return { stub, run, child, ...follow(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}

/** Reads what the program prints, line by line. */
function follow(child: ChildProcess) {
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    text += String(chunk);
  });
  /** Waits for a line, after those found before. */
  const find = async (line: string) => {
    const deadline = Date.now() + 30_000;
    for (let at = text.indexOf(line); ; at = text.indexOf(line)) {
      if (at >= 0) {
        text = text.slice(at + line.length);
        return;
      }
      assert.ok(Date.now() < deadline && child.exitCode === null, `"${line}" was not printed, but: ${text}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return { find, say: (line: string) => child.stdin?.write(`${line}\n`) };
}

describe('sketchpad', () => {
  it('signs in, waits, unlocks and locks as the licence comes and goes, and quits', async (t) => {
    const stub = new StubServer();
    stub.setTeams(studio);
    stub.grants = ['pending', 'approved'];
    const { find, say, child } = await start(t, { stub });
    await find('address: http://localhost:4280/device?code=WDJB-MJHT');
    await find('code: WDJB-MJHT');
    await find('team: Studio');
    await find('state: locked (noLicence)');
    await find('hint: No licence in this team yet: ask the owner of Studio.');
    await find('connection: online');
    stub.change('team_1', held);
    await find('state: unlocked (held)');
    stub.change('team_1', { decision: false, reason: 'noLicence' });
    await find('state: locked (noLicence)');
    await find('hint: Your licence was taken back: ask the owner of Studio.');
    const ended = once(child, 'exit');
    say('q');
    assert.deepEqual(await ended, [0, null]);
    assert.equal(stub.requests[0]?.form.get('place'), 'WS-114');
  });

  it('knows the account again at the next start, until it signs out', async (t) => {
    const stub = new StubServer();
    stub.setTeams({ ...studio, ...held });
    const first = await start(t, { stub });
    await first.find('state: unlocked (held)');
    first.child.kill();
    await once(first.child, 'exit');
    const { find, say } = follow(first.run());
    await find('state: unlocked (held)');
    assert.equal(stub.count('/oauth/device_authorization'), 1);
    stub.grants = ['pending'];
    say('s');
    await find('code: WDJB-MJHT');
    assert.equal(stub.count('/oauth/revoke'), 1);
  });

  it('tells when the licence is given and taken back, when the term ends and is renewed', async (t) => {
    const stub = new StubServer();
    stub.setTeams(studio);
    const { find } = await start(t, { stub });
    await find('connection: online');
    stub.tell('given', 'team_1', { ...held, until: '2026-12-24' });
    await find('state: unlocked (held)');
    await find('news: licence given ');
    stub.tell('ending', 'team_1', {});
    await find('news: the term ends, works until 2026-12-24');
    stub.tell('renewed', 'team_1', { until: '2027-12-24' });
    await find('news: the term was renewed until 2027-12-24');
    stub.tell('taken', 'team_1', { decision: false, reason: 'noLicence' });
    await find('state: locked (noLicence)');
    await find('news: licence taken back ');
  });

  it('draws on without network at the next start, says how long, and comes back by itself', async (t) => {
    const stub = new StubServer();
    stub.clock = { now: () => Date.now() };
    stub.setTeams({ ...studio, ...held });
    const { find, run, child } = await start(t, { stub });
    await find('lease: works without network until 20');
    child.kill();
    await once(child, 'exit');
    stub.down = true;
    const offline = follow(run());
    await offline.find('state: unlocked (held)');
    await offline.find('offline: since ');
    await offline.find('connection: lost, holds until 20');
    offline.say('w');
    await offline.find('why: (held) The server cannot be reached. Connect this device to the network before ');
    offline.say('enter');
    stub.down = false;
    await offline.find('connection: online');
    stub.tell('taken', 'team_1', { decision: false, reason: 'noLicence' });
    await offline.find('state: locked (noLicence)');
  });

  it('says why, and goes back at a key', async (t) => {
    const stub = new StubServer();
    stub.setTeams(studio);
    stub.why = {
      ...{ decision: false, reason: 'noLicence', team: null, at: new Date().toISOString() },
      checks: [{ check: 'licence', state: 'problem', code: 'none', data: {} }],
      remedy: { code: 'giveLicence', data: { by: 'owner', ownerName: 'Anna' } },
    };
    const { find, say } = await start(t, { stub });
    await find('connection: online');
    say('w');
    await find('why: (noLicence) You have no licence; the team has one to give. Ask Anna to hand you a licence.');
    say('enter');
    stub.tell('given', 'team_1', held);
    await find('state: unlocked (held)');
  });

  it('lets the person choose among several teams', async (t) => {
    const stub = new StubServer();
    stub.setTeams(studio, { ...annexe, ...held });
    const { find, say } = await start(t, { stub });
    await find('choose: 1 Studio, 2 Annexe');
    say('2');
    await find('team: Annexe');
    await find('state: unlocked (held)');
  });

  it('takes the team that the command line names', async (t) => {
    const stub = new StubServer();
    stub.setTeams(studio, { ...annexe, ...held });
    const { find } = await start(t, { stub, options: ['--team', 'annexe'] });
    await find('state: unlocked (held)');
  });

  it('asks to sign in again when the token is revoked', async (t) => {
    const stub = new StubServer();
    stub.setTeams({ ...studio, ...held });
    const { find } = await start(t, { stub });
    await find('connection: online');
    stub.grants = ['pending'];
    for (const token of [...stub.tokens]) stub.revoke(token);
    await find('code: WDJB-MJHT');
  });

  it('says that the server is not there, and goes on when it is', async (t) => {
    const stub = new StubServer();
    stub.setTeams(studio);
    stub.down = true;
    const { find } = await start(t, { stub });
    await find('trouble: The server does not answer.');
    stub.down = false;
    await find('state: locked (noLicence)');
  });
});
