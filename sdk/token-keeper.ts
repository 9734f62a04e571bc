import type { NamesakeCache } from './cache.ts';
import { defaultCache } from './default-cache.ts';

/**
 * The token of the signed-in account, read from the cache once and then remembered.
 */
export class TokenKeeper {
  readonly #key: string;
  #cache: NamesakeCache | undefined;
  #token: Promise<string | undefined> | undefined;

  /** @param key Differs by server and application: one file for each. */
  constructor(key: string, cache: NamesakeCache | undefined) {
    this.#key = key;
    this.#cache = cache;
  }

  /** The token, or undefined when nobody is signed in. */
  async find(): Promise<string | undefined> {
    this.#token ??= this.#read();
    try {
      return await this.#token;
    } catch (error) {
      this.#token = undefined;
      throw error;
    }
  }

  async keep(token: string): Promise<void> {
    this.#token = Promise.resolve(token);
    await (await this.#open()).write(this.#key, token);
  }

  /**
   * Forgets a token that the server no longer takes.
   *
   * A newer one stays: its sign-in may have finished while the old one was being refused, here or in another process.
   *
   * @returns Whether it was still the one in use.
   */
  async forget(token: string): Promise<boolean> {
    if ((await this.find()) !== token) return false;
    const kept = await this.#read();
    this.#token = Promise.resolve(kept === token ? undefined : kept);
    if (kept !== undefined && kept !== token) return false;
    await (await this.#open()).remove(this.#key);
    return true;
  }

  async #read(): Promise<string | undefined> {
    const token = await (await this.#open()).read(this.#key);
    return token?.trim() || undefined;
  }

  async #open(): Promise<NamesakeCache> {
    this.#cache ??= await defaultCache();
    return this.#cache;
  }
}
