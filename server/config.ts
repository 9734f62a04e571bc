import path from 'node:path';
import type { CertificateFiles } from './certificate.ts';
import { ConfigError } from './platform/config-error.ts';
import { readSettingFile } from './platform/setting-file.ts';

/** How mail leaves: over SMTP, or into the mailbox page of a demo. */
export interface MailSettings {
  /** With a user and a password, where the mail server wants them. */
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
  /** Whether a start brings the database to the newest schema; otherwise its owner does. */
  readonly migrates: boolean;
  /** With these the server speaks TLS itself; undefined where a proxy on the same machine does. */
  readonly tls: CertificateFiles | undefined;
  /** Whether nothing may go to or come from another machine in the clear. */
  readonly tlsRequired: boolean;
  /** Whether Node.js was told to take every certificate for every host. */
  readonly certificatesUnchecked: boolean;
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
    databaseUrl: secretSetting(env, 'DATABASE_URL'),
    host,
    port,
    publicUrl: urlOf(env.NAMESAKE_URL ?? `http://localhost:${port}`),
    deploymentFile: env.NAMESAKE_DEPLOYMENT || undefined,
    mail: {
      smtpUrl: secretSetting(env, 'NAMESAKE_SMTP_URL'),
      from: env.NAMESAKE_MAIL_FROM ?? 'Namesake <no-reply@localhost>',
    },
    secret: secretOf(secretSetting(env, 'NAMESAKE_SECRET')),
    checkResponses: env.NAMESAKE_CHECK_RESPONSES === '1',
    drainSeconds: drainSecondsOf(env.NAMESAKE_DRAIN_SECONDS ?? '0'),
    proxies: (env.NAMESAKE_PROXIES ?? '').split(/[\s,]+/).filter(Boolean),
    migrates: !says(env, 'NAMESAKE_MIGRATE', 'never'),
    tls: certificateOf(env),
    tlsRequired: says(env, 'NAMESAKE_TLS', 'required'),
    certificatesUnchecked: env.NODE_TLS_REJECT_UNAUTHORIZED === '0',
  };
}

/** A setting that holds a secret: in the environment itself, or in the file that `…_FILE` names, as a vault's agent or systemd hands it over. */
function secretSetting(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const file = env[`${name}_FILE`] || undefined;
  if (file === undefined) return env[name] || undefined;
  if (env[name]) throw new ConfigError(`${name}_FILE`, `and ${name} are both set; one of them is enough`);
  const secret = readSettingFile(`${name}_FILE`, file).toString('utf8').trim();
  // Whoever names a file means what is in it: an empty one has yet to be written.
  if (secret === '') throw new ConfigError(`${name}_FILE`, `is empty: ${file}`);
  return secret;
}

function certificateOf({ NAMESAKE_TLS_CERT: certificate, NAMESAKE_TLS_KEY: key }: NodeJS.ProcessEnv) {
  if (certificate && key) return { certificate, key };
  if (!certificate && !key) return undefined;
  throw new ConfigError(certificate ? 'NAMESAKE_TLS_KEY' : 'NAMESAKE_TLS_CERT', 'is missing: each needs the other');
}

/** Whether a setting that knows one word says it. */
function says(env: NodeJS.ProcessEnv, name: string, word: string): boolean {
  const text = env[name];
  if (text && text !== word) throw new ConfigError(name, `is neither "${word}" nor empty`);
  return text === word;
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
