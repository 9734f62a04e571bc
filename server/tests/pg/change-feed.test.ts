import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { AccountId, ApplicationId, MemberId, ProductId } from '../../../domain/id.ts';
import { createPool } from '../../db/database.ts';
import { checkEntitlement } from '../../features/entitlement/entitlement.service.ts';
import { AppError } from '../../platform/app-error.ts';
import { silentLog } from '../../platform/log.ts';
import { Pulse } from '../../platform/pulse.ts';
import { ChangeFeed } from '../../projection/change-feed.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { makeApplication } from '../harness/application-builder.ts';
import type { TestTeam } from '../harness/team-builder.ts';
import { addLicences, addMember, makeProduct, makeTeam } from '../harness/team-builder.ts';
import { getTestEngine } from '../harness/test-engine.ts';

/** Another process's view of the same database, with a clock of its own. */
class OtherProcess {
  readonly pool: pg.Pool;
  readonly pulse = new Pulse(silentLog);
  readonly feed: ChangeFeed;
  /** Milliseconds by which its clock is ahead. */
  ahead = 0;

  constructor(app: TestApp) {
    this.pool = createPool({ connectionString: app.databaseUrl, maxConnections: 2 });
    this.feed = new ChangeFeed({
      pool: this.pool,
      connectionString: app.databaseUrl,
      pulse: this.pulse,
      log: silentLog,
      today: () => app.ground.feed.projection.today,
      elapsed: () => performance.now() + this.ahead,
    });
  }

  async stop(): Promise<void> {
    await this.feed.stop();
    await this.pool.end();
  }
}

describe('the change feed', () => {
  let app: TestApp;
  let productId: ProductId;
  let applicationId: ApplicationId;
  let team: TestTeam;
  let member: { memberId: MemberId; accountId: AccountId };
  let other: OtherProcess;
  let serial = 0;

  before(async () => {
    app = await createTestApp();
    productId = await makeProduct(app);
    applicationId = await makeApplication(app, 'sketchpad', [productId]);
  });
  after(() => app.close());

  beforeEach(async (t) => {
    serial += 1;
    team = await makeTeam(app, `owner${serial}@office.example`);
    await addLicences(app, { teamId: team.teamId, productId, quantity: 3 });
    const { memberId, person } = await addMember(app, team, `person${serial}@office.example`);
    member = { memberId, accountId: person.accountId };
    other = new OtherProcess(app);
    await other.feed.start();
    // @ts-expect-error: hooks have the test's context, which the types leave out.
    t.after(() => other.stop());
  });

  const give = () => team.owner.giveLicence({ teamId: team.teamId, body: { productId, memberId: member.memberId } });
  const ask = (feed: ChangeFeed, atLeastRevision?: number) =>
    checkEntitlement(
      { feed },
      { applicationId, subject: member.accountId, product: 'share', teamId: team.teamId, atLeastRevision },
    );
  /** A connection whose transaction the test ends when it likes. */
  const connect = async () => {
    const client = new pg.Client({ connectionString: app.databaseUrl });
    await client.connect();
    return client;
  };
  const appendEvent = (client: pg.Client, streamId: string, memberId: string) =>
    client.query(`select append_event($1, now(), 'memberRoleChanged', 'system', 'system', $2)`, [
      streamId,
      JSON.stringify({ memberId, before: 'member', after: 'member' }),
    ]);

  it('shows what another process committed as soon as it has told', async () => {
    const heard = Promise.withResolvers<number>();
    other.pulse.subscribe(team.teamId, ({ revision }) => heard.resolve(revision));
    const { revision } = await give();
    assert.equal(await heard.promise, revision);
    assert.deepEqual(await ask(other.feed), { decision: true, reason: 'held', until: '2027-03-31', revision });
  });

  it('shows to a process what it has committed itself, whenever it asks', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const { licence } = await give();
      assert.equal((await ask(app.ground.feed)).decision, true, `after gift ${turn}`);
      await team.owner.takeLicence({ teamId: team.teamId, licenceId: licence.id, body: { memberId: member.memberId } });
      assert.equal((await ask(app.ground.feed)).decision, false, `after taking ${turn}`);
    }
  });

  it('finds a change whose notification was lost, within the bound', async () => {
    const client = await connect();
    const licence = await client.query<{ id: string }>(
      `update licence set state = 'held', member_id = $1, since = now()
        where id = (select id from licence where team_id = $2 order by number limit 1) returning id`,
      [member.memberId, team.teamId],
    );
    await appendEvent(client, team.teamId, member.memberId);
    await client.end();
    assert.equal(licence.rowCount, 1);
    await delay(1000);
    assert.equal((await ask(other.feed)).decision, true);
  });

  it('finds a transaction that took its number first and committed last', async () => {
    const [early, late] = [await connect(), await connect()];
    const second = await makeTeam(app, `second${serial}@office.example`);
    await early.query('begin');
    await appendEvent(early, team.teamId, member.memberId);
    await early.query(
      `update licence set state = 'held', member_id = $1, since = now()
        where id = (select id from licence where team_id = $2 order by number limit 1)`,
      [member.memberId, team.teamId],
    );
    await late.query('begin');
    await appendEvent(late, second.teamId, second.ownerMemberId);
    await late.query('commit');
    await other.feed.catchUp();
    assert.equal(other.feed.projection.revisionOf(second.teamId), 2, 'the later number came first');
    assert.equal((await ask(other.feed)).decision, false, 'nobody sees what is not committed');
    await early.query('commit');
    await other.feed.catchUp();
    assert.equal((await ask(other.feed)).decision, true);
    await Promise.all([early.end(), late.end()]);
  });

  it('passes over rows of transactions that are yet to come, as a restored copy has them', async () => {
    const client = await connect();
    await client.query(
      `insert into event (stream_id, number, at, kind, actor_kind, actor_id, data, previous_hash, hash, transaction_id)
       select $1, 1000000, now(), 'memberRoleChanged', 'system', 'system', '{}', hash, hash,
              ((pg_current_xact_id()::text::bigint + 1000000)::text)::xid8
         from event where stream_id = $1 and number = 1`,
      [team.teamId],
    );
    await client.end();
    let beats = 0;
    other.pulse.subscribe(team.teamId, () => {
      beats += 1;
    });
    await other.feed.catchUp();
    await other.feed.catchUp();
    assert.equal(beats, 0);
    const { revision } = await give();
    await other.feed.catchUp();
    assert.equal(other.feed.projection.revisionOf(team.teamId), revision);
  });

  it('gives the truth at a revision that a caller knows of, on any process', async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const { licence, revision } = await give();
      assert.equal((await ask(other.feed, revision)).decision, true);
      const taken = await team.owner.takeLicence({
        teamId: team.teamId,
        licenceId: licence.id,
        body: { memberId: member.memberId },
      });
      assert.equal((await ask(other.feed, taken.revision)).decision, false);
    }
  });

  it('refuses a revision that the team never comes to, after two seconds', async () => {
    const began = performance.now();
    await assert.rejects(
      async () => ask(other.feed, 1_000_000),
      (error) => error instanceof AppError && error.code === 'revisionNotReached',
    );
    const waited = performance.now() - began;
    assert.ok(waited >= 1900 && waited < 10_000, `it waited ${waited} ms`);
  });

  it('asks the database before it answers when it has slept', async () => {
    const { revision } = await give();
    await other.feed.catchUp();
    other.ahead += 3_600_000;
    assert.equal(other.feed.isCurrent, false);
    const answer = await ask(other.feed, revision);
    assert.equal(answer.decision, true);
    assert.equal(answer.stale, undefined);
    assert.equal(other.feed.isCurrent, true);
  });

  /** Takes the database away while something is done. */
  async function withoutDatabase(work: () => Promise<void>): Promise<void> {
    const admin = new pg.Client({ connectionString: (await getTestEngine()).url });
    await admin.connect();
    const database = new URL(app.databaseUrl).pathname.slice(1);
    try {
      await admin.query(`alter database ${database} allow_connections false`);
      await admin.query(
        `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1 and application_name like 'namesake%'`,
        [database],
      );
      await work();
    } finally {
      await admin.query(`alter database ${database} allow_connections true`);
      await admin.end();
    }
    const deadline = performance.now() + 10_000;
    while (!other.feed.isCurrent && performance.now() < deadline) await delay(20);
  }

  it('answers marked with its age while the database is away, for a minute, then no, and recovers by itself', async () => {
    const { revision } = await give();
    await other.feed.catchUp();
    await withoutDatabase(async () => {
      other.ahead += 5000;
      const stale = await ask(other.feed);
      assert.equal(stale.decision, true);
      assert.ok(stale.stale && stale.stale.ageSeconds >= 5 && stale.stale.ageSeconds < 30, JSON.stringify(stale));
      await assert.rejects(
        async () => ask(other.feed, revision + 1),
        (error) => error instanceof AppError && error.code === 'revisionNotReached',
      );
      other.ahead += 60_000;
      assert.deepEqual(await ask(other.feed), { decision: false, reason: 'unavailable', until: null, revision: null });
    });
    assert.deepEqual(await ask(other.feed), { decision: true, reason: 'held', until: '2027-03-31', revision });
  });

  it('answers from memory also about a team in which it committed as the database went away', async () => {
    const { licence, revision } = await give();
    await other.feed.catchUp();
    await withoutDatabase(async () => {
      other.feed.committed(team.teamId, revision + 1);
      for (const milliseconds of [0, 5000]) {
        other.ahead += milliseconds;
        const stale = await ask(other.feed);
        assert.equal(stale.decision, true);
        assert.ok(stale.stale, 'it is marked: what was committed is not in it');
      }
      await assert.rejects(
        async () => ask(other.feed, revision + 1),
        (error) => error instanceof AppError && error.code === 'revisionNotReached',
      );
    });
    const { memberId } = member;
    await team.owner.takeLicence({ teamId: team.teamId, licenceId: licence.id, body: { memberId } });
    const { decision, stale } = await ask(other.feed);
    assert.deepEqual({ decision, stale }, { decision: false, stale: undefined });
  });

  it('reads again what it cannot be sure to have seen when its connection was lost', async () => {
    const { revision } = await give();
    await other.feed.catchUp();
    const client = await connect();
    await client.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity
      where datname = current_database() and application_name = 'namesake changes'`);
    await client.end();
    await caughtUp(other.feed);
    assert.deepEqual(await ask(other.feed), { decision: true, reason: 'held', until: '2027-03-31', revision });
  });

  /** Whoever asks before the loss is noticed asks on the connection that is lost. */
  async function caughtUp(feed: ChangeFeed): Promise<void> {
    for (const deadline = performance.now() + 5000; ; await delay(20)) {
      try {
        await feed.catchUp();
        if (feed.isCurrent) return;
      } catch (error) {
        if (performance.now() > deadline) throw error;
      }
      assert.ok(performance.now() < deadline, 'the feed is not current again');
    }
  }

  it('loads everything where the changes are too many to be read in time', async () => {
    const client = await connect();
    await client.query(
      `insert into event (stream_id, number, at, kind, actor_kind, actor_id, data, previous_hash, hash)
       select stream_id, 1000 + n, at, kind, actor_kind, actor_id, jsonb_build_object('memberId', $2::text), hash, hash
         from event, generate_series(1, 300000) n where stream_id = $1 and number = 1`,
      [team.teamId, member.memberId],
    );
    await client.query(`update stream set head = 1000000 where id = $1`, [team.teamId]);
    await client.end();
    const deadline = performance.now() + 30_000;
    while (other.feed.projection.revisionOf(team.teamId) !== 1_000_000 && performance.now() < deadline) await delay(50);
    assert.equal(other.feed.projection.revisionOf(team.teamId), 1_000_000);
    assert.equal(other.feed.isCurrent, true);
  });

  it('forgets the account of an owner whose address was corrected', async () => {
    const wrong = await app.as(`wrong${serial}@office.example`);
    const client = await connect();
    await client.query(
      `update member set email = $2, state = 'invited', account_id = null, role = 'member' where id = $1`,
      [member.memberId, `wrong${serial}@office.example`],
    );
    await appendEvent(client, team.teamId, member.memberId);
    await other.feed.catchUp();
    const { projection } = other.feed;
    assert.deepEqual(projection.teamIdsOf(wrong.accountId), [team.teamId]);
    await client.query(`update member set email = $2 where id = $1`, [
      member.memberId,
      `right${serial}@office.example`,
    ]);
    await client.query(`select append_event($1, now(), 'teamOwnerCorrected', 'system', 'system', $2)`, [
      team.teamId,
      JSON.stringify({ ownerMemberId: member.memberId, formerAccountId: wrong.accountId }),
    ]);
    await client.end();
    await other.feed.catchUp();
    assert.deepEqual(other.feed.projection.teamIdsOf(wrong.accountId), []);
  });

  it('tells all processes of what is no event', async () => {
    const heard = Promise.withResolvers<void>();
    other.pulse.subscribe('some-topic', () => heard.resolve());
    app.ground.feed.tell('some-topic');
    await heard.promise;
  });

  it('forgets a service key that was ended, within the bound', async () => {
    const { makeServiceKey } = await import('../../features/catalogue/application-key.service.ts');
    const key = (await makeServiceKey(app.ground, 'sketchpad')) ?? '';
    await other.feed.catchUp();
    assert.ok(other.feed.projection.catalogue.findByServiceKey(key));
    const client = await connect();
    await client.query('update application_key set revoked_at = now() where application_id = $1', [applicationId]);
    await client.query(`select append_event('vendor', now(), 'applicationKeyEnded', 'system', 'system', $1)`, [
      JSON.stringify({ applicationId }),
    ]);
    await client.end();
    await delay(1000);
    assert.equal(other.feed.projection.catalogue.findByServiceKey(key), undefined);
  });
});
