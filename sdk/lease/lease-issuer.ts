import { readObject, readText } from '../answer.ts';
import type { Crypto } from '../crypto/crypto.ts';
import type { PublicJwk } from '../crypto/jwk.ts';
import { readJws } from '../crypto/jws.ts';
import { NamesakeError } from '../namesake-error.ts';
import type { ServerLink } from '../server-link.ts';
import type { TokenKeeper } from '../token-keeper.ts';
import type { ClockGuard } from './clock-guard.ts';
import type { DeviceKeyKeeper } from './device-key.ts';
import { proveRequest } from './dpop.ts';
import { readKeys } from './key-ring.ts';
import type { Lease } from './lease.ts';
import { readLease } from './lease.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import type { LeaseRefusal } from './lease-refusal.ts';
import { isRefusal } from './lease-refusal.ts';

/** What a lease is asked for. */
export interface LeaseWish {
  readonly teamId: string;
  /** The product's id or key. */
  readonly productId: string;
}

/** What the issuer works with. */
export interface LeaseIssuerOptions {
  readonly link: ServerLink;
  readonly tokens: TokenKeeper;
  readonly device: DeviceKeyKeeper;
  readonly keeper: LeaseKeeper;
  readonly guard: ClockGuard;
  readonly crypto: Crypto;
  /** The server's address as it knows itself: that is what a proof must name. */
  readonly publicAddress: string;
}

const path = '/v1/me/leases';

/** Gets leases from the server, and what is needed to verify them. */
export class LeaseIssuer {
  readonly #options: LeaseIssuerOptions;
  /** When the server was asked for its keys. */
  #keysAt = 0;

  constructor(options: LeaseIssuerOptions) {
    this.#options = options;
  }

  /**
   * Gets a lease for this device and keeps it.
   *
   * @returns The lease, or why it was not taken; undefined when somebody else has signed in meanwhile.
   * @throws NamesakeError `notSignedIn`, `refused`, `unreachable`, `unreadable`
   */
  async renew(wish: LeaseWish): Promise<Lease | LeaseRefusal | undefined> {
    const { tokens, keeper } = this.#options;
    const account = await tokens.find();
    const token = await this.fetch(wish);
    if ((await tokens.find()) !== account) return undefined;
    let lease = await keeper.take(token);
    if (lease === 'wrongKey') lease = await keeper.take(token, await this.fetchKeys());
    // The lease counts without what follows.
    if (!isRefusal(lease)) await Promise.allSettled([this.#refreshKeys(), this.#refreshStatus(lease)]);
    return lease;
  }

  /**
   * Gets a lease without keeping it.
   *
   * @param deviceRequest Another device's request: then the lease is bound to that device's key.
   * @throws NamesakeError as `renew`
   */
  async fetch(wish: LeaseWish, deviceRequest?: string): Promise<string> {
    const body = { ...wish, ...(deviceRequest !== undefined && { deviceRequest }) };
    try {
      return await this.#post(body);
    } catch (error) {
      // The answer has told the server's time, and the next proof goes by that.
      const isLate = error instanceof NamesakeError && error.problemCode === 'invalidDpopProof';
      if (!isLate || Math.abs(this.#options.guard.aheadMs ?? 0) < clockDoubtMs) throw error;
      return await this.#post(body);
    }
  }

  /**
   * Asks for the server's public keys.
   *
   * @throws NamesakeError `unreachable`, `unreadable`, `refused`
   */
  async fetchKeys(): Promise<PublicJwk[]> {
    const keys = readKeys(await this.#options.link.getJson('/.well-known/jwks.json'));
    this.#keysAt = this.#options.guard.now();
    return keys;
  }

  /** Gets the status list of a lease that was fetched for another device. */
  async fetchStatusListOf(lease: string): Promise<string | undefined> {
    const status = readLease(readJws(lease)?.payload ?? {})?.status;
    return status && (await this.#fetchStatusList(status.uri));
  }

  /** A key that was withdrawn is forgotten with the next renewal. */
  async #refreshKeys(): Promise<void> {
    const { keeper, guard } = this.#options;
    if (guard.now() - this.#keysAt > keysHoldMs) await keeper.takeKeys(await this.fetchKeys());
  }

  async #refreshStatus({ status }: Lease): Promise<void> {
    const token = status && (await this.#fetchStatusList(status.uri));
    if (token !== undefined) await this.#options.keeper.takeStatusList(token);
  }

  /** Gets a list as it is signed. It is asked of the server that is spoken to, whatever host its address names. */
  async #fetchStatusList(uri: string): Promise<string | undefined> {
    const listPath = URL.canParse(uri) ? new URL(uri).pathname.match(/\/v1\/status-lists\/[\w.-]+$/)?.[0] : undefined;
    return listPath && (await this.#options.link.getText(listPath, 'application/statuslist+jwt'));
  }

  async #post(body: object): Promise<string> {
    const { link, tokens, device, guard, crypto, publicAddress } = this.#options;
    const token = await tokens.find();
    if (token === undefined) throw new NamesakeError('notSignedIn');
    const request = { method: 'POST', url: publicAddress.replace(/\/+$/, '') + path, token, now: guard.serverNow };
    const proof = await proveRequest(await device.get(), request, crypto);
    return readText(readObject(await link.postJson(path, body, token, { dpop: proof })), 'lease');
  }
}

const keysHoldMs = 3_600_000;
/** A proof may be a minute old (RFC 9449 section 11.1 leaves it to the server); a difference below this is not why it was refused. */
const clockDoubtMs = 5_000;
