import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createPool } from '../../db/database.ts';
import { migrate, migrationNames } from '../../db/migrate.ts';
import { describeSchema } from '../../db/schema-description.ts';
import type { CheckedBackup } from '../../features/backup/archive-check.ts';
import { checkArchive } from '../../features/backup/archive-check.ts';
import { fillFromBackup } from '../../features/backup/restore.service.ts';
import { checkRecord } from '../../features/record/record-check.service.ts';
import type { EmptyDatabase } from '../harness/empty-database.ts';
import { createEmptyDatabase } from '../harness/empty-database.ts';
import { startServerProcess } from '../harness/server-process.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/schema', import.meta.url));
const SECRET = 'secret-of-the-fixtures-of-released-schemas';
const FIRST_KEPT = '007-notice';
const OWNER = 'anna-lena.boehm@buero-sued.example';

describe('a database with data', () => {
  const fixtures = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.tar.gz'))
    .sort();

  it('is kept as it stood after each migration but the newest', () => {
    const kept = fixtures.map((name) => name.replace('.tar.gz', ''));
    assert.deepEqual(kept, migrationNames.slice(migrationNames.indexOf(FIRST_KEPT), -1));
  });

  for (const name of fixtures) {
    describe(`as it stood after ${name.replace('.tar.gz', '')}`, () => {
      let database: EmptyDatabase;
      let backup: CheckedBackup;
      before(async () => {
        const file = path.join(FOLDER, name);
        backup = await checkArchive(file);
        database = await createEmptyDatabase();
        await fillFromBackup({ file, manifest: backup.manifest }, database.url);
      });
      after(() => database.drop());

      it('has the schema of today after the upgrade, all of its data and the same record', async () => {
        const rows = await contentsOf(database.pool, backup);
        const record = await checkRecord(database.url);
        await upgrade(database.url);

        assert.equal(
          await describeSchema(database.pool),
          readFileSync(new URL('../../db/schema.sql', import.meta.url), 'utf8'),
        );
        assert.deepEqual(await contentsOf(database.pool, backup), rows);
        const after = await checkRecord(database.url);
        assert.deepEqual({ broken: after.broken, digest: after.digest }, { broken: undefined, digest: record.digest });
        assert.equal(after.digest, backup.manifest.record.digest);
      });

      it('goes on from there', async () => {
        const { rows } = await database.pool.query(`select id from stream where id like 'team_%' limit 1`);
        const append = `select append_event($1, now(), 'teamRenamed', 'system', 'system', '{"nameNumber": 1}')`;
        await database.pool.query(append, [rows[0].id]);
        const { broken, events } = await checkRecord(database.url);
        assert.equal(broken, undefined);
        assert.equal(events, backup.manifest.record.events + 1);
      });
    });
  }

  it('keeps of two passwords that an account had the one that was set last, and takes no second one', async () => {
    const file = path.join(FOLDER, '012-freed-at.tar.gz');
    const { manifest } = await checkArchive(file);
    const database = await createEmptyDatabase();
    await fillFromBackup({ file, manifest }, database.url);
    const second = `insert into credential (id, account_id, provider_id, provider_account_id, password, updated_at)
      select 'tok_second', account_id, provider_id, provider_account_id, 'second', now() + interval '1 day'
        from credential order by id limit 1 returning account_id as "accountId"`;
    const { rows } = await database.pool.query(second);
    await upgrade(database.url);

    const kept = await database.pool.query('select id from credential where account_id = $1', [rows[0].accountId]);
    assert.deepEqual(kept.rows, [{ id: 'tok_second' }]);
    await assert.rejects(
      database.pool.query(second.replace('tok_second', 'tok_third').replace('order by id', "where id = 'tok_second'")),
      /credential_one_per_provider/,
    );
    await database.drop();
  });

  it('is upgraded by the server that starts on it, and people go on working', async () => {
    const file = path.join(FOLDER, `${FIRST_KEPT}.tar.gz`);
    const { manifest } = await checkArchive(file);
    const database = await createEmptyDatabase();
    await fillFromBackup({ file, manifest }, database.url);
    const folder = await mkdtemp(path.join(tmpdir(), 'namesake-upgrade-'));
    const server = await startServerProcess({
      DATABASE_URL: database.url,
      NAMESAKE_SECRET: SECRET,
      NAMESAKE_DATA: folder,
    });
    const owner = await server.as(OWNER);
    const { items: teams } = await owner.listTeams();
    const teamId = teams[0]?.id;
    assert.ok(teamId);
    const { licences: items } = await owner.listLicences({ teamId });
    const held = items.find(({ state }) => state === 'held');
    assert.ok(held?.memberId);
    const { memberId, productId } = held;
    await owner.takeLicence({ teamId, licenceId: held.id, body: { memberId } });
    await owner.giveLicence({ teamId, body: { productId, memberId } });
    assert.equal(await server.stop(), 0);
    const { broken } = await checkRecord(database.url);
    assert.equal(broken, undefined);
    await rm(folder, { recursive: true });
    await database.drop();
  });
});

async function upgrade(url: string): Promise<void> {
  const pool = createPool({ connectionString: url, maxConnections: 2 });
  await migrate(pool);
  await pool.end();
}

/** The rows of each table in the columns that it had, counted and summed up. */
async function contentsOf(pool: pg.Pool, { manifest }: CheckedBackup): Promise<Record<string, unknown>> {
  const contents: Record<string, unknown> = {};
  for (const { name, columns } of manifest.tables) {
    const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
    const { rows } = await pool.query(`
      select count(*)::int as rows, md5(string_agg(kept::text, '|' order by kept::text collate "C")) as sum
        from (select ${list} from ${pg.escapeIdentifier(name)}) kept`);
    contents[name] = rows[0];
  }
  return contents;
}
