import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { describe, it } from 'node:test';
import { memoryCache } from './cache.ts';
import { Namesake } from './namesake.ts';
import type { ProductUse } from './product-use.ts';
import { FakeClock, settle } from './tests/fake-clock.ts';
import { StubServer } from './tests/stub-server.ts';

const studio = { teamId: 'team_1', teamName: 'Studio' };
const annexe = { teamId: 'team_2', teamName: 'Annexe' };
const key = 'token http://localhost:4280 sketchpad';
const held = { decision: true, reason: 'held' };

/** An application that somebody is signed in to. Its teardown fails on a stream or a timer left open. */
async function signedIn(t: TestContext) {
  const server = new StubServer();
  server.setTeams(studio);
  const clock = new FakeClock();
  const cache = memoryCache();
  await cache.write(key, 'token-0');
  const options = { server: 'http://localhost:4280', application: 'sketchpad', cache, fetch: server.fetch };
  const namesake = new Namesake(options, clock);
  t.after(async () => {
    namesake.close();
    await settle();
    assert.equal(server.streams.size, 0);
    assert.equal(clock.pending, 0);
  });
  return { server, clock, cache, namesake };
}

/** Writes down what a use tells, as a person would read it. */
function listen(use: ProductUse): string[] {
  const lines: string[] = [];
  use.on('change', ({ state, reason }) => lines.push(`${state} (${reason})`));
  use.on('unlocked', () => lines.push('unlocked'));
  use.on('locked', () => lines.push('locked'));
  use.on('connection', ({ online }) => lines.push(online ? 'online' : 'lost'));
  return lines;
}

/** A server that lives: it beats, while time passes. */
async function beatFor(server: StubServer, clock: FakeClock, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 15) {
    await clock.advance(15_000);
    server.beat();
    await settle();
  }
}

describe('a use', () => {
  it('unlocks when the licence is given and locks when it is taken', async (t) => {
    const { server, namesake } = await signedIn(t);
    const share = await namesake.use({ product: 'share' });
    assert.deepEqual([share.state, share.reason, share.team?.name], ['locked', 'noLicence', 'Studio']);
    await settle();
    const lines = listen(share);
    server.change('team_1', held);
    await settle();
    server.change('team_1', { decision: false, reason: 'noLicence' });
    await settle();
    assert.deepEqual(lines, ['unlocked (held)', 'unlocked', 'locked (noLicence)', 'locked']);
  });

  it('waits for a state', async (t) => {
    const { server, namesake } = await signedIn(t);
    const share = await namesake.use({ product: 'share' });
    await settle();
    const waiting = share.until('unlocked');
    server.change('team_1', held);
    assert.equal((await waiting).reason, 'held');
    assert.equal((await share.until('unlocked')).reason, 'held');
  });

  it('ends what waits for it when it is closed or called off', async (t) => {
    const { namesake } = await signedIn(t);
    const stop = new AbortController();
    const share = await namesake.use({ product: 'share', signal: stop.signal });
    const calledOff = assert.rejects(share.until('unlocked', { signal: AbortSignal.abort(new Error('late')) }), /late/);
    const closed = assert.rejects(share.until('unlocked'), { code: 'closed' });
    stop.abort();
    await Promise.all([calledOff, closed]);
    await assert.rejects(share.until('unlocked'), { code: 'closed' });
  });

  it('asks for a team among several, and takes the one it is told', async (t) => {
    const { server, namesake } = await signedIn(t);
    server.setTeams({ ...studio, ...held }, annexe);
    const undecided = await namesake.use({ product: 'share' });
    assert.deepEqual([undecided.state, undecided.reason], ['locked', 'chooseTeam']);
    assert.deepEqual(
      undecided.entitlements.map(({ teamName }) => teamName),
      ['Studio', 'Annexe'],
    );
    const chosen = await namesake.use({ product: 'share', team: 'team_2' });
    assert.deepEqual([chosen.state, chosen.reason], ['locked', 'noLicence']);
    const other = await namesake.use({ product: 'share', team: 'team_1' });
    assert.equal(other.state, 'unlocked');
    await settle();
    assert.equal(server.streams.size, 1);
  });

  it('hears of a first team, stays with it when a second comes, and of its end', async (t) => {
    const { server, namesake } = await signedIn(t);
    server.setTeams();
    const share = await namesake.use({ product: 'share' });
    assert.equal(share.reason, 'noTeam');
    await settle();
    server.setTeams({ ...studio, ...held });
    await settle();
    assert.equal(share.state, 'unlocked');
    server.setTeams({ ...studio, ...held, revision: 2 }, annexe);
    await settle();
    assert.deepEqual([share.state, share.team?.name], ['unlocked', 'Studio']);
    server.setTeams(annexe);
    await settle();
    assert.deepEqual([share.state, share.reason, share.team?.name], ['locked', 'notMember', 'Studio']);
  });

  it('lets one listener fail without harm to the next', async (t) => {
    const { server, namesake } = await signedIn(t);
    const share = await namesake.use({ product: 'share' });
    await settle();
    const uncaught: unknown[] = [];
    t.mock.method(globalThis, 'queueMicrotask', (run: () => void) => {
      try {
        run();
      } catch (error) {
        uncaught.push(error);
      }
    });
    share.on('change', () => {
      throw new Error('mine');
    });
    const lines = listen(share);
    server.change('team_1', held);
    await settle();
    assert.deepEqual(lines, ['unlocked (held)', 'unlocked']);
    assert.equal(uncaught.length, 1);
  });

  it('needs somebody signed in, and a product that the server knows', async (t) => {
    const { server, cache, namesake } = await signedIn(t);
    server.askStatus = 404;
    await assert.rejects(namesake.use({ product: 'nothing' }), { code: 'notFound' });
    await cache.remove(key);
    const options = { server: 'http://localhost:4280', application: 'sketchpad', cache, fetch: server.fetch };
    const stranger = new Namesake(options, new FakeClock());
    await assert.rejects(stranger.use({ product: 'share' }), { code: 'notSignedIn' });
    assert.equal(await stranger.account(), undefined);
  });
});

describe('a lost connection', () => {
  it('is made again and resumed, and nothing that happened meanwhile is missed', async (t) => {
    const { server, clock, namesake } = await signedIn(t);
    const share = await namesake.use({ product: 'share' });
    await settle();
    server.change('team_1', held);
    await settle();
    const lines = listen(share);
    server.hangUp();
    await settle();
    server.changeSilently('team_1', { decision: false, reason: 'noLicence' });
    await clock.advance(1_000);
    assert.deepEqual(lines, ['lost', 'locked (noLicence)', 'locked', 'online']);
    const resumed = server.requests.filter(({ path }) => path === '/v1/me/stream').at(-1);
    assert.equal(resumed?.headers.get('last-event-id'), 'team_1:2');
  });

  it('is noticed by missing beats', async (t) => {
    const { server, clock, namesake } = await signedIn(t);
    const share = await namesake.use({ product: 'share' });
    await beatFor(server, clock, 300);
    assert.equal(share.connection.online, true);
    server.down = true;
    const lines = listen(share);
    await clock.advance(34_000);
    assert.deepEqual(lines, []);
    await clock.advance(1_000);
    assert.deepEqual(lines, ['lost']);
    assert.equal(share.connection.cause?.code, 'unreachable');
  });

  it('keeps the last known state for 60 seconds after the last sign of life, then says so', async (t) => {
    const { server, clock, namesake } = await signedIn(t);
    server.setTeams({ ...studio, ...held });
    const share = await namesake.use({ product: 'share' });
    await beatFor(server, clock, 30);
    server.down = true;
    const lines = listen(share);
    const lastSign = clock.now();
    await clock.advance(40_000);
    assert.equal(share.connection.holdsUntil?.getTime(), lastSign + 60_000);
    await clock.advance(19_999);
    assert.equal(share.state, 'unlocked');
    await clock.advance(1);
    assert.deepEqual([share.state, share.reason], ['unknown', 'unreachable']);
    assert.equal(share.connection.holdsUntil, undefined);
    server.down = false;
    await clock.advance(30_000);
    assert.equal(share.state, 'unlocked');
    assert.deepEqual(
      lines.filter((line) => line !== 'lost'),
      ['unknown (unreachable)', 'locked', 'unlocked (held)', 'unlocked', 'online'],
    );
  });

  it('locks soon after a machine wakes that slept too long', async (t) => {
    const { server, clock, namesake } = await signedIn(t);
    server.setTeams({ ...studio, ...held });
    const share = await namesake.use({ product: 'share' });
    await settle();
    server.down = true;
    await clock.sleep(3_600_000);
    await clock.advance(5_000);
    assert.equal(share.state, 'unknown');
  });

  it('does not become a tight loop when the server hangs up at once', async (t) => {
    const { server, clock, namesake } = await signedIn(t);
    await namesake.use({ product: 'share' });
    for (let second = 0; second < 120; second++) {
      server.hangUp();
      await clock.advance(1_000);
    }
    assert.ok(server.count('/v1/me/stream') < 15, `${server.count('/v1/me/stream')} connections in two minutes`);
  });

  it('is lived with by asking, where a proxy swallows streams', async (t) => {
    const { server, clock, namesake } = await signedIn(t);
    server.streamStatus = 502;
    const share = await namesake.use({ product: 'share' });
    await clock.advance(300_000);
    assert.equal(share.reason, 'noLicence');
    server.changeSilently('team_1', held);
    await clock.advance(30_000);
    assert.equal(share.state, 'unlocked');
  });

  it('may be there from the start: the use waits and comes to life by itself', async (t) => {
    const { server, clock, namesake } = await signedIn(t);
    server.down = true;
    const share = await namesake.use({ product: 'share' });
    assert.deepEqual([share.state, share.reason], ['unknown', 'unreachable']);
    server.down = false;
    await clock.advance(5_000);
    assert.deepEqual([share.state, share.reason], ['locked', 'noLicence']);
  });

  it('is given up for another when a question fails while the stream lives', async (t) => {
    const { server, clock, namesake } = await signedIn(t);
    const share = await namesake.use({ product: 'share' });
    await settle();
    server.askStatus = 500;
    server.setTeams({ ...studio, ...held });
    await settle();
    assert.equal(share.connection.online, false);
    server.askStatus = 200;
    await clock.advance(5_000);
    assert.equal(share.state, 'unlocked');
  });

  it('is given up for another when the first question of a second use fails', async (t) => {
    const { server, clock, namesake } = await signedIn(t);
    await namesake.use({ product: 'share' });
    await settle();
    server.askStatus = 500;
    const second = await namesake.use({ product: 'prod_share' });
    assert.deepEqual([second.state, second.reason], ['unknown', 'starting']);
    server.askStatus = 200;
    await clock.advance(5_000);
    assert.deepEqual([second.state, second.reason], ['locked', 'noLicence']);
  });
});

it('asks again from time to time, for a term can end without an event', async (t) => {
  const { server, clock, namesake } = await signedIn(t);
  server.setTeams({ ...studio, ...held });
  const share = await namesake.use({ product: 'share' });
  await settle();
  server.changeSilently('team_1', { decision: false, reason: 'ended' });
  await beatFor(server, clock, 900);
  assert.deepEqual([share.state, share.reason], ['locked', 'ended']);
});

describe('the account', () => {
  it('is told, with its teams', async (t) => {
    const { namesake } = await signedIn(t);
    assert.equal((await namesake.account())?.name, 'Pia Person');
    assert.deepEqual(await namesake.teams(), [{ id: 'team_1', name: 'Studio' }]);
  });

  it('locks its uses when its token is revoked, and forgets the token', async (t) => {
    const { server, clock, cache, namesake } = await signedIn(t);
    server.setTeams({ ...studio, ...held });
    const share = await namesake.use({ product: 'share' });
    await settle();
    server.revoke('token-0');
    await clock.advance(1_000);
    assert.deepEqual([share.state, share.reason], ['locked', 'signedOut']);
    assert.equal(await cache.read(key), undefined);
    const requests = server.requests.length;
    await clock.advance(600_000);
    assert.equal(server.requests.length, requests);
  });

  it('signs out: forgotten here, revoked there', async (t) => {
    const { server, cache, namesake } = await signedIn(t);
    const share = await namesake.use({ product: 'share' });
    await namesake.signOut();
    assert.equal(share.reason, 'signedOut');
    assert.equal(server.tokens.has('token-0'), false);
    assert.equal(await cache.read(key), undefined);
    await namesake.signOut();
    assert.equal(server.count('/oauth/revoke'), 1);
  });

  it('is forgotten here even when the server cannot be told', async (t) => {
    const { server, cache, namesake } = await signedIn(t);
    server.down = true;
    await assert.rejects(namesake.signOut(), { code: 'unreachable' });
    assert.equal(await cache.read(key), undefined);
  });

  it('takes no answer that was meant for the account before', async (t) => {
    const { server, clock, namesake } = await signedIn(t);
    const share = await namesake.use({ product: 'share' });
    await settle();
    let open = () => {};
    server.askGate = new Promise((resolve) => {
      open = resolve;
    });
    server.setTeams({ ...studio, ...held });
    await settle();
    server.changeSilently('team_1', { decision: false, reason: 'invited' });
    server.askStatus = 500;
    const signedInAgain = namesake.signIn({ onCode: () => {} });
    await clock.advance(5_000);
    await signedInAgain;
    open();
    await settle();
    assert.notEqual(share.state, 'unlocked');
    server.askStatus = 200;
    await clock.advance(5_000);
    assert.equal(share.reason, 'invited');
  });

  it('signs in again, and the open uses go on', async (t) => {
    const { server, clock, cache, namesake } = await signedIn(t);
    const share = await namesake.use({ product: 'share' });
    await namesake.signOut();
    const signedInAgain = namesake.signIn({ onCode: () => {} });
    await clock.advance(5_000);
    await signedInAgain;
    await settle();
    assert.deepEqual([share.state, share.reason], ['locked', 'noLicence']);
    server.change('team_1', held);
    await settle();
    assert.equal(share.state, 'unlocked');
    assert.match((await cache.read(key)) ?? '', /^token-/);
  });
});
