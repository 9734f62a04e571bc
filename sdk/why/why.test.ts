import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { describe, it } from 'node:test';
import { remedyCodes, whyCodes } from '../../domain/why-code.ts';
import { memoryCache } from '../cache.ts';
import { Namesake } from '../namesake.ts';
import { FakeClock } from '../tests/fake-clock.ts';
import { StubServer } from '../tests/stub-server.ts';
import type { Why } from './why.ts';
import { checkText, remedyText } from './why-text.ts';

const minute = 60_000;
const held = { teamId: 'team_1', teamName: 'Studio', decision: true, reason: 'held' };
const at = '2026-11-24T00:00:00.000Z';
const yes = {
  ...{ decision: true, reason: 'held', remedy: null, team: { id: 'team_1', name: 'Studio' }, at },
  checks: [
    { check: 'licence', state: 'ok', code: 'held', data: {} },
    { check: 'lease', state: 'unknown', code: 'none', data: {} },
    { check: 'clock', state: 'unknown', code: 'notAsked', data: {} },
    { check: 'contact', state: 'problem', code: 'never', data: {} },
  ],
};
const no = {
  ...yes,
  ...{ decision: false, reason: 'noLicence', remedy: { code: 'giveLicence', data: { by: 'owner' } } },
  checks: [{ check: 'licence', state: 'problem', code: 'none', data: {} }],
};

async function open(t: TestContext, { signedIn = true } = {}) {
  const [server, clock, cache] = [new StubServer(), new FakeClock(), memoryCache()];
  server.clock = { now: () => Date.UTC(2026, 10, 24) + clock.elapsed() };
  server.setTeams(held);
  server.why = yes;
  if (signedIn) await cache.write('token http://localhost:4280 sketchpad', 'token-0');
  const options = { server: 'http://localhost:4280', application: 'sketchpad', cache, fetch: server.fetch };
  const namesake = new Namesake(options, clock);
  t.after(() => namesake.close());
  return { server, clock, namesake, why: () => namesake.why({ product: 'share', team: 'team_1' }) };
}

const states = ({ checks }: Why) =>
  Object.fromEntries(checks.map(({ check, state, code }) => [check, `${state} ${code}`]));

describe('why', () => {
  it('tells a "no" of the server with its one thing to do', async (t) => {
    const { server, why } = await open(t);
    server.why = no;
    const { decision, reason, team, remedy, checks, online } = await why();
    assert.deepEqual([decision, reason, team?.name, online], [false, 'noLicence', 'Studio', true]);
    assert.equal(remedy?.text, 'Ask the owner of the team to hand you a licence.');
    assert.equal(checks[0]?.text, 'You have no licence; the team has one to give.');
  });

  it('knows lease, clock and contact of this device better than the server', async (t) => {
    const { namesake, why } = await open(t);
    await namesake.leases.renew({ product: 'share', team: 'team_1' });
    const answer = await why();
    assert.deepEqual(states(answer), {
      licence: 'ok held',
      lease: 'ok live',
      clock: 'ok right',
      contact: 'ok connected',
    });
    assert.equal(answer.remedy, null);
  });

  it('finds a clock that is wrong, in both directions', async (t) => {
    for (const [ms, text] of [
      [-10 * minute, 'The clock of this device is 10 minutes behind.'],
      [180 * minute, 'The clock of this device is 3 hours ahead.'],
    ] as const) {
      const { clock, why } = await open(t);
      clock.set(ms);
      const { checks, remedy } = await why();
      assert.equal(checks.find(({ check }) => check === 'clock')?.text, text);
      assert.equal(remedy?.code, 'setClock');
    }
  });

  it('tells without contact what is known here: that a lease holds, and until when', async (t) => {
    const { server, namesake, why } = await open(t);
    await namesake.leases.renew({ product: 'share', team: 'team_1' });
    server.down = true;
    const answer = await why();
    assert.deepEqual([answer.decision, answer.reason, answer.online], [true, 'held', false]);
    assert.equal(states(answer).contact, 'problem unreachable');
    assert.match(answer.remedy?.text ?? '', /^Connect this device to the network before 2\d Nov 2026, \d\d:\d\d\.$/);
  });

  it('tells without contact what stands in the way', async (t) => {
    const { server, clock, namesake, why } = await open(t);
    server.down = true;
    const before = await why();
    assert.deepEqual([before.decision, before.reason, before.remedy?.code], [false, 'unreachable', 'connect']);
    server.down = false;
    await namesake.leases.renew({ product: 'share', team: 'team_1' });
    server.down = true;
    await clock.sleep(25 * 60 * minute);
    const ended = await why();
    assert.deepEqual(
      [ended.reason, states(ended).lease, ended.remedy?.code],
      ['leaseExpired', 'problem leaseExpired', 'connect'],
    );
    clock.set(-30 * 60 * minute);
    assert.equal((await why()).remedy?.code, 'setClock');
  });

  it('asks to sign in where nobody is', async (t) => {
    const { why } = await open(t, { signedIn: false });
    const { reason, remedy } = await why();
    assert.deepEqual([reason, remedy?.text], ['signedOut', 'Sign in.']);
  });
});

describe('the English of why', () => {
  const all = Object.entries(whyCodes).flatMap(([check, codes]) => codes.map((code) => [check, code] as const));
  for (const [check, code] of all) {
    it(`has a sentence for ${check} ${code}`, () => {
      const text = checkText({ check, code, state: 'problem', data: {} });
      assert.match(text, /^[A-Z].*\.$/);
      assert.doesNotMatch(text, /There is a problem|undefined| {2}|on\.$|until\.$/);
    });
  }

  it('has a sentence for every remedy', () => {
    for (const code of remedyCodes) assert.doesNotMatch(remedyText({ code, data: {} }), /\(/, code);
  });
});
