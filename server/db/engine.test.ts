import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Engine } from './engine.ts';
import { joinEngine, startEngine } from './engine.ts';
import { clusterIn, EngineOfAnotherUser } from './engine-cluster.ts';
import { DataFolderClosed, DataFolderInUse, eraseDataFolder, NotADataFolder } from './engine-lock.ts';
import { readPostmasterFile, stopOrphan } from './engine-postmaster.ts';
import { runnerNamed } from './engine-runner.ts';

let parent: string;
before(async () => {
  parent = mkdtempSync(path.join(tmpdir(), 'namesake-engine-'));
  const engine = await startEngine({ dataFolder: folder('prepared'), forTests: true });
  await engine.stop();
});
after(() => rmSync(parent, { recursive: true, force: true }));

describe('the embedded engine', () => {
  it('keeps its data, its password and its settings from start to start', async () => {
    const dataFolder = folder('kept');
    const first = await startEngine({ dataFolder });
    await query(first, 'CREATE TABLE note (text text)');
    await query(first, "INSERT INTO note VALUES ('Ä')");
    const settings = await query(
      first,
      `SELECT current_setting('data_checksums') AS checksums, current_setting('fsync') AS fsync, current_setting('timezone') AS zone,
              current_setting('server_encoding') AS encoding, current_setting('listen_addresses') AS addresses, lower('Ä') AS lower`,
    );
    await first.stop();
    const second = await startEngine({ dataFolder });
    const notes = await query(second, 'SELECT text FROM note');
    await second.stop();

    assert.deepEqual(settings, [
      { checksums: 'on', fsync: 'on', zone: 'UTC', encoding: 'UTF8', addresses: '127.0.0.1', lower: 'ä' },
    ]);
    assert.deepEqual(notes, [{ text: 'Ä' }]);
    assert.match(second.version, /^18\./);
    assert.equal(new URL(first.url).password, new URL(second.url).password);
    assert.equal(statSync(clusterIn(dataFolder).passwordFile).mode & 0o777, 0o600);
  });

  it('lets nobody in without the password', async () => {
    const engine = await startEngine({ dataFolder: folder('kept') });
    const url = new URL(engine.url);
    url.password = 'guessed';
    try {
      await assert.rejects(query({ ...engine, url: url.href }, 'SELECT 1'), /password authentication failed/);
    } finally {
      await engine.stop();
    }
  });

  it('refuses a second owner, in the same process and in another', async () => {
    const dataFolder = preparedFolder('shared');
    const owner = await startOwner(dataFolder, 'forTests');
    const refusal = await startEngine({ dataFolder }).catch((error: unknown) => error);
    const erasing = await startEngine({ dataFolder, fresh: true }).catch((error: unknown) => error);
    await end(owner, 'SIGTERM');
    const mine = await startEngine({ dataFolder, forTests: true });
    const again = await startEngine({ dataFolder }).catch((error: unknown) => error);
    await mine.stop();

    assert.ok(refusal instanceof DataFolderInUse);
    assert.equal(refusal.pid, owner.pid);
    assert.match(refusal.message, new RegExp(`${dataFolder}.*process ${owner.pid}\\b`));
    assert.ok(erasing instanceof DataFolderInUse);
    assert.ok(again instanceof DataFolderInUse);
    assert.equal(again.pid, process.pid);
  });

  it('leaves nothing running and loses nothing when its owner is killed', async () => {
    const dataFolder = preparedFolder('killed');
    const owner = await startOwner(dataFolder);
    const joined = await joinEngine({ dataFolder });
    await query(joined, 'CREATE TABLE note (text text)');
    await query(joined, "INSERT INTO note VALUES ('acknowledged')");
    const engine = readPostmasterFile(clusterIn(dataFolder));
    await end(owner, 'SIGKILL');
    await until(() => !isAlive(engine?.pid ?? 0));
    const next = await startEngine({ dataFolder });
    const notes = await query(next, 'SELECT text FROM note');
    await next.stop();

    assert.deepEqual(notes, [{ text: 'acknowledged' }]);
  });

  it('comes back on the same port when PostgreSQL itself is killed', async () => {
    const dataFolder = preparedFolder('back');
    const engine = await startEngine({ dataFolder, forTests: true });
    const first = readPostmasterFile(clusterIn(dataFolder));
    process.kill(first?.pid ?? 0, 'SIGKILL');
    await until(async () => (await query(engine, 'SELECT 1').catch(() => [])).length === 1);
    const second = readPostmasterFile(clusterIn(dataFolder));
    await engine.stop();

    assert.notEqual(second?.pid, first?.pid);
    assert.equal(second?.port, first?.port);
    assert.equal(isAlive(second?.pid ?? 0), false);
  });

  it('forgets a preparation that was cut off half way', async () => {
    const dataFolder = folder('halfway');
    const unfinished = path.join(dataFolder, 'postgres.unfinished-1');
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(path.join(unfinished, 'PG_VERSION'), '18\n');
    const engine = await startEngine({ dataFolder, forTests: true });
    await engine.stop();

    assert.deepEqual(
      readdirSync(dataFolder).filter((entry) => entry.startsWith('postgres')),
      ['postgres', 'postgres.log', 'postgres.password'],
    );
  });

  it('gives a command its own engine when no server runs', async () => {
    const dataFolder = preparedFolder('command');
    const engine = await joinEngine({ dataFolder, forTests: true });
    const owned = await startEngine({ dataFolder }).catch((error: unknown) => error);
    await engine.stop();

    assert.ok(owned instanceof DataFolderInUse);
    assert.equal(readPostmasterFile(clusterIn(dataFolder)), undefined);
  });

  it('leaves the files of another user to that user', { skip: process.getuid?.() !== 0 }, async () => {
    const dataFolder = preparedFolder('another');
    const { folder: files } = clusterIn(dataFolder);
    chownSync(files, 4242, 4242);

    await assert.rejects(joinEngine({ dataFolder }), (error) => {
      assert.ok(error instanceof EngineOfAnotherUser, String(error));
      assert.match(error.message, /belongs to the user with id 4242/);
      return true;
    });
    assert.equal(statSync(files).uid, 4242);
  });

  it('says so where its folder is closed to it', { skip: process.getuid?.() === 0 }, async () => {
    const dataFolder = preparedFolder('closed');
    chmodSync(path.join(dataFolder, 'owner.lock'), 0o400);
    await assert.rejects(startEngine({ dataFolder }), DataFolderClosed);
    await assert.rejects(startEngine({ dataFolder: '/closed' }), DataFolderClosed);
  });

  it('clears the note of an engine whose process id means another program now', async () => {
    const dataFolder = folder('reused');
    const cluster = clusterIn(dataFolder);
    mkdirSync(cluster.folder, { recursive: true });
    writeFileSync(path.join(cluster.folder, 'postmaster.pid'), `${process.pid}\n${cluster.folder}\n0\n5432\n`);
    await stopOrphan(cluster);

    assert.equal(readPostmasterFile(cluster), undefined);
  });

  it('starts afresh in a data folder, and in no other', async () => {
    const dataFolder = preparedFolder('fresh');
    const first = await startEngine({ dataFolder, forTests: true });
    await query(first, 'CREATE TABLE note (text text)');
    await first.stop();
    const second = await startEngine({ dataFolder, forTests: true, fresh: true });
    const tables = await query(second, "SELECT to_regclass('note') AS note");
    await second.stop();
    const foreign = folder('foreign');
    mkdirSync(foreign);
    writeFileSync(path.join(foreign, 'thesis.txt'), 'mine');

    assert.deepEqual(tables, [{ note: null }]);
    assert.throws(() => eraseDataFolder(foreign), NotADataFolder);
    assert.deepEqual(readdirSync(foreign), ['thesis.txt']);
  });

  it('runs as nobody where root has no namespaces, on the same data', {
    skip: runnerNamed('rootAsNobody') && process.getuid?.() === 0 ? false : 'needs root',
  }, async () => {
    const dataFolder = preparedFolder('nobody');
    const namespaced = await startEngine({ dataFolder, forTests: true });
    await query(namespaced, 'CREATE TABLE note (text text)');
    await namespaced.stop();
    const owner = await startOwner(dataFolder, 'forTests', 'rootAsNobody');
    const joined = await joinEngine({ dataFolder });
    const tables = await query(joined, "SELECT to_regclass('note')::text AS note");
    const engine = readPostmasterFile(clusterIn(dataFolder));
    const uid = statSync(`/proc/${engine?.pid}`).uid;
    await end(owner, 'SIGKILL');
    await until(() => !isAlive(engine?.pid ?? 0));
    const back = await startEngine({ dataFolder, forTests: true });
    await back.stop();

    assert.deepEqual(tables, [{ note: 'note' }]);
    assert.equal(uid, 65534);
  });
});

function folder(name: string): string {
  return path.join(parent, name);
}

/** A data folder that an earlier owner has left in order. */
function preparedFolder(name: string): string {
  cpSync(folder('prepared'), folder(name), { recursive: true });
  return folder(name);
}

async function query(engine: Engine, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: engine.url });
  client.on('error', () => undefined); // the server going away is part of the story
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that owns the folder, ready when this returns. */
async function startOwner(dataFolder: string, ...flags: string[]): Promise<ChildProcess> {
  const program = path.join(import.meta.dirname, '..', 'tests', 'harness', 'engine-owner.ts');
  const owner = spawn(process.execPath, [program, dataFolder, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ready = once(owner.stdout ?? owner, 'data').then(() => true);
  const started = await Promise.race([ready, once(owner, 'exit').then(() => false)]);
  assert.ok(started, 'the other process did not start');
  return owner;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, 'waited in vain');
    await delay(20);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
