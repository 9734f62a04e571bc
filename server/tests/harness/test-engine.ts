import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Engine } from '../../db/engine.ts';
import { startEngine } from '../../db/engine.ts';
import type { EngineMajor } from '../../db/engine-binaries.ts';
import { clusterIn } from '../../db/engine-cluster.ts';
import { DataFolderInUse, lockDataFolder } from '../../db/engine-lock.ts';
import { readPostmasterFile } from '../../db/engine-postmaster.ts';

const FOLDER = 'namesake-test-';
const SETTLED_MILLISECONDS = 60_000;
const REMOVAL_TRIES = 200;

let running: Promise<Engine> | undefined;

/**
 * The one engine of this process, in a folder that goes with the process.
 *
 * NAMESAKE_TEST_POSTGRES=15 runs the tests on the oldest PostgreSQL that we support.
 */
export function getTestEngine(): Promise<Engine> {
  running ??= startTestEngine();
  return running;
}

async function startTestEngine(): Promise<Engine> {
  sweepLeftovers();
  const dataFolder = mkdtempSync(path.join(tmpdir(), FOLDER));
  process.once('exit', () => remove(dataFolder));
  return startEngine({ dataFolder, forTests: true, major: wantedMajor() });
}

function wantedMajor(): EngineMajor {
  const wanted = process.env.NAMESAKE_TEST_POSTGRES ?? '18';
  if (wanted === '18') return 18;
  if (wanted === '15') return 15;
  throw new Error(`NAMESAKE_TEST_POSTGRES is ${wanted}: 15 and 18 are there.`);
}

/** Runs while the process exits, so it cannot await that PostgreSQL has written its last file. */
function remove(dataFolder: string): void {
  const engine = readPostmasterFile(clusterIn(dataFolder));
  if (engine) process.kill(engine.pid, 'SIGQUIT');
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; existsSync(dataFolder) && tries < REMOVAL_TRIES; tries += 1) {
    try {
      rmSync(dataFolder, { recursive: true, force: true });
    } catch {
      Atomics.wait(pause, 0, 0, 10);
    }
  }
}

/** A process that was killed could not remove its folder. */
function sweepLeftovers(): void {
  for (const entry of readdirSync(tmpdir())) {
    const folder = path.join(tmpdir(), entry);
    if (entry.startsWith(FOLDER) && Date.now() - statSync(folder).mtimeMs > SETTLED_MILLISECONDS) sweep(folder);
  }
}

function sweep(folder: string): void {
  try {
    lockDataFolder(folder).release();
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
  }
}
