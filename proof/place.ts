import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEngine } from '../server/db/engine.ts';
import type { ServerProcess } from '../server/tests/harness/server-process.ts';
import { startServerProcess } from '../server/tests/harness/server-process.ts';

/** A database and the server processes on it, as a deployment has them, on loopback and for one run. */
export interface Place {
  readonly databaseUrl: string;
  /** For whatever the run keeps. */
  readonly folder: string;
  /** Starts one more process on the same database, with the key that all of them share. The first one fills the demo. */
  startServer(env?: Record<string, string>): Promise<ServerProcess>;
  /** Ends what is still running, and erases the folder. */
  close(): Promise<void>;
}

/** Opens a place with an embedded database of its own, as durable as a real one. */
export async function openPlace(): Promise<Place> {
  const folder = await mkdtemp(path.join(tmpdir(), 'namesake-proof-'));
  const engine = await startEngine({ dataFolder: path.join(folder, 'engine') });
  const secret = randomBytes(32).toString('hex');
  const servers: ServerProcess[] = [];
  return {
    databaseUrl: engine.url,
    folder,
    async startServer(env = {}) {
      const NAMESAKE_DATA = path.join(folder, `server-${servers.length}`);
      const server = await startServerProcess({
        DATABASE_URL: engine.url,
        NAMESAKE_SECRET: secret,
        NAMESAKE_DATA,
        ...env,
      });
      servers.push(server);
      return server;
    },
    async close() {
      await Promise.all(servers.map((server) => server.stop()));
      await engine.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
