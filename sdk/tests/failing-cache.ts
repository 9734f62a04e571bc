import type { NamesakeCache } from '../cache.ts';
import { memoryCache } from '../cache.ts';

/** What can go wrong with a cache. */
export type CacheCall = keyof NamesakeCache;

/** A cache that refuses what it is told to, as a locked file or a full disk does. */
export class FailingCache implements NamesakeCache {
  /** The calls that fail for names that begin so. */
  readonly failing = new Map<string, readonly CacheCall[]>();
  /** How many calls have failed. */
  failures = 0;
  readonly #values = memoryCache();

  async read(key: string): Promise<string | undefined> {
    this.#mayFail('read', key);
    return await this.#values.read(key);
  }

  async write(key: string, value: string): Promise<void> {
    this.#mayFail('write', key);
    await this.#values.write(key, value);
  }

  async remove(key: string): Promise<void> {
    this.#mayFail('remove', key);
    await this.#values.remove(key);
  }

  #mayFail(call: CacheCall, key: string): void {
    const isFailing = [...this.failing].some(([start, calls]) => key.startsWith(start) && calls.includes(call));
    if (!isFailing) return;
    this.failures += 1;
    throw Object.assign(new Error(`EIO: ${call} ${key}`), { code: 'EIO' });
  }
}
