import type { NamesakeCache } from '../cache.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { DeviceKey, DeviceKeyKeeper } from './device-key.ts';
import type { LeaseRefusal } from './lease-refusal.ts';
import type { LeaseDocument } from './sealed-document.ts';
import { emptyDocument, openDocument, sealDocument } from './sealed-document.ts';

/** What the store works with. */
export interface LeaseStoreOptions {
  /** Where the document is kept: differs by server and application. */
  readonly name: string;
  readonly cache: () => Promise<NamesakeCache>;
  readonly crypto: Crypto;
  readonly device: DeviceKeyKeeper;
}

/** What lies in the cache. */
export interface Stored {
  /** The document, or why it cannot be trusted. */
  readonly found: LeaseDocument | LeaseRefusal;
  readonly key: DeviceKey | undefined;
  /** Leases that are over and could not be removed from the document. */
  readonly over: readonly string[];
}

/** The leases' place in the cache: the sealed document, and beside it a mark for what could not be removed from it. */
export class LeaseStore {
  readonly #options: LeaseStoreOptions;
  readonly #markName: string;
  #isMarked = false;

  constructor(options: LeaseStoreOptions) {
    this.#options = options;
    this.#markName = `over ${options.name}`;
  }

  async read(): Promise<Stored> {
    const { cache, name, device, crypto } = this.#options;
    const key = await device.find();
    const place = await cache();
    const [sealed, mark] = [await place.read(name), await place.read(this.#markName)];
    this.#isMarked = mark !== undefined;
    const found = sealed === undefined ? emptyDocument : await openDocument(sealed, name, key, crypto);
    return { found, key, over: readMark(mark) };
  }

  /** Writes a document that holds nothing that is over, so that the mark is no longer needed. */
  async write(document: LeaseDocument, key: DeviceKey): Promise<void> {
    const { cache, name, crypto } = this.#options;
    const place = await cache();
    await place.write(name, await sealDocument(document, name, key, crypto));
    await this.#unmark(place);
  }

  async remove(): Promise<void> {
    const { cache, name } = this.#options;
    const place = await cache();
    await place.remove(name);
    await this.#unmark(place);
  }

  /** Notes beside the document which of its leases are over. */
  async mark(ids: readonly string[]): Promise<void> {
    const place = await this.#options.cache();
    const known = readMark(await place.read(this.#markName).catch(() => undefined));
    this.#isMarked = true;
    await place.write(this.#markName, JSON.stringify([...new Set([...known, ...ids])]));
  }

  /** A mark that stays does no harm: it names leases that are gone. */
  async #unmark(place: NamesakeCache): Promise<void> {
    if (this.#isMarked) await place.remove(this.#markName).catch(() => {});
  }
}

function readMark(text: string | undefined): string[] {
  try {
    const ids: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
