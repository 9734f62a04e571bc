import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { bringUp } from '../../bring-up.ts';
import { readConfig } from '../../config.ts';
import { findServerKey } from '../../data-folder.ts';
import { migrationNames } from '../../db/migrate.ts';
import { demoPeople } from '../../demo/people.ts';
import { checkArchive } from '../../features/backup/archive-check.ts';
import { writeBackupFile } from '../../features/backup/backup-file.service.ts';
import { silentLog } from '../../platform/log.ts';
import type { EmptyDatabase } from '../harness/empty-database.ts';
import { createEmptyDatabase } from '../harness/empty-database.ts';
import type { DataFolderRun } from '../harness/server-process.ts';
import { createDataFolderRun } from '../harness/server-process.ts';

const ACCOUNT = `namesake server ${randomBytes(4).toString('hex')}`;
const PASSWORD = 'password-of-a-test';

describe('a server whose account may not change tables', () => {
  let database: EmptyDatabase;
  let run: DataFolderRun;
  let env: Record<string, string>;
  let asServer: pg.Pool;

  before(async () => {
    database = await createEmptyDatabase();
    run = await createDataFolderRun();
    await database.pool.query(`create role "${ACCOUNT}" login password '${PASSWORD}'`);
    // As deploy/postgresql/namesake.sql leaves a database.
    await database.pool.query(`
      do $$ begin execute format('revoke connect on database %I from public', current_database()); end $$`);
    const url = new URL(database.url);
    url.username = encodeURIComponent(ACCOUNT);
    url.password = PASSWORD;
    env = { DATABASE_URL: url.href, NAMESAKE_MIGRATE: 'never' };
    asServer = new pg.Pool({ connectionString: url.href, max: 1 });
  });
  after(async () => {
    await run.remove();
    await asServer.end();
    await database.pool.query(`drop owned by "${ACCOUNT}"; drop role "${ACCOUNT}"`);
    await database.drop();
  });

  it('does not start before the owner has made them, and says what to do', async () => {
    await database.pool.query(`
      do $$ begin execute format('grant connect on database %I to %I', current_database(), '${ACCOUNT}'); end $$`);
    const { code, output } = await run.refused(env);
    assert.equal(code, 1);
    assert.match(output, /^The database has yet to be brought to 001-record\. .*namesake -- migrate --for ACCOUNT/);
    await database.pool.query(`
      do $$ begin execute format('revoke connect on database %I from %I', current_database(), '${ACCOUNT}'); end $$`);
    assert.equal(
      (await database.pool.query(`select from pg_class where relnamespace = 'public'::regnamespace`)).rowCount,
      0,
    );
  });

  it('does all that a server does once it has', async () => {
    for (const _ of ['made', 'made again']) {
      await bringUp({ connectionString: database.url, account: ACCOUNT, log: silentLog });
    }
    // The demo fills itself with a whole sale, invitations and licences.
    const server = await run.start(env);
    const owner = await server.as(demoPeople.owner.email);
    const [team] = (await owner.listTeams()).items;
    assert.ok(team);
    const { licences } = await owner.listLicences({ teamId: team.id });
    const held = licences.find(({ state }) => state === 'held');
    assert.ok(held?.memberId);
    const body = { memberId: held.memberId };
    await owner.takeLicence({ teamId: team.id, licenceId: held.id, body });
    await owner.giveLicence({ teamId: team.id, body: { productId: held.productId, ...body } });
    await server.stop();
    assert.doesNotMatch(server.output(), /permission denied|"level":"error"/);
  });

  it('can make a backup', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'namesake-least-'));
    const file = path.join(folder, 'backup.tar.gz');
    const serverKey = findServerKey(readConfig({ NAMESAKE_DATA: run.dataFolder }));
    assert.ok(serverKey);
    const options = { serverKey, seed: 'demo', withKey: false } as const;
    await writeBackupFile(file, { connectionString: env.DATABASE_URL ?? '', ...options });
    const { manifest } = await checkArchive(file);
    assert.ok(manifest.tables.some(({ name, rows }) => name === 'event' && rows > 0));
    await rm(folder, { recursive: true });
  });

  it('is another one than the owner', async () => {
    const { rows } = await database.pool.query<{ name: string }>('select current_user as name');
    const account = rows[0]?.name;
    await assert.rejects(
      bringUp({ connectionString: database.url, account, log: silentLog }),
      /^ConfigError: --for names .*, which owns the tables or may do everything/,
    );
  });

  const forbidden: { what: string; text: string }[] = [
    { what: 'change an event', text: `update event set data = '{}'` },
    { what: 'delete an event', text: 'delete from event' },
    { what: 'empty a table', text: 'truncate event' },
    { what: 'change a table', text: 'alter table licence add column more text' },
    { what: 'drop a table', text: 'drop table licence' },
    { what: 'make a table', text: 'create table more (id int)' },
    { what: 'take a trigger away', text: 'alter table event disable trigger all' },
    { what: 'say that a migration was done', text: `insert into kysely_migration values ('999', 'now')` },
  ];
  for (const { what, text } of forbidden) {
    it(`cannot ${what}`, async () => {
      await assert.rejects(asServer.query(text), /permission denied|must be owner/);
    });
  }

  it('does not start beside a queue that waits for an upgrade', async () => {
    await database.pool.query('update job.version set version = version - 1');
    const { code, output } = await run.refused(env);
    assert.equal(code, 1);
    assert.match(output, /^The database has another queue than this version needs: npm run namesake -- migrate/m);
    await database.pool.query('update job.version set version = version + 1');
  });

  it('does not start on tables that wait for an upgrade', async () => {
    const newest = migrationNames.at(-1);
    await database.pool.query('delete from kysely_migration where name = $1', [newest]);
    const { code, output } = await run.refused(env);
    assert.equal(code, 1);
    assert.match(output, new RegExp(`^The database has yet to be brought to ${newest}\\.`, 'm'));
  });
});
