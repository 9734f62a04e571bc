import type { Config } from '../server/config.ts';
import { readConfig } from '../server/config.ts';
import { createGround } from '../server/create-ground.ts';
import { readServerKey } from '../server/data-folder.ts';
import { createPool } from '../server/db/database.ts';
import { joinEngine } from '../server/db/engine.ts';
import { migrate, requireMigrated } from '../server/db/migrate.ts';
import { findProducts } from '../server/features/catalogue/catalogue.service.ts';
import { syncCatalogue } from '../server/features/catalogue/catalogue-sync.service.ts';
import { readDeploymentFile, settingsOf } from '../server/features/catalogue/deployment-file.ts';
import { systemClock } from '../server/platform/clock.ts';
import type { Ground } from '../server/platform/ground.ts';
import { createJobs } from '../server/platform/jobs.ts';
import { standardLog } from '../server/platform/log.ts';
import { requireTls } from '../server/tls-required.ts';
import { reasonOf } from './administration.ts';

/**
 * Runs a command on the deployment's database: beside the running server, or alone.
 *
 * It starts no jobs and sends no mails, and it has no key of the server unless it needs one.
 */
export async function runCommand(
  work: (ground: Ground) => Promise<void>,
  { withServerKey = false }: { withServerKey?: boolean } = {},
): Promise<void> {
  try {
    const config = readConfig(process.env);
    requireTls(config);
    const serverKey = withServerKey ? readServerKey(config) : Buffer.alloc(0);
    const engine = await openEngine(config);
    try {
      await withGround({ config, url: engine.url, serverKey }, work);
    } finally {
      await engine.stop();
    }
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    console.error(reason);
    process.exitCode = 1;
  }
}

async function openEngine({ databaseUrl, dataFolder }: Config): Promise<{ url: string; stop(): Promise<void> }> {
  if (databaseUrl) return { url: databaseUrl, stop: async () => undefined };
  return joinEngine({ dataFolder });
}

interface Opened {
  readonly config: Config;
  readonly url: string;
  readonly serverKey: Buffer;
}

async function withGround({ config, url, serverKey }: Opened, work: (ground: Ground) => Promise<void>): Promise<void> {
  const pool = createPool({ connectionString: url, maxConnections: 2 });
  try {
    await (config.migrates ? migrate(pool) : requireMigrated(pool));
    const file = await readDeploymentFile(config.deploymentFile);
    const settings = settingsOf(file, { publicUrl: config.publicUrl, demo: false });
    const ground = createGround({
      pool,
      connectionString: url,
      clock: systemClock,
      log: standardLog,
      jobs: createJobs({ connectionString: url, log: standardLog, timeZone: settings.timeZone }),
      settings,
      serverKey,
    });
    // Only before the first start: a server that runs has its file, which may be another one than this command's.
    if ((await findProducts(ground.db)).length === 0) await syncCatalogue(ground, file);
    await work(ground);
  } finally {
    await pool.end();
  }
}
