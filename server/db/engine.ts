import { setTimeout as delay } from 'node:timers/promises';
import { withConnection } from './connection.ts';
import type { EngineMajor } from './engine-binaries.ts';
import { findBinaries } from './engine-binaries.ts';
import type { Cluster } from './engine-cluster.ts';
import { clusterIn, ENGINE_DATABASE, ENGINE_USER, ensureCluster, readPassword } from './engine-cluster.ts';
import { DataFolderInUse, eraseDataFolder, lockDataFolder } from './engine-lock.ts';
import type { LaunchOptions, Postmaster } from './engine-postmaster.ts';
import { EngineFailed, findFreePort, launchPostmaster, readPostmasterFile, stopOrphan } from './engine-postmaster.ts';
import type { EngineRunner } from './engine-runner.ts';
import { findRunner } from './engine-runner.ts';

/** A running PostgreSQL. The url carries the password: keep it out of logs. */
export type Engine = { url: string; version: string; stop(): Promise<void> };

export type EngineOptions = {
  dataFolder: string;
  /** Erase what the folder holds first, all of it. */
  fresh?: boolean;
  /** Faster, but a power failure loses data. */
  forTests?: boolean;
  major?: EngineMajor;
  /** How to run PostgreSQL here; found out when left out. */
  runner?: EngineRunner;
};

const PORT_TRIES = 3;
const RESTART_PAUSE_MILLISECONDS = 500;
const JOIN_MILLISECONDS = 15_000;

/**
 * Starts the embedded PostgreSQL of a data folder and makes this process its owner.
 *
 * It lives as long as its owner: killed with it on Linux, stopped by the next owner elsewhere. Should it end by itself
 * it is started again on the same port.
 *
 * @throws DataFolderInUse when another process owns the folder.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  if (options.fresh) eraseDataFolder(options.dataFolder);
  const lock = lockDataFolder(options.dataFolder);
  try {
    const cluster = clusterIn(lock.folder);
    const launch = {
      binaries: findBinaries(options.major ?? 18),
      runner: options.runner ?? findRunner(),
      durable: !options.forTests,
    };
    await stopOrphan(cluster);
    ensureCluster(cluster, launch);
    const postmaster = keepRunning(cluster, launch, await launchOnFreePort(cluster, launch));
    const engine = await connect(cluster, postmaster.port);
    return {
      ...engine,
      async stop() {
        await postmaster.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * Gives a command the engine of a data folder: that of the running server, or its own for as long as the command runs.
 *
 * @throws DataFolderInUse when the owner does not get its engine ready in time.
 */
export async function joinEngine(options: Omit<EngineOptions, 'fresh'>): Promise<Engine> {
  const cluster = clusterIn(options.dataFolder);
  const deadline = Date.now() + JOIN_MILLISECONDS;
  for (;;) {
    const engine = await startEngine(options).catch((error: unknown) => {
      if (error instanceof DataFolderInUse && Date.now() < deadline) return findRunning(cluster);
      throw error;
    });
    if (engine) return engine;
    await delay(50);
  }
}

async function findRunning(cluster: Cluster): Promise<Engine | undefined> {
  const note = readPostmasterFile(cluster);
  if (!note?.ready) return undefined;
  return connect(cluster, note.port).catch(() => undefined); // its owner may be stopping it
}

async function launchOnFreePort(cluster: Cluster, launch: Omit<LaunchOptions, 'port'>): Promise<Postmaster> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await launchPostmaster(cluster, { ...launch, port: await findFreePort() });
    } catch (error) {
      // Another program may have taken the port in between.
      if (!(error instanceof EngineFailed) || tries === PORT_TRIES) throw error;
    }
  }
}

function keepRunning(
  cluster: Cluster,
  launch: Omit<LaunchOptions, 'port'>,
  first: Postmaster,
): { port: number; stop(): Promise<void> } {
  let current: Postmaster = first;
  let stopping = false;
  const watch = async (): Promise<void> => {
    await current.exited;
    while (!stopping) {
      await delay(RESTART_PAUSE_MILLISECONDS);
      if (stopping) return;
      const next = await launchPostmaster(cluster, { ...launch, port: first.port }).catch(() => undefined);
      if (!next) continue;
      current = next;
      return stopping ? current.stop() : watch();
    }
  };
  const watching = watch();
  return {
    port: first.port,
    async stop() {
      stopping = true;
      await current.stop();
      await watching;
    },
  };
}

async function connect(cluster: Cluster, port: number): Promise<Engine> {
  const url = `postgres://${ENGINE_USER}:${readPassword(cluster)}@127.0.0.1:${port}/${ENGINE_DATABASE}`;
  return withConnection({ connectionString: url }, async (client) => {
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return { url, version: rows[0]?.server_version ?? '', stop: async () => undefined };
  });
}
