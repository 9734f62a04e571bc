import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { App } from './app.ts';
import type { Config } from './config.ts';
import { createGround } from './create-ground.ts';
import { openDataFolder } from './data-folder.ts';
import type { Pool } from './db/database.ts';
import { createPool } from './db/database.ts';
import type { Engine } from './db/engine.ts';
import { startEngine } from './db/engine.ts';
import { migrate, requireMigrated } from './db/migrate.ts';
import { isStarting, whenStarted } from './db/when-started.ts';
import { demoGreeting, demoPeople, demoSignIns } from './demo/people.ts';
import { Doors } from './doors.ts';
import { findAccountByEmail } from './features/account/account.service.ts';
import { syncCatalogue } from './features/catalogue/catalogue-sync.service.ts';
import { readDeploymentFile, settingsOf } from './features/catalogue/deployment-file.ts';
import { createMailboxTransport } from './features/mailbox/mailbox.service.ts';
import { ensureSigningKeys } from './features/signing-key/signing-key.service.ts';
import { systemClock } from './platform/clock.ts';
import { ConfigError } from './platform/config-error.ts';
import type { Ground } from './platform/ground.ts';
import { meaningOfDatabaseError } from './platform/http/database-error.ts';
import type { RunningJobs } from './platform/jobs.ts';
import { createJobs } from './platform/jobs.ts';
import { standardLog } from './platform/log.ts';
import type { MailTransport } from './platform/mail.ts';
import { createSmtpTransport } from './platform/mail.ts';
import { requireTls } from './tls-required.ts';

export interface RunningServer {
  /** What the terminal tells whoever started it. */
  readonly greeting: string;
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts everything in order: database, schema, catalogue, jobs, then the doors. What fails on the way is closed again.
 *
 * Where the database recovers, or is lost after it was there, the start begins anew, for a minute.
 */
export async function startServer(config: Config, { fresh }: { fresh: boolean }): Promise<RunningServer> {
  const contact: Contact = { made: false };
  const passes = (error: unknown) => {
    const cause = error instanceof ConfigError ? error.cause : error;
    return isStarting(cause) || (contact.made && meaningOfDatabaseError(cause)?.code === 'databaseUnavailable');
  };
  return whenStarted(() => startOnce(config, { fresh, contact }), { passes });
}

/** Whether the database that `DATABASE_URL` names has answered once: until then its address may be wrong. */
interface Contact {
  made: boolean;
}

async function startOnce(
  config: Config,
  { fresh, contact }: { fresh: boolean; contact: Contact },
): Promise<RunningServer> {
  requireTls(config);
  const closing: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  // The features are loaded while the database starts: together they would take twice as long one after the other.
  const loading = import('./app.ts');
  try {
    const engine = await openEngine(config, fresh);
    closing.push(() => engine.stop());
    const pool = createPool({ connectionString: engine.url });
    closing.push(() => pool.end());
    await requireDatabase(pool, config);
    contact.made = config.databaseUrl !== undefined;
    await (config.migrates ? migrate(pool) : requireMigrated(pool));
    const ground = await prepare(config, { pool, url: engine.url });
    const mail = mailTransportOf(config, ground);
    closing.push(async () => mail.close());
    const { createApp } = await loading;
    const doors = new Doors(config);
    const app = createApp(ground, {
      isClosing: () => doors.isClosing,
      proxies: config.proxies,
      checkResponses: config.checkResponses,
      version: packageVersion(),
      deploymentSource: config.deploymentFile ?? 'deployment/demo.yaml',
      mail,
      demoSignIns,
      portalFolder: fileURLToPath(new URL('../portal/dist', import.meta.url)),
    });
    closing.push(() => ground.jobs.stop());
    await ground.jobs.start(app.jobKinds, { alone: config.databaseUrl === undefined });
    await ground.feed.start();
    closing.push(() => ground.feed.stop());
    if (ground.settings.demo) await fillDemo(ground, app);
    await doors.open(app.listener);
    closing.push(() => doors.close());
    return { stop, url: config.publicUrl, greeting: greetingOf(ground) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openEngine(config: Config, fresh: boolean): Promise<Pick<Engine, 'url' | 'stop'>> {
  if (!config.databaseUrl) return startEngine({ dataFolder: config.dataFolder, fresh });
  if (fresh)
    throw new ConfigError('DATABASE_URL', 'names a server of its own: --fresh erases the embedded database only');
  return { url: config.databaseUrl, stop: async () => {} };
}

const OLDEST_VERSION = 15;
const FACTS = `select current_setting('server_version_num')::int / 10000 as major, current_setting('server_encoding') as encoding`;

/** @throws ConfigError where the server that `DATABASE_URL` names cannot be reached, is too old, or keeps text in another encoding. */
async function requireDatabase(pool: Pool, { databaseUrl }: Config): Promise<void> {
  if (!databaseUrl) return;
  const facts = await pool.query<{ major: number; encoding: string }>(FACTS).catch((error: unknown) => {
    // The message names host and reason; the address itself carries a password.
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError('DATABASE_URL', `cannot be used: ${reason}`, { cause: error });
  });
  const { major = 0, encoding } = facts.rows[0] ?? {};
  if (major < OLDEST_VERSION) {
    throw new ConfigError('DATABASE_URL', `names a PostgreSQL ${major}; ${OLDEST_VERSION} is the oldest that works`);
  }
  if (encoding !== 'UTF8') {
    throw new ConfigError('DATABASE_URL', `names a database that keeps text as ${encoding}, and names need UTF8`);
  }
}

interface Opened {
  readonly pool: Pool;
  readonly url: string;
}

async function prepare(config: Config, { pool, url }: Opened): Promise<Ground & { jobs: RunningJobs }> {
  const folder = openDataFolder(config);
  const file = await readDeploymentFile(config.deploymentFile);
  const settings = settingsOf(file, { publicUrl: config.publicUrl, demo: folder.seed === 'demo' });
  const ground = createGround({
    pool,
    connectionString: url,
    clock: systemClock,
    log: standardLog,
    jobs: createJobs({
      connectionString: url,
      log: standardLog,
      timeZone: settings.timeZone,
      migrates: config.migrates,
    }),
    settings,
    serverKey: folder.serverKey,
  });
  await syncCatalogue(ground, file);
  await ensureSigningKeys(ground);
  return ground;
}

/** Fills a demo that is empty; what fills it is loaded for that alone. */
async function fillDemo(ground: Ground, app: App): Promise<void> {
  if (await findAccountByEmail(ground.db, demoPeople.member.email)) return;
  const { seedDemo } = await import('./demo/seed.ts');
  await seedDemo(ground, app);
}

function mailTransportOf({ mail, publicUrl, tlsRequired }: Config, ground: Ground): MailTransport {
  if (!mail.smtpUrl) return createMailboxTransport(ground);
  return createSmtpTransport({
    url: mail.smtpUrl,
    from: mail.from,
    host: new URL(publicUrl).hostname,
    requireTls: tlsRequired,
  });
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return version;
}

function greetingOf({ settings }: Ground): string {
  const ready = `Namesake is ready at ${settings.publicUrl}`;
  return settings.demo ? `${ready}\n\n${demoGreeting}` : ready;
}
