import type { Crypto } from '../crypto/crypto.ts';
import type { DeviceKey } from './device-key.ts';
import type { TrustedKeys } from './key-ring.ts';
import { KeyRing } from './key-ring.ts';
import type { Lease } from './lease.ts';
import type { LeaseRefusal } from './lease-refusal.ts';
import { isRefusal } from './lease-refusal.ts';
import type { LeaseDocument } from './sealed-document.ts';
import type { StatusList } from './status-list.ts';
import { readStatusList } from './status-list.ts';
import { verifyLease } from './verify-lease.ts';

/** A lease that is kept, and why it does not count if it does not. */
export type KeptLease =
  | { readonly token: string; readonly lease: Lease; readonly refusal: LeaseRefusal | undefined }
  | { readonly token: string; readonly lease: undefined; readonly refusal: LeaseRefusal };

/** A document, verified. */
export interface LeaseBook {
  readonly document: LeaseDocument;
  readonly ring: KeyRing;
  readonly kept: readonly KeptLease[];
  /** Why nothing of what was found counts. */
  readonly broken: LeaseRefusal | undefined;
}

/** What documents are read with. */
export interface LeaseReaderOptions {
  readonly crypto: Crypto;
  /** The application's id or key. */
  readonly application: string;
  /** The address that leases must name as their issuer. */
  readonly issuer: string;
  readonly trustedKeys: TrustedKeys | undefined;
}

/** Verifies all that a document holds: leases, status lists, and with which keys. */
export class LeaseReader {
  readonly #options: LeaseReaderOptions;

  constructor(options: LeaseReaderOptions) {
    this.#options = options;
  }

  /** Whether the application trusts keys of its own choice alone. */
  get isPinned(): boolean {
    return this.#options.trustedKeys !== undefined;
  }

  /** Verifies each lease, and looks it up in the status lists. */
  async read(document: LeaseDocument, key: DeviceKey | undefined): Promise<LeaseBook> {
    const ring = await this.ringOf(document);
    const lists = await this.lists(document.statusLists, ring);
    const kept = document.leases.map(async (token): Promise<KeptLease> => {
      const lease = await this.verify(token, ring, key);
      if (isRefusal(lease)) return { token, lease: undefined, refusal: lease };
      return { token, lease, refusal: isRevoked(lease, lists) ? 'leaseRevoked' : undefined };
    });
    return { document, ring, kept: await Promise.all(kept), broken: undefined };
  }

  /** Verifies one lease. */
  async verify(token: string, keys: KeyRing, key: DeviceKey | undefined): Promise<Lease | LeaseRefusal> {
    const { application, issuer, crypto } = this.#options;
    return await verifyLease(token, { keys, application, issuer, thumbprint: key?.thumbprint }, crypto);
  }

  /** The keys that may sign, by what a document has of them. */
  async ringOf({ keys }: LeaseDocument): Promise<KeyRing> {
    return await KeyRing.of(keys, this.#options.trustedKeys, this.#options.crypto);
  }

  /** Those status lists that are good. */
  async lists(tokens: readonly string[], ring: KeyRing): Promise<StatusList[]> {
    const lists = await Promise.all(tokens.map((token) => readStatusList(token, ring, this.#options.crypto)));
    return lists.flatMap((list) => (isRefusal(list) ? [] : list));
  }
}

function isRevoked({ status }: Lease, lists: readonly StatusList[]): boolean {
  return status !== undefined && lists.some(({ uri, isRevoked }) => uri === status.uri && isRevoked(status.index));
}
