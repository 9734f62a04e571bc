import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import type { MemberId } from '../../../domain/id.ts';
import type { Db, Pool } from '../../db/database.ts';
import { createDb, createPool } from '../../db/database.ts';
import { listOfMember, listReservedProductNames } from '../../features/licence/holder.queries.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { addLicences, addMember, makeProduct, makeTeam } from '../harness/team-builder.ts';

// A look through 113,000 licences took 40 ms, and whoever joins or leaves holds the team's lock meanwhile.
describe('what a member has', () => {
  let app: TestApp;
  let memberId: MemberId;
  let pool: Pool;
  let db: Db;

  before(async () => {
    app = await createTestApp();
    const productId = await makeProduct(app);
    const team = await makeTeam(app, 'owner@index.example');
    await addLicences(app, { teamId: team.teamId, productId, quantity: 2 });
    ({ memberId } = await addMember(app, team, 'member@index.example'));
    pool = createPool({ connectionString: app.databaseUrl, maxConnections: 1 });
    db = createDb(pool);
  });
  after(async () => {
    await pool.end();
    await app.close();
  });

  /** How often the work looks through all licences, on a connection that does so only where no index helps. */
  const looksThroughAll = (work: (db: Db) => Promise<unknown>): Promise<number> =>
    db.transaction().execute(async (transaction) => {
      await sql`set local enable_seqscan = off`.execute(transaction);
      const before = await scansOf(transaction);
      await work(transaction);
      return (await scansOf(transaction)) - before;
    });

  /** What this connection has counted and not yet reported, of earlier transactions too. */
  const scansOf = async (transaction: Db): Promise<number> => {
    const { rows } = await sql<{ scans: number }>`
      select seq_scan::int as scans from pg_stat_xact_user_tables where relname = 'licence'`.execute(transaction);
    return rows[0]?.scans ?? 0;
  };

  it('is found by index', async () => {
    assert.equal(await looksThroughAll((transaction) => listOfMember(transaction, memberId)), 0);
    assert.equal(await looksThroughAll((transaction) => listReservedProductNames(transaction, memberId)), 0);
    const ofView = (transaction: Db) =>
      sql`select id from taken_licence where member_id = ${memberId}`.execute(transaction);
    assert.equal(await looksThroughAll(ofView), 0);
  });

  it('is found by index when the member leaves, by the foreign key too', async () => {
    const leave = (transaction: Db) =>
      transaction
        .updateTable('member')
        .set({ state: 'removed', removedAt: new Date() })
        .where('id', '=', memberId)
        .execute();
    assert.equal(await looksThroughAll(leave), 0);
  });

  it('is told from a look through all of them', async () => {
    const byState = (transaction: Db) =>
      transaction.selectFrom('licence').select('id').where('since', 'is', null).execute();
    assert.equal(await looksThroughAll(byState), 1);
  });
});
