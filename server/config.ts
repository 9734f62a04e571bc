import path from 'node:path';
import { ConfigError } from './platform/config-error.ts';

/** How mail leaves: over SMTP, or into the mailbox page of a demo. */
export interface MailSettings {
  readonly smtpUrl: string | undefined;
  readonly from: string;
}

export interface Config {
  readonly dataFolder: string;
  /** A PostgreSQL server; undefined for the embedded one. */
  readonly databaseUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  /** Where people reach this server, without a slash at the end; every link in a mail begins with it. */
  readonly publicUrl: string;
  /** File of products, prices and partners; undefined for the demo's. */
  readonly deploymentFile: string | undefined;
  readonly mail: MailSettings;
  /** The key from which links and sessions are derived; undefined for the one kept in the data folder. */
  readonly secret: string | undefined;
  readonly checkResponses: boolean;
  /** How long a server that is told to end goes on answering, so that balancers notice and send nobody any more. */
  readonly drainSeconds: number;
  /** Addresses or networks of the proxies that requests come through: their `X-Forwarded-For` is believed. */
  readonly proxies: readonly string[];
}

/**
 * Reads the environment; nobody else does.
 *
 * @throws ConfigError with the name of the setting that is wrong.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const port = portOf(env.NAMESAKE_PORT ?? '4280');
  const host = env.NAMESAKE_HOST ?? '127.0.0.1';
  return {
    dataFolder: path.resolve(env.NAMESAKE_DATA ?? 'data'),
    databaseUrl: env.DATABASE_URL || undefined,
    host,
    port,
    publicUrl: urlOf(env.NAMESAKE_URL ?? `http://localhost:${port}`),
    deploymentFile: env.NAMESAKE_DEPLOYMENT || undefined,
    mail: {
      smtpUrl: env.NAMESAKE_SMTP_URL || undefined,
      from: env.NAMESAKE_MAIL_FROM ?? 'Namesake <no-reply@localhost>',
    },
    secret: secretOf(env.NAMESAKE_SECRET || undefined),
    checkResponses: env.NAMESAKE_CHECK_RESPONSES === '1',
    drainSeconds: drainSecondsOf(env.NAMESAKE_DRAIN_SECONDS ?? '0'),
    proxies: (env.NAMESAKE_PROXIES ?? '').split(/[\s,]+/).filter(Boolean),
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new ConfigError('NAMESAKE_PORT', 'is no port number');
  return port;
}

const LONGEST_DRAIN_SECONDS = 300;

function drainSecondsOf(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) <= LONGEST_DRAIN_SECONDS) return Number(text);
  throw new ConfigError('NAMESAKE_DRAIN_SECONDS', `is no whole number from 0 to ${LONGEST_DRAIN_SECONDS}`);
}

function urlOf(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) throw new ConfigError('NAMESAKE_URL', 'is no http or https address');
  return url.origin;
}

function secretOf(text: string | undefined): string | undefined {
  if (text !== undefined && text.length < 32) throw new ConfigError('NAMESAKE_SECRET', 'needs at least 32 characters');
  return text;
}
