import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { migrationNames } from '../../db/migrate.ts';
import type { TestDatabase } from '../harness/database.ts';
import { createTestDatabase } from '../harness/database.ts';
import type { EmptyDatabase } from '../harness/empty-database.ts';
import { createEmptyDatabase } from '../harness/empty-database.ts';

const PROGRAM = fileURLToPath(new URL('../../../tools/namesake.ts', import.meta.url));
const SECRET = 'a secret of forty characters, for a test';

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

describe('the administrator’s command line', () => {
  let database: TestDatabase;
  let empty: EmptyDatabase;
  let folder: string;
  let file: string;
  before(async () => {
    database = await createTestDatabase();
    empty = await createEmptyDatabase();
    folder = await mkdtemp(path.join(tmpdir(), 'namesake-command-'));
    file = path.join(folder, 'backup.tar.gz');
    const append = `select append_event('vendor', now(), 'productAdded', 'system', 'system', '{}') from generate_series(1, 20)`;
    await database.pool.query(append);
  });
  after(async () => {
    await rm(folder, { recursive: true });
    await empty.drop();
    await database.drop();
  });

  it('backs up with the key, restores elsewhere, and verifies the same heads', async () => {
    const own = { DATABASE_URL: database.url, NAMESAKE_SECRET: SECRET };
    const other = { DATABASE_URL: empty.url };
    const backup = await namesake(['backup', file, '--with-key'], own);
    assert.equal(backup.code, 0, backup.output);
    const restore = await namesake(['restore', file], other);
    assert.equal(restore.code, 0, restore.output);
    assert.equal(await readFile(path.join(folder, 'data', 'seed'), 'utf8'), 'own');
    assert.equal(
      Buffer.from(await readFile(path.join(folder, 'data', 'server.key'), 'utf8'), 'base64url').toString(),
      SECRET,
    );

    const answers = await Promise.all([
      namesake(['verify'], own),
      namesake(['verify'], other),
      namesake(['verify', file], other),
    ]);
    const digests = answers.map(({ output }) => /digest of all heads {2}([0-9a-f]{64})/.exec(output)?.[1]);
    assert.deepEqual(
      answers.map(({ code }) => code),
      [0, 0, 0],
    );
    assert.equal(new Set(digests).size, 1, answers.map(({ output }) => output).join());
    assert.match(restore.output, new RegExp(digests[0] ?? 'none'));
  });

  it('refuses a restore without the key, and names the first break with exit status 1', async () => {
    const bare = path.join(folder, 'bare.tar.gz');
    await namesake(['backup', bare], { DATABASE_URL: database.url, NAMESAKE_SECRET: SECRET });
    const other = await createEmptyDatabase();
    const env = { DATABASE_URL: other.url, NAMESAKE_DATA: path.join(folder, 'another') };
    const without = await namesake(['restore', bare], env);
    assert.equal(without.code, 1);
    assert.match(without.output, /key of the server that is neither here nor in the file/);
    const wrong = await namesake(['restore', bare], { ...env, NAMESAKE_SECRET: SECRET.toUpperCase() });
    assert.match(wrong.output, /made under another key/);
    assert.ok(!existsSync(path.join(folder, 'another', 'server.key')));
    await other.drop();

    await database.pool.query(
      `set session_replication_role = 'replica'; delete from event where number = 7; reset session_replication_role`,
    );
    const broken = await namesake(['verify'], { DATABASE_URL: database.url });
    assert.equal(broken.code, 1);
    assert.match(broken.output, /stream vendor, event 7 is missing/);
  });

  it('makes a new key where the old one is lost for good, so that new signing keys can be made', async () => {
    const bare = path.join(folder, 'lost-key.tar.gz');
    await namesake(['backup', bare], { DATABASE_URL: database.url, NAMESAKE_SECRET: SECRET });
    const other = await createEmptyDatabase();
    const env = { DATABASE_URL: other.url, NAMESAKE_DATA: path.join(folder, 'new-key') };
    assert.equal((await namesake(['restore', bare, '--new-key'], env)).code, 0);
    const key = await readFile(path.join(folder, 'new-key', 'server.key'), 'utf8');
    assert.equal(Buffer.from(key, 'base64url').length, 32);
    await other.drop();
  });

  it('leaves nothing of a backup behind that is told to end in the middle', async () => {
    const holder = await database.pool.connect();
    await holder.query('begin; lock table notice in access exclusive mode');
    const cut = path.join(folder, 'cut.tar.gz');
    const { child, ended } = start(['backup', cut], { DATABASE_URL: database.url, NAMESAKE_SECRET: SECRET });
    while (parts().length === 0) await delay(10);
    child.kill('SIGINT');
    const { code, output } = await ended;
    await holder.query('rollback');
    holder.release();
    assert.equal(code, 130, output);
    assert.match(output, /Ended by SIGINT before it was done/);
    assert.deepEqual(parts(), []);
    assert.ok(!existsSync(cut));
  });

  it('writes to standard output whole or says that it did not', async () => {
    const env = { DATABASE_URL: database.url, NAMESAKE_SECRET: SECRET };
    const { child, ended } = start(['backup', '-'], env);
    child.stdout.destroy();
    const { code, output } = await ended;
    assert.equal(code, 1, output);
    assert.match(output, /^Standard output takes no more \(EPIPE\)/);
    const begun = await namesake(['backup', '-'], { ...env, NAMESAKE_OUTPUT_BEGUN: '1' });
    assert.equal(begun.code, 2);
    assert.match(begun.output, /npm run --silent namesake -- backup -/);
  });

  it('brings a database to the newest schema, once and again', async () => {
    const other = await createEmptyDatabase();
    for (const _ of ['first', 'again']) {
      const { code, output } = await namesake(['migrate'], { DATABASE_URL: other.url });
      assert.deepEqual([code, output.trim()], [0, `The database is at ${migrationNames.at(-1)}.`]);
    }
    const { rows } = await other.pool.query<{ name: string }>('select max(name) as name from kysely_migration');
    assert.equal(rows[0]?.name, migrationNames.at(-1));
    await other.drop();
    const embedded = await namesake(['migrate', '--for', 'anybody'], {});
    assert.equal(embedded.code, 2);
    assert.match(embedded.output, /^The embedded database has one account/);
  });

  it('says in a line what cannot be read, written or reached', async () => {
    const env = { DATABASE_URL: database.url, NAMESAKE_SECRET: SECRET };
    const answers = [
      [await namesake(['verify', folder], env), /cannot be read \(EISDIR\)/],
      [await namesake(['backup', path.join(file, 'x')], env), /cannot be written \(ENOTDIR\)/],
      [await namesake(['migrate', '--for', 'nobody'], env), /^--for names no account of the database: nobody/],
      [await namesake(['verify'], { DATABASE_URL: 'postgres://127.0.0.1:1/x' }), /cannot be used: .*ECONNREFUSED/],
    ] as const;
    for (const [{ code, output }, says] of answers) {
      assert.equal(code, 1);
      assert.match(output, says);
      assert.equal(output.trim().split('\n').length, 1, output);
    }
  });

  it('hands every other word to the device’s command line, and has one help', async () => {
    const help = await namesake(['--help'], {});
    assert.equal(help.code, 0);
    assert.match(help.output, /namesake backup FILE[\s\S]*namesake sign-in/);
    assert.match((await namesake(['nothing'], {})).output, /There is no command "nothing"/);
    assert.equal((await namesake(['backup'], {})).code, 2);
    assert.equal((await namesake(['verify', 'a', 'b'], {})).code, 2);
  });

  const parts = () => readdirSync(folder).filter((name) => name.endsWith('.part'));

  const namesake = (args: string[], env: Record<string, string>): Promise<Ended> => start(args, env).ended;

  function start(args: string[], env: Record<string, string>) {
    const { DATABASE_URL: _, NAMESAKE_SECRET: __, NAMESAKE_OUTPUT_BEGUN: ___, ...inherited } = process.env;
    const settings = { NAMESAKE_DATA: path.join(folder, 'data'), ...env };
    const child = spawn(process.execPath, [PROGRAM, ...args], { env: { ...inherited, ...settings } });
    const texts: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => texts.push(text));
    const ended = once(child, 'close').then(([code]): Ended => ({ code, output: texts.join('') }));
    return { child, ended };
  }
});
