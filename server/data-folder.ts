import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from './config.ts';
import { ConfigError } from './platform/config-error.ts';
import { isLoopback } from './platform/loopback.ts';

/** What a data folder was made for: the demo with its mailbox and sign-ins, or a vendor's own deployment. */
export type Seed = 'demo' | 'own';

export interface DataFolder {
  readonly seed: Seed;
  /** The key from which sessions and the secrets of links are derived; 32 bytes. */
  readonly serverKey: Buffer;
}

/**
 * Opens the data folder, or makes it on the first start: a demo unless the deployment has a file of its own.
 *
 * @throws ConfigError where the folder was made for something else, or a demo would be reachable from outside.
 */
export function openDataFolder(config: Config): DataFolder {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  const seed = readSeed(config);
  if (seed === 'demo') refuseOpenDemo(config);
  else requireOwnSettings(config);
  return { seed, serverKey: serverKeyOf(config) };
}

/** What a demo does without and a deployment of its own must have. */
function requireOwnSettings(config: Config): void {
  const { protocol, hostname } = new URL(config.publicUrl);
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    throw new ConfigError('NAMESAKE_URL', 'is no https address: passwords and sessions could be read on the way');
  }
  if (!config.mail.smtpUrl) {
    throw new ConfigError(
      'NAMESAKE_SMTP_URL',
      'is missing: mails to customers need a mail server (smtp://user:password@host:587)',
    );
  }
}

function readSeed({ dataFolder, deploymentFile }: Config): Seed {
  const file = path.join(dataFolder, 'seed');
  const wanted: Seed = deploymentFile ? 'own' : 'demo';
  if (!existsSync(file)) {
    writeWhole(file, wanted);
    return wanted;
  }
  const seed = readFileSync(file, 'utf8').trim();
  if (seed === wanted) return wanted;
  throw wanted === 'own'
    ? new ConfigError(
        'NAMESAKE_DATA',
        `${dataFolder} holds demo data: name another folder, or start afresh with --fresh`,
      )
    : new ConfigError('NAMESAKE_DEPLOYMENT', `is missing: ${dataFolder} belongs to a deployment of its own`);
}

/** A demo lets anybody sign in as anybody, so it answers this machine alone. */
function refuseOpenDemo({ host }: Config): void {
  if (!isLoopback(host)) {
    throw new ConfigError('NAMESAKE_HOST', `is ${host}, but a demo listens on this machine only (127.0.0.1)`);
  }
}

function serverKeyOf({ dataFolder, secret }: Config): Buffer {
  if (secret) return Buffer.from(secret, 'utf8');
  const file = path.join(dataFolder, 'server.key');
  if (!existsSync(file)) writeWhole(file, randomBytes(32).toString('base64url'));
  chmodSync(file, 0o600);
  return readServerKey({ dataFolder, secret });
}

/**
 * The key of the server for a command beside it, which makes none.
 *
 * @throws ConfigError where neither the setting nor the data folder has one.
 */
export function readServerKey({ dataFolder, secret }: Pick<Config, 'dataFolder' | 'secret'>): Buffer {
  if (secret) return Buffer.from(secret, 'utf8');
  const file = path.join(dataFolder, 'server.key');
  if (!existsSync(file)) throw new ConfigError('NAMESAKE_SECRET', `is missing, and ${file} does not exist`);
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
}

/** {@link readServerKey}, or nothing where there is none. */
export function findServerKey(config: Pick<Config, 'dataFolder' | 'secret'>): Buffer | undefined {
  const isThere = config.secret !== undefined || existsSync(path.join(config.dataFolder, 'server.key'));
  return isThere ? readServerKey(config) : undefined;
}

/** Keeps beside a restored database what belongs to it; what is there already stays as it is. */
export function keepRestored(
  { dataFolder, secret }: Pick<Config, 'dataFolder' | 'secret'>,
  { seed, serverKey }: { seed: Seed; serverKey: Buffer },
): void {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  if (!existsSync(path.join(dataFolder, 'seed'))) writeWhole(path.join(dataFolder, 'seed'), seed);
  const keyFile = path.join(dataFolder, 'server.key');
  if (!secret && !existsSync(keyFile)) writeWhole(keyFile, serverKey.toString('base64url'));
}

/** Writes a file so that it is there whole or not at all. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}
