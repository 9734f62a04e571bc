import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { describe, it } from 'node:test';
import { memoryCache } from './cache.ts';
import { Namesake } from './namesake.ts';
import { FakeClock, settle } from './tests/fake-clock.ts';
import { StubServer } from './tests/stub-server.ts';

const studio = { teamId: 'team_1', teamName: 'Studio' };
const annexe = { teamId: 'team_2', teamName: 'Annexe' };
const held = { decision: true, reason: 'held' };

async function using(t: TestContext, ...teams: object[]) {
  const server = new StubServer();
  server.setTeams(studio, ...(teams as (typeof studio)[]));
  const clock = new FakeClock();
  const cache = memoryCache();
  await cache.write('token http://localhost:4280 sketchpad', 'token-0');
  const options = { server: 'http://localhost:4280', application: 'sketchpad', cache, fetch: server.fetch };
  const namesake = new Namesake(options, clock);
  t.after(() => namesake.close());
  const share = await namesake.use({ product: 'share', team: 'team_1' });
  await settle();
  const lines: string[] = [];
  for (const type of ['change', 'unlocked', 'locked', 'given', 'taken', 'ending', 'renewed'] as const) {
    share.on(type, ({ reason, until }) => lines.push(`${type} ${reason}${until === null ? '' : ` ${until}`}`));
  }
  return { server, clock, share, lines, receipts: () => server.bodies('/v1/me/receipts') };
}

describe('a use hears', () => {
  it('that a licence was given and taken back, after the change itself', async (t) => {
    const { server, lines } = await using(t);
    server.tell('given', 'team_1', held);
    await settle();
    server.tell('taken', 'team_1', { decision: false, reason: 'noLicence' });
    await settle();
    assert.deepEqual(lines, [
      ...['change held', 'unlocked held', 'given held'],
      ...['change noLicence', 'locked noLicence', 'taken noLicence'],
    ]);
  });

  it('that the term ends and is renewed', async (t) => {
    const { server, lines } = await using(t);
    server.change('team_1', { ...held, until: '2026-12-24' });
    await settle();
    server.tell('ending', 'team_1', {});
    await settle();
    server.tell('renewed', 'team_1', { until: '2027-12-24' });
    await settle();
    assert.deepEqual(lines.slice(2), ['ending held 2026-12-24', 'change held 2027-12-24', 'renewed held 2027-12-24']);
  });

  it('nothing of another team, nor of what it has outrun', async (t) => {
    const { server, lines } = await using(t, annexe);
    server.tell('given', 'team_2', held);
    await settle();
    server.tell('given', 'team_1', { ...held, revision: 0 });
    server.changeSilently('team_1', { decision: false, reason: 'noLicence', revision: 1 });
    await settle();
    assert.deepEqual(lines, []);
  });

  it('what is so after a restore, although more was told before', async (t) => {
    const { server, share, lines } = await using(t);
    server.tell('given', 'team_1', { ...held, revision: 9 });
    await settle();
    assert.equal(share.state, 'unlocked');
    lines.length = 0;
    server.tell('taken', 'team_1', { decision: false, reason: 'noLicence', revision: 4 });
    await settle();
    assert.deepEqual(lines, ['change noLicence', 'locked noLicence']);
  });

  it('a story that it does not know as a change, and passes over what is none', async (t) => {
    const { server, share, lines } = await using(t);
    server.tell('promoted', 'team_1', held);
    server.send('event: weather\ndata: {"sun":true}\n\nevent: noise\ndata: what?\n\n');
    await settle();
    assert.deepEqual(lines, ['change held', 'unlocked held']);
    assert.equal(share.connection.online, true);
  });

  it('nothing from a server that has lost its database: the last known state holds', async (t) => {
    const { server, clock, share } = await using(t);
    server.change('team_1', held);
    await settle();
    server.change('team_1', { decision: false, reason: 'unavailable' });
    await settle();
    assert.deepEqual([share.state, share.connection.online], ['unlocked', false]);
    await clock.advance(61_000);
    assert.deepEqual([share.state, share.reason], ['unknown', 'unreachable']);
    server.changeSilently('team_1', { decision: true, reason: 'held' });
    await clock.advance(30_000);
    assert.equal(share.state, 'unlocked');
  });
});

describe('a receipt', () => {
  it('confirms what was picked up, at once, with its revision', async (t) => {
    const { server, clock, receipts } = await using(t);
    server.tell('given', 'team_1', held);
    await clock.advance(50);
    const about = { teamId: 'team_1', productId: 'prod_share' };
    assert.deepEqual(receipts(), [{ ...about, revision: 2, state: 'unlocked' }]);
    server.tell('taken', 'team_1', { decision: false, reason: 'noLicence' });
    await clock.advance(50);
    assert.deepEqual(receipts().slice(1), [{ ...about, revision: 3, state: 'locked' }]);
  });

  it('is sent once for what comes in one breath, and once for what comes again', async (t) => {
    const { server, clock, receipts } = await using(t);
    for (const decision of [true, false, true]) server.tell(decision ? 'given' : 'taken', 'team_1', { decision });
    await clock.advance(50);
    server.hangUp();
    await clock.advance(20_000);
    assert.deepEqual(
      receipts().map(({ revision, state }) => [revision, state]),
      [[4, 'unlocked']],
    );
  });

  it('is nothing that anybody waits for', async (t) => {
    const { server, clock, share, receipts } = await using(t);
    server.tell('given', 'team_1', held);
    await settle();
    server.down = true;
    await clock.advance(50);
    assert.deepEqual([share.state, receipts().length], ['unlocked', 0]);
  });
});
