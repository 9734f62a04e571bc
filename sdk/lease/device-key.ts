import type { NamesakeCache } from '../cache.ts';
import { fromBase64Url, toBase64Url } from '../crypto/base64url.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { toBytes } from '../crypto/bytes.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { PrivateJwk } from '../crypto/jwk.ts';
import { thumbprint } from '../crypto/thumbprint.ts';

/** The key of this device for one server and application. */
export interface DeviceKey {
  readonly jwk: PrivateJwk;
  readonly thumbprint: string;
  /** Made on another machine, and its file was copied here: it binds no lease to this one. */
  readonly foreign: boolean;
  /** Derives a secret that only who has the key can derive. */
  derive(purpose: string): Promise<Bytes>;
}

/** What the keeper works with. */
export interface DeviceKeyOptions {
  /** Where it is kept: differs by server and application. */
  readonly name: string;
  readonly cache: () => Promise<NamesakeCache>;
  readonly crypto: Crypto;
  /** What the operating system calls this machine; undefined where it does not say. */
  readonly machineId: string | undefined;
}

/** Finds this device's key, or makes it once. */
export class DeviceKeyKeeper {
  readonly #options: DeviceKeyOptions;
  #found: Promise<DeviceKey | undefined> | undefined;

  constructor(options: DeviceKeyOptions) {
    this.#options = options;
  }

  /** The key that is kept; undefined where none was made yet or its file cannot be read. */
  async find(): Promise<DeviceKey | undefined> {
    this.#found ??= this.#read();
    return await this.#found;
  }

  /** The key of this very machine, made now if need be. */
  async get(): Promise<DeviceKey> {
    const found = await this.find();
    return found === undefined || found.foreign ? await this.#make() : found;
  }

  async #make(): Promise<DeviceKey> {
    const { cache, crypto, name, machineId } = this.#options;
    const made = await keyOf(await crypto.makeKey(), crypto);
    const machine = machineId === undefined ? undefined : await markOf(made, machineId);
    await (await cache()).write(name, JSON.stringify({ version: 1, jwk: made.jwk, machine }));
    // Read back: another process may have made one at the same time, and the last file stays.
    this.#found = this.#read();
    return (await this.#found) ?? made;
  }

  async #read(): Promise<DeviceKey | undefined> {
    const { cache, crypto, name, machineId } = this.#options;
    const kept = readKept(await (await cache()).read(name));
    if (kept === undefined) return undefined;
    const key = await keyOf(kept.jwk, crypto);
    if (machineId === undefined || kept.machine === undefined) return key;
    return { ...key, foreign: (await markOf(key, machineId)) !== kept.machine };
  }
}

async function keyOf(jwk: PrivateJwk, crypto: Crypto): Promise<DeviceKey> {
  const secret = fromBase64Url(jwk.d) ?? toBytes(jwk.d);
  const derive = async (purpose: string) => await crypto.hmac(secret, toBytes(purpose));
  return { jwk, thumbprint: await thumbprint(jwk, crypto), foreign: false, derive };
}

/** Nobody can learn the machine's name from it. */
async function markOf(key: DeviceKey, machineId: string): Promise<string> {
  return toBase64Url(await key.derive(`namesake machine ${machineId}`));
}

function readKept(text: string | undefined): { jwk: PrivateJwk; machine: string | undefined } | undefined {
  try {
    const { jwk, machine } = JSON.parse(text ?? '');
    const { kty, crv, x, y, d } = jwk;
    if (kty !== 'EC' || crv !== 'P-256' || [x, y, d].some((part) => typeof part !== 'string')) return undefined;
    return { jwk: { kty, crv, x, y, d }, machine: typeof machine === 'string' ? machine : undefined };
  } catch {
    return undefined; // as if there were none: the next lease is bound to a new key
  }
}
