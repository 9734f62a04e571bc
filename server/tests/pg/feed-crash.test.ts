import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { createPool } from '../../db/database.ts';
import { startEngine } from '../../db/engine.ts';
import { migrate } from '../../db/migrate.ts';
import { silentLog } from '../../platform/log.ts';
import { Pulse } from '../../platform/pulse.ts';
import { ChangeFeed } from '../../projection/change-feed.ts';

const TEAM = 'team_00000000000000000000000001';

/** Connects, however often the database has to be asked. */
async function connect(url: string): Promise<pg.Client> {
  for (;;) {
    const client = new pg.Client(url);
    client.on('error', () => {}); // the crash is what the test is about
    try {
      await client.connect();
      return client;
    } catch {
      await delay(5);
    }
  }
}

const append = (client: pg.Client) =>
  client.query(`select append_event($1, now(), 'teamRenamed', 'system', 'system', '{"nameNumber": 1}')`, [TEAM]);

const WRITTEN_MILLISECONDS = 30_000;

/** Writes from a new connection. One that is let in before the crash is noticed is cut off, and comes again. */
async function writeAnew(url: string): Promise<{ xid: string; head: number }> {
  for (const deadline = performance.now() + WRITTEN_MILLISECONDS; ; ) {
    const writer = await connect(url);
    try {
      await append(writer);
      const { rows } = await writer.query<{ xid: string; head: number }>(
        `select max(transaction_id)::text as xid, max(number)::int as head from event where stream_id = $1`,
        [TEAM],
      );
      if (rows[0]) return rows[0];
    } catch (error) {
      if (performance.now() > deadline) throw error;
    } finally {
      await writer.end().catch(() => {});
    }
  }
}

it('misses nothing when a process of the database dies and numbers of transactions are given again', async () => {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'namesake-feed-crash-'));
  const engine = await startEngine({ dataFolder });
  const pool = createPool({ connectionString: engine.url, maxConnections: 3 });
  const pulse = new Pulse(silentLog);
  const today = () => '2026-03-02' as CalendarDate; // a date by its form
  const feed = new ChangeFeed({ pool, connectionString: engine.url, pulse, log: silentLog, today });
  try {
    await migrate(pool);
    await pool.query('insert into stream (id) values ($1)', [TEAM]);
    await pool.query(`
      begin; set constraints all deferred;
      insert into team (id, name, name_key, slug, owner_member_id, created_at)
      values ('${TEAM}', 'Team', 'team', 'team', 'mem_00000000000000000000000001', now());
      insert into member (id, team_id, email, name, role, state, invited_at)
      values ('mem_00000000000000000000000001', '${TEAM}', 'a@b.example', 'A', 'owner', 'invited', now());
      commit`);
    await feed.start();
    for (let turn = 1; turn <= 3; turn += 1) {
      const victim = await connect(engine.url);
      await append(victim);
      await feed.catchUp();
      // A refused command takes a number and writes nothing that has to be on the disk.
      await victim.query('begin');
      const refused = await victim.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
      await victim.query('rollback');
      await feed.catchUp();
      const { rows } = await victim.query<{ pid: number }>('select pg_backend_pid() as pid');
      process.kill(rows[0]?.pid ?? 0, 'SIGKILL');
      const { xid, head } = await writeAnew(engine.url);
      const deadline = performance.now() + 5000;
      while (feed.projection.revisionOf(TEAM) !== head && performance.now() < deadline) await delay(20);
      const again = xid === refused.rows[0]?.xid ? 'given again' : 'new';
      assert.equal(feed.projection.revisionOf(TEAM), head, `turn ${turn}: the number was ${again}`);
      await victim.end().catch(() => {});
    }
  } finally {
    await feed.stop();
    await pool.end();
    await engine.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
});
