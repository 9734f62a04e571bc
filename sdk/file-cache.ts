import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { NamesakeCache } from './cache.ts';

/** What the place depends on. */
export interface Platform {
  readonly name: string;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The folder for what belongs to this person on this machine: `%LOCALAPPDATA%` on Windows, Application Support
 * on macOS, elsewhere the XDG Base Directory Specification's state home.
 */
export function platformFolder(platform: Platform = thisPlatform()): string {
  const { home, environment } = platform;
  if (platform.name === 'win32') return join(environment.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'Namesake');
  if (platform.name === 'darwin') return join(home, 'Library', 'Application Support', 'Namesake');
  const state = environment.XDG_STATE_HOME;
  // The specification: a path that is not absolute is to be ignored.
  return join(state?.startsWith('/') ? state : join(home, '.local', 'state'), 'namesake');
}

/**
 * A cache of one file for each key, for the person's eyes only (mode 0600 in a folder of 0700).
 *
 * A write is whole or not there at all: it goes to a new file, which then takes the old one's place.
 */
export function fileCache(folder: string): NamesakeCache {
  return {
    async read(key) {
      try {
        return await readFile(join(folder, fileName(key)), 'utf8');
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async write(key, value) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, fileName(key));
      const draft = `${file}.${randomUUID()}`;
      try {
        await writeFile(draft, value, { mode: 0o600, flag: 'wx' });
        await rename(draft, file);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
    async remove(key) {
      await rm(join(folder, fileName(key)), { force: true });
    },
  };
}

/** Readable, safe on every file system, and different for different keys. */
function fileName(key: string): string {
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return `${key.replace(/[^a-z0-9]+/gi, '-').slice(0, 80)}-${digest}`;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function thisPlatform(): Platform {
  // biome-ignore lint/style/noProcessEnv: the platform's place is told by the environment; there is no other source.
  return { name: process.platform, home: homedir(), environment: process.env };
}
