import type { KeyObject } from 'node:crypto';
import type { PublicKey } from '../../../contract/lease.ts';
import type { SigningKeyId } from '../../../domain/id.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Ground } from '../../platform/ground.ts';
import { jsonSegment, signCompact } from '../../platform/jws.ts';
import { openBox } from './key-box.ts';
import type { SigningKeyRow } from './signing-key.service.ts';
import { ensureSigningKeys, isPublished, presentKey } from './signing-key.service.ts';

/** After this a use of the keys has them read again beside it. */
const FRESH_MILLISECONDS = 5000;
/** After this a use waits for what is read. */
const STALE_MILLISECONDS = 10_000;
/** What is published waits sooner: a key that another process made a moment ago should be found. */
const PUBLISHED_MILLISECONDS = 1000;

/** The key that signs now. */
export interface Signer {
  readonly kid: SigningKeyId;
  /** Signs claims as a JWT of this type. */
  sign(typ: string, claims: object): string;
}

/** The keys as this process knows them, at most ten seconds old. */
export interface Keyring {
  /** @throws AppError `signingUnavailable` where the current key does not open. */
  signer(): Promise<Signer>;
  publicKeys(): Promise<PublicKey[]>;
  /** Forgets what was read: the next use reads it anew. */
  forget(): void;
}

interface Known {
  /** The current key; undefined where it does not open. */
  readonly signer: Signer | undefined;
  readonly kid: SigningKeyId | undefined;
  readonly rows: readonly SigningKeyRow[];
  readonly readAt: number;
}

/** Makes the keyring of a process. Keys are made on its first use, where there are none. */
export function createKeyring(ground: Ground): Keyring {
  let known: Known | undefined;
  let reading: Promise<Known> | undefined;
  const read = (): Promise<Known> => {
    reading ??= readKeys(ground, known)
      .then((fresh) => {
        known = fresh;
        return fresh;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  const get = async (staleMilliseconds = STALE_MILLISECONDS): Promise<Known> => {
    const age = known ? performance.now() - known.readAt : Number.POSITIVE_INFINITY;
    if (!known || age >= staleMilliseconds) return read();
    if (age >= FRESH_MILLISECONDS) read().catch((error: unknown) => ground.log.error('signing keys not read', error));
    return known;
  };
  return {
    async signer() {
      const { signer } = await get();
      if (!signer) throw new AppError('signingUnavailable', { retryAfterSeconds: 60 });
      return signer;
    },
    async publicKeys() {
      const now = ground.clock.now();
      // Without the database nobody withdraws a key either: what was read last goes on being true.
      const { rows } = await get(PUBLISHED_MILLISECONDS).catch((error: unknown) => known ?? Promise.reject(error));
      return rows.filter((row) => isPublished(row, now)).map(presentKey);
    },
    forget() {
      known = undefined;
    },
  };
}

async function readKeys(ground: Ground, before: Known | undefined): Promise<Known> {
  const rows = await ensureSigningKeys(ground);
  const current = rows.find(({ state }) => state === 'current');
  const isSame = before !== undefined && before.kid === current?.kid;
  const signer = isSame ? before.signer : current && openSigner(ground, current);
  return { rows, signer, kid: current?.kid, readAt: performance.now() };
}

function openSigner({ serverKey, log }: Ground, { kid, privateBox }: SigningKeyRow): Signer | undefined {
  const privateKey = privateBox ? openBox(serverKey, kid, privateBox) : undefined;
  if (privateKey) return createSigner(kid, privateKey);
  const cause = new Error('this server has another key than the one that closed it: was NAMESAKE_SECRET changed?');
  log.error('nothing can be signed: the signing key does not open', cause, { kid });
  return undefined;
}

function createSigner(kid: SigningKeyId, privateKey: KeyObject): Signer {
  const headers = new Map<string, string>();
  return {
    kid,
    sign(typ, claims) {
      const header = headers.get(typ) ?? jsonSegment({ alg: 'EdDSA', typ, kid });
      headers.set(typ, header);
      return signCompact(header, claims, privateKey);
    },
  };
}
