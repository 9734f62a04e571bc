import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import type { Config } from '../server/config.ts';
import { readConfig } from '../server/config.ts';
import type { Seed } from '../server/data-folder.ts';
import { joinEngine } from '../server/db/engine.ts';
import { EngineError } from '../server/db/engine-error.ts';
import { BackupError } from '../server/features/backup/backup-error.ts';
import type { RecordFound } from '../server/features/record/record-check.service.ts';
import { ConfigError } from '../server/platform/config-error.ts';
import { requireTls } from '../server/tls-required.ts';

/** What an administrator's command works on. */
export interface Deployment {
  readonly config: Config;
  /** What the data folder was made for, as far as there is one. */
  readonly seed: Seed | undefined;
  /** Runs work on the database as it is: beside the running server or alone, and without a migration. */
  withDatabase<T>(work: (url: string) => Promise<T>): Promise<T>;
  /** The same, making the embedded database where there is none. */
  withNewDatabase<T>(work: (url: string) => Promise<T>): Promise<T>;
}

/** Runs an administrator's command; what goes wrong is told in words, with exit code 1, or 2 where the words were wrong. */
export async function administer(work: (deployment: Deployment) => Promise<number>): Promise<number> {
  try {
    const config = readConfig(process.env);
    requireTls(config);
    return await work({
      config,
      seed: readSeed(config),
      async withDatabase(inner) {
        refuseMissing(config);
        return withDatabase(config, inner);
      },
      withNewDatabase: (inner) => withDatabase(config, inner),
    });
  } catch (error) {
    const end = endOf(error);
    if (end) {
      console.error(`Ended by ${end} before it was done.`);
      return 128 + constants.signals[end];
    }
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    console.error(reason);
    return error instanceof InputError ? 2 : 1;
  }
}

/** Aborts what is under way when the command is told to end, so that nothing half done stays behind; the second time ends it at once. */
export function signalOfEnd(): AbortSignal {
  const ending = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => ending.abort(name));
  return ending.signal;
}

function endOf(error: unknown): NodeJS.Signals | undefined {
  const isAborted = error instanceof Error && error.name === 'AbortError';
  return isAborted ? (error.cause as NodeJS.Signals) : undefined; // only signalOfEnd aborts anything
}

/** The command line is not one that the command takes. */
export class InputError extends Error {}

/** What a walk over the record has found, for people; the exit code with it. */
export function tellRecord(found: RecordFound): number {
  const { broken, streams, events, seals, digest, lastSeal } = found;
  if (broken) {
    console.error(`The record breaks: stream ${broken.streamId}, event ${broken.number} ${broken.what}.`);
    return 1;
  }
  console.log(`${count(events, 'event')} in ${count(streams, 'stream')}: numbers, hashes and heads are right.`);
  console.log(`digest of all heads  ${digest}`);
  if (lastSeal) console.log(`${count(seals, 'seal')}, the last one of ${lastSeal.at}  ${lastSeal.digest}`);
  else console.log('no seal yet: the server makes one each day');
  return 0;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

async function withDatabase<T>({ databaseUrl, dataFolder }: Config, work: (url: string) => Promise<T>): Promise<T> {
  if (databaseUrl) return work(databaseUrl);
  const engine = await joinEngine({ dataFolder });
  try {
    return await work(engine.url);
  } finally {
    await engine.stop();
  }
}

/** Joining would make an empty database, which is not what somebody wants who has mistyped a folder. */
function refuseMissing({ databaseUrl, dataFolder }: Config): void {
  if (databaseUrl || existsSync(path.join(dataFolder, 'postgres'))) return;
  throw new ConfigError('NAMESAKE_DATA', `has no database: there is none in ${dataFolder}`);
}

function readSeed({ dataFolder, deploymentFile }: Config): Seed | undefined {
  const file = path.join(dataFolder, 'seed');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim() === 'demo' ? 'demo' : 'own';
  return deploymentFile ? 'own' : undefined;
}

/** What an administrator can do something about, in words; undefined for a fault of ours. */
export function reasonOf(error: unknown): string | undefined {
  if ([BackupError, ConfigError, EngineError, InputError].some((kind) => error instanceof kind)) {
    return (error as Error).message;
  }
  if (!(error instanceof Error)) return undefined;
  const { code = '', syscall, path: file } = error as NodeJS.ErrnoException;
  if (code === '42P01') return 'The database has no tables of Namesake.';
  if (syscall !== undefined && file !== undefined) return error.message; // of a file
  if (AWAY.test(code)) return `The database cannot be used: ${error.message || code}`;
  if (LOST.test(code) || error.message.startsWith('Connection terminated')) {
    return `The connection to the database was lost (${error.message}). Its log says why: a full disk, for instance.`;
  }
  return undefined;
}

/**
 * It cannot be reached or does not let us in, has no room, is ending or takes no writes: classes 28, 3D, 53 and 57P of SQLSTATE,
 * 25006, 42501 and 58030.
 */
const AWAY =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|28...|3D...|53...|57P..|25006|42501|58030)$/;
const LOST = /^(ECONNRESET|EPIPE|08...)$/;
