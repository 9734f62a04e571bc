import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { createGround } from '../server/create-ground.ts';
import { createPool } from '../server/db/database.ts';
import { startEngine } from '../server/db/engine.ts';
import { migrate } from '../server/db/migrate.ts';
import { systemClock } from '../server/platform/clock.ts';
import type { Ground } from '../server/platform/ground.ts';
import { silentLog } from '../server/platform/log.ts';

export interface BenchGround {
  readonly ground: Ground;
  readonly pool: pg.Pool;
  /** Where the database is, for processes of their own. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A server's ground on an embedded database of its own, as durable as a real one, without jobs. */
export async function openBenchGround(maxConnections: number): Promise<BenchGround> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'namesake-bench-'));
  const engine = await startEngine({ dataFolder });
  const pool = createPool({ connectionString: engine.url, maxConnections });
  await migrate(pool);
  const ground = groundOn(pool, engine.url);
  return {
    ground,
    pool,
    url: engine.url,
    async stop() {
      await pool.end();
      await engine.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** The ground of a server on a database that is there. */
export function groundOn(pool: pg.Pool, connectionString: string): Ground {
  return createGround({
    pool,
    connectionString,
    clock: systemClock,
    jobs: { queue: async () => {} },
    log: silentLog,
    serverKey: randomBytes(32),
    settings: {
      vendorName: 'Bench',
      accentColour: '#00695c',
      languages: ['en'],
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      freeStorageBytes: 0,
      offerValidDays: 30,
      invitationDays: 14,
      signingKeyDays: 90,
      publicUrl: 'http://localhost:4280',
      demo: false,
    },
  });
}
