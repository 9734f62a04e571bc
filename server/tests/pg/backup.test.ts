import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { describeSchema } from '../../db/schema-description.ts';
import { checkArchive } from '../../features/backup/archive-check.ts';
import { BackupError } from '../../features/backup/backup-error.ts';
import { checkRecordOfBackup, writeBackupFile } from '../../features/backup/backup-file.service.ts';
import type { Manifest } from '../../features/backup/manifest.ts';
import { withFilling } from '../../features/backup/restore.queries.ts';
import { restoreBackup } from '../../features/backup/restore.service.ts';
import { checkRecord } from '../../features/record/record-check.service.ts';
import { sealRecord } from '../../features/seal/seal.service.ts';
import { createKeyring } from '../../features/signing-key/keyring.service.ts';
import { silentLog } from '../../platform/log.ts';
import { Pulse } from '../../platform/pulse.ts';
import { ChangeFeed } from '../../projection/change-feed.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import type { EmptyDatabase } from '../harness/empty-database.ts';
import { createEmptyDatabase } from '../harness/empty-database.ts';
import { makeAccepted, makeCustomer, openMarket } from '../harness/sale-builder.ts';

/** A database that cannot hold every name. */
const PLAIN = "encoding 'SQL_ASCII' locale_provider libc locale 'C'";

/** They say when and on what system the file was packed, and nothing of what is in it. */
const GZIP_HEAD_BYTES = 10;

describe('a backup', () => {
  let app: TestApp;
  let folder: string;
  let file: string;
  let manifest: Manifest;
  let serverKey: Buffer;

  before(async () => {
    app = await createTestApp();
    serverKey = app.ground.serverKey;
    folder = await mkdtemp(path.join(tmpdir(), 'namesake-backup-'));
    await sell();
    await sealRecord(app.ground, createKeyring(app.ground));
    await asIfFarAhead();
    file = path.join(folder, 'whole.tar.gz');
    manifest = await backUp(app.databaseUrl, file);
  });
  after(async () => {
    await rm(folder, { recursive: true });
    await app.close();
  });

  it('is restored whole: the same rows, the same schema, the same heads, and numbers that go on', async () => {
    const { database } = await restored();
    const again = await backUp(database.url, path.join(folder, 'again.tar.gz'));
    assert.deepEqual(again.tables, manifest.tables);
    assert.deepEqual(again.record, manifest.record);
    const schema = await describeSchema(database.pool);
    assert.equal(schema, await readFile(new URL('../../db/schema.sql', import.meta.url), 'utf8'));
    const found = await checkRecord(database.url);
    assert.deepEqual(
      { broken: found.broken, digest: found.digest, seals: found.seals },
      { broken: undefined, digest: manifest.record.digest, seals: 1 },
    );
    const { rows } = await database.pool.query(`select nextval('order_number')::int as number`);
    assert.ok(rows[0].number > 10_000, 'numbers given after the backup are not given again');
    await database.drop();
  });

  it('is verified as a file, by the keys in it', async () => {
    const found = await checkRecordOfBackup(file, manifest);
    assert.deepEqual(
      { broken: found.broken, digest: found.digest, seals: found.seals },
      { broken: undefined, digest: manifest.record.digest, seals: 1 },
    );
  });

  it('brings rows whose transactions belong to the database that it is restored into', async () => {
    const { database } = await restored();
    const ahead = await database.pool.query(`
      select (select count(*)::int from event where transaction_id >= pg_snapshot_xmax(pg_current_snapshot())) +
             (select count(*)::int from account where transaction_id >= pg_snapshot_xmax(pg_current_snapshot())) as rows`);
    assert.equal(ahead.rows[0].rows, 0);
    const pool = new pg.Pool({ connectionString: database.url, allowExitOnIdle: true });
    const today = () => '2026-03-02' as never; // a date by its form
    const feed = new ChangeFeed({
      pool,
      connectionString: database.url,
      pulse: new Pulse(silentLog),
      log: silentLog,
      today,
    });
    await feed.start();
    const { rows } = await pool.query<{ id: string; head: string }>(
      'select t.id, s.head from team t join stream s on s.id = t.id limit 1',
    );
    const [team] = rows;
    assert.ok(team);
    await pool.query(`select append_event($1, now(), 'teamRenamed', 'system', 'system', '{"nameNumber": 1}')`, [
      team.id,
    ]);
    await feed.catchUp();
    assert.equal(feed.projection.revisionOf(team.id), Number(team.head) + 1);
    await feed.stop();
    await pool.end();
    await database.drop();
  });

  it('holds no sign-in of a browser', async () => {
    const names = manifest.tables.map(({ name }) => name);
    assert.ok(!names.includes('session') && !names.includes('verification'));
    assert.ok(names.includes('device_token') && names.includes('idempotency_key'));
  });

  it('is never written over, and leaves nothing behind where it fails', async () => {
    await assert.rejects(backUp(app.databaseUrl, file), /is there already/);
    await assert.rejects(backUp(app.databaseUrl, path.join(folder, 'nowhere', 'x')), /cannot be written/);
    const empty = await createEmptyDatabase();
    await assert.rejects(backUp(empty.url, path.join(folder, 'nothing')), /nothing to back up/);
    await empty.drop();
    assert.ok(!existsSync(path.join(folder, 'nothing')));
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.part')),
      [],
    );
  });

  it('is made under the key that the server has, and under no other', async () => {
    const target = path.join(folder, 'under-another-key');
    await assert.rejects(backUp(app.databaseUrl, target, randomBytes(32)), (error) => {
      assert.ok(error instanceof BackupError, String(error));
      assert.match(error.message, /not the one that the server has/);
      return true;
    });
    assert.ok(!existsSync(target));
  });

  it('is refused with another key, and after a change that puts its hashes right', async () => {
    const backup = await checkArchive(file);
    assert.ok(backup.isSealedWith(serverKey));
    assert.ok(!backup.isSealedWith(randomBytes(32)));
  });

  for (const { what, damage, says } of [
    {
      what: 'cut off in the middle',
      damage: (all: Buffer) => all.subarray(0, all.length / 2),
      says: /cut off|too early/,
    },
    { what: 'without its last byte', damage: (all: Buffer) => all.subarray(0, -1), says: /cut off|too early/ },
    { what: 'with one bit changed', damage: flipped, says: /changed since|no whole backup/ },
    { what: 'of another program', damage: () => Buffer.from('PK\x03\x04 something else'), says: /is no backup/ },
    {
      what: 'that is an archive of something else',
      damage: () => gzipSync(otherArchive()),
      says: /no backup of Namesake/,
    },
    { what: 'whose rows were changed and packed again', damage: repacked, says: /the rows of \w+ are others/ },
    { what: 'of nothing', damage: () => Buffer.alloc(0), says: /cut off|too early|no whole backup/ },
  ]) {
    it(`is refused ${what}, before anything is touched`, async () => {
      const damaged = path.join(folder, 'damaged.tar.gz');
      await writeFile(damaged, damage(await readFile(file)));
      await assert.rejects(checkArchive(damaged), (error) => {
        assert.ok(error instanceof BackupError, String(error));
        assert.match(error.message, says);
        return true;
      });
    });
  }

  it('is refused in words wherever a byte of its beginning is missing or another', async () => {
    const whole = await readFile(new URL('../fixtures/schema/014-licence-by-member.tar.gz', import.meta.url));
    const spoilt = path.join(folder, 'spoilt.tar.gz');
    const unsaid: string[] = [];
    for (let place = GZIP_HEAD_BYTES; place < GZIP_HEAD_BYTES + 500; place += 1) {
      const [before, after] = [whole.subarray(0, place), whole.subarray(place + 1)];
      const other = Buffer.of(0xff ^ (whole[place] ?? 0));
      for (const pieces of [
        [before, after],
        [before, other, after],
      ]) {
        await writeFile(spoilt, Buffer.concat(pieces));
        const error: unknown = await checkArchive(spoilt).catch((thrown: unknown) => thrown);
        if (!(error instanceof BackupError)) unsaid.push(`${place}: ${error}`);
      }
    }
    assert.deepEqual(unsaid, []);
    await rm(spoilt);
  });

  it('goes into an empty database alone', async () => {
    const before = await checkRecord(app.databaseUrl);
    await assert.rejects(restoreBackup({ file, manifest }, app.databaseUrl), /is not empty/);
    assert.equal((await checkRecord(app.databaseUrl)).digest, before.digest);
  });

  it('leaves the database empty when a restore breaks off', async () => {
    const database = await createEmptyDatabase();
    const cut = path.join(folder, 'cut.tar.gz');
    await writeFile(cut, await readFile(file));
    await truncate(cut, (await readFile(file)).length - 400);
    await assert.rejects(restoreBackup({ file: cut, manifest }, database.url));
    const one = manifest.tables.map((table) => (table.name === 'event' ? { ...table, rows: table.rows + 1 } : table));
    await assert.rejects(restoreBackup({ file, manifest: { ...manifest, tables: one } }, database.url), /instead of/);
    await restoreBackup({ file, manifest }, database.url); // it is as empty as before
    await database.drop();
  });

  it('leaves it empty, too, where what belongs beside it cannot be kept, and where the text would be spoilt', async () => {
    const database = await createEmptyDatabase();
    const keep = () => {
      throw new Error('no room for the key');
    };
    await assert.rejects(restoreBackup({ file, manifest, keep }, database.url), /no room for the key/);
    await restoreBackup({ file, manifest }, database.url);
    await database.drop();
    const plain = await createEmptyDatabase(PLAIN);
    await assert.rejects(restoreBackup({ file, manifest }, plain.url), /keeps text as SQL_ASCII/);
    await plain.drop();
  });

  it('goes into an empty database once, where two begin at the same time', async () => {
    const database = await createEmptyDatabase();
    const both = await Promise.allSettled([1, 2].map(() => restoreBackup({ file, manifest }, database.url)));
    const refused = both.filter((one) => one.status === 'rejected');
    assert.deepEqual(
      refused.map(({ reason }) => reason instanceof BackupError && /is not empty/.test(reason.message)),
      [true],
    );
    assert.equal((await checkRecord(database.url)).digest, manifest.record.digest);
    await database.drop();
  });

  it('says what went wrong first where the database is lost in the middle', async () => {
    const database = await createEmptyDatabase();
    const lost = withFilling(database.url, async () => {
      await database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'namesake restore'`,
      );
      throw new Error('what went wrong first');
    });
    await assert.rejects(lost, /what went wrong first/);
    await database.drop();
  });

  it('of a newer version is refused', async () => {
    const database = await createEmptyDatabase();
    const newer = { ...manifest, migrations: [...manifest.migrations, '999-tomorrow'] };
    await assert.rejects(restoreBackup({ file, manifest: newer }, database.url), /999-tomorrow/);
    await database.drop();
  });

  const backUp = (connectionString: string, target: string, key = serverKey): Promise<Manifest> =>
    writeBackupFile(target, { connectionString, serverKey: key, seed: 'demo', withKey: false });

  async function restored(): Promise<{ database: EmptyDatabase }> {
    const database = await createEmptyDatabase();
    await restoreBackup({ file, manifest }, database.url);
    return { database };
  }

  async function sell(): Promise<void> {
    const market = await openMarket(app);
    const customer = await makeCustomer(market.agent, { name: 'Büro Süd \\ Söhne' });
    const body = { name: 'Team', customerId: customer.id, ownerEmail: 'owner@backup.example' };
    const team = await market.agent.makeTeam({ body });
    const offer = await makeAccepted(market.agent, { customerId: customer.id, productId: market.share, quantity: 5 });
    await market.agent.placeOrder({ body: { offerId: offer.id, teamId: team.id } });
    await app.settled();
  }

  /** As rows are that come from a database which has seen far more transactions. */
  async function asIfFarAhead(): Promise<void> {
    const client = new pg.Client({ connectionString: app.databaseUrl });
    await client.connect();
    await client.query(`
      set session_replication_role = 'replica';
      update event set transaction_id = '900000000000'; 
      update account set transaction_id = '900000000000';
      update account set name = E'a\\tb\\\\c\\nd \\\\N' where name like 'Eva%'`);
    await client.end();
  }
});

/** One bit in the middle is another, the first one that matters: some say the same in another way, so that nothing is changed. */
function flipped(all: Buffer): Buffer {
  const copy = Buffer.from(all);
  for (let place = Math.floor(copy.length / 2); place < copy.length; place += 1) {
    copy[place] = (copy[place] ?? 0) ^ 1;
    if (!saysTheSame(copy, all)) return copy;
    copy[place] = (copy[place] ?? 0) ^ 1;
  }
  throw new Error('no bit matters');
}

function saysTheSame(one: Buffer, other: Buffer): boolean {
  try {
    return gunzipSync(one).equals(gunzipSync(other));
  } catch {
    return false; // it cannot be unpacked any more
  }
}

function repacked(all: Buffer): Buffer {
  const text = gunzipSync(all).toString('latin1');
  assert.ok(text.includes('licenceManager') || text.includes('@backup.example'));
  return gzipSync(Buffer.from(text.replaceAll('owner@backup.example', 'thief@backup.example'), 'latin1'));
}

/** A file of another archive: a name, and nothing that we know. */
function otherArchive(): Buffer {
  const header = Buffer.alloc(512);
  header.write('readme.txt');
  header.write('00000000000', 124);
  header.write('ustar', 257);
  const sum = header.reduce((total, byte) => total + byte, 8 * 32);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, Buffer.alloc(1024)]);
}
