import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import type { RecordFound } from '../../features/record/record-check.service.ts';
import { checkRecord } from '../../features/record/record-check.service.ts';
import { sealOncePerDay, sealRecord } from '../../features/seal/seal.service.ts';
import type { Keyring } from '../../features/signing-key/keyring.service.ts';
import { createKeyring } from '../../features/signing-key/keyring.service.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import type { TestTeam } from '../harness/team-builder.ts';
import { makeTeam } from '../harness/team-builder.ts';

describe('the check of the record', () => {
  let app: TestApp;
  let keyring: Keyring;
  let team: TestTeam;
  before(async () => {
    app = await createTestApp();
    keyring = createKeyring(app.ground);
    team = await makeTeam(app, 'owner@office.example');
    await rename('Office');
    await sealRecord(app.ground, keyring);
    await rename('Office South');
    await makeTeam(app, 'other@office.example');
    await sealRecord(app.ground, keyring);
    await rename('Office North');
  });
  after(() => app.close());

  it('finds a whole record right, with all of its seals', async () => {
    const found = await checkRecord(app.databaseUrl);
    assert.equal(found.broken, undefined);
    assert.equal(found.seals, 2);
    const { rows } = await sql<{ streams: number; events: number }>`
      select (select count(*) from stream) as streams, (select count(*) from event) as events`.execute(app.ground.db);
    assert.deepEqual({ streams: found.streams, events: found.events }, rows[0]);
    assert.match(found.digest, /^[0-9a-f]{64}$/);
    assert.equal((await checkRecord(app.databaseUrl)).digest, found.digest, 'and the same again');
  });

  it('seals once a day, and again the day after', async () => {
    const seals = async () => (await checkRecord(app.databaseUrl)).seals;
    const before = await seals();
    await sealOncePerDay(app.ground, keyring);
    assert.equal(await seals(), before);
    app.clock.forward({ days: 1 });
    await sealOncePerDay(app.ground, keyring);
    await sealOncePerDay(app.ground, keyring);
    assert.equal(await seals(), before + 1);
    await rename('Office East');
  });

  for (const { what, change, at } of [
    {
      what: 'an event that was changed',
      change: `update event set data = jsonb_set(data, '{nameNumber}', '9') where stream_id = $1 and number = 2`,
      at: { number: 2, what: /was changed/ },
    },
    {
      what: 'an event that is missing',
      change: `delete from event where stream_id = $1 and number = 2`,
      at: { number: 2, what: /is missing/ },
    },
    {
      what: 'a changed event with its own hash put right',
      change: `update event set data = '{"nameNumber": 9}', hash = event_hash(stream_id, number, at, kind, actor_kind,
                 actor_id, '{"nameNumber": 9}', previous_hash) where stream_id = $1 and number = 2`,
      at: { number: 2, what: /is not the one that seal 1 covers/ },
    },
    {
      what: 'nothing wrong where the newest event, which no seal covers yet, is cut off and the stream put right',
      change: `with gone as (delete from event where stream_id = $1 and number = 5 returning stream_id, previous_hash)
               update stream set head = 4, head_hash = gone.previous_hash from gone where id = gone.stream_id`,
      at: undefined,
    },
    {
      what: 'sealed events cut off, and the stream put right',
      change: `with gone as (delete from event where stream_id = $1 and number >= 3 returning number, previous_hash)
               update stream set head = 2, head_hash = (select previous_hash from gone where number = 3) where id = $1`,
      at: { number: 3, what: /is missing: event 3 was sealed/ },
    },
    {
      what: 'a stream that is gone with all its events',
      change: `with s as (delete from stream where id = $1) delete from event where stream_id = $1`,
      at: { number: 2, what: /was sealed, and its stream is not there/ },
    },
    {
      what: 'what was sealed gone from the list of heads',
      change: 'delete from sealed_head where stream_id = $1 and seal = 2',
      at: { stream: 'vendor', what: /covers \d+ heads, and \d+ are there/ },
    },
    {
      what: 'a seal that states nothing',
      change: `select append_event('vendor', now(), 'recordSealed', 'system', 'system', 'null')`,
      at: { stream: 'vendor', what: /is a seal that states nothing/ },
    },
    {
      what: 'an event without a stream',
      change: `insert into event select 'team_0', number, at, kind, actor_kind, actor_id, data, previous_hash, hash
                 from event where stream_id = $1 and number = 1`,
      at: { stream: 'team_0', number: 1, what: /belongs to a stream that is not there/ },
    },
    {
      what: 'a head that is not the newest event',
      change: `update stream set head_hash = previous_hash where id = $1`,
      at: { number: 5, what: /has another hash than the stream's row/ },
    },
  ]) {
    it(`finds ${what}`, async () => {
      const { broken } = await afterChange(change);
      if (!at) return assert.equal(broken, undefined, 'nobody sealed it, so nobody can tell');
      assert.equal(broken?.streamId, at.stream ?? team.teamId);
      if (at.number !== undefined) assert.equal(broken?.number, at.number);
      assert.match(broken?.what ?? '', at.what);
    });
  }

  it('trusts no other keys than it is given', async () => {
    const { broken } = await checkRecord(app.databaseUrl, new Map());
    assert.match(broken?.what ?? '', /is not among the keys/);
    assert.equal(broken?.streamId, 'vendor');
  });

  it('finds a seal that somebody else signed', async () => {
    const wrong = new Map((await keyring.publicKeys()).map(({ kid }) => [kid, `${'A'.repeat(42)}E`]));
    const { broken } = await checkRecord(app.databaseUrl, wrong);
    assert.match(broken?.what ?? '', /is not signed by/);
  });

  async function rename(name: string): Promise<void> {
    const { version } = await team.owner.getTeam({ teamId: team.teamId });
    await team.owner.renameTeam({ teamId: team.teamId, ifMatch: version, body: { name } });
  }

  /** What is found after somebody changed the tables, with no regard to their triggers; it is undone afterwards. */
  async function afterChange(change: string): Promise<RecordFound> {
    const client = new pg.Client({ connectionString: app.databaseUrl });
    await client.connect();
    const tables = ['event', 'stream', 'sealed_head'];
    try {
      await client.query("create schema kept; set session_replication_role = 'replica'");
      for (const table of tables) await client.query(`create table kept.${table} as table ${table}`);
      await client.query(change, change.includes('$1') ? [team.teamId] : []);
      return await checkRecord(app.databaseUrl);
    } finally {
      for (const table of tables) await client.query(`delete from ${table}; insert into ${table} table kept.${table}`);
      await client.query('drop schema kept cascade');
      await client.end();
    }
  }
});
