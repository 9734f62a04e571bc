import type { Hash } from 'node:crypto';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { firstDigest, sealLine, sealType } from '../../../domain/seal.ts';
import { readJsonSegment } from '../../platform/jws.ts';

/** The public keys that seals may be signed with, by key id: the 32 bytes of Ed25519 in base64url. */
export type SealKeys = ReadonlyMap<string, string>;

export interface SealsFound {
  readonly seals: number;
  /** The newest seal, for whoever keeps it elsewhere. */
  readonly lastSeal: { readonly seal: number; readonly at: string; readonly digest: string } | undefined;
}

interface SealEvent {
  readonly number: number;
  readonly at: string;
  readonly dataText: string;
}

/** As the server writes it; whoever can write into the database can write anything. */
const sealData = z.object({
  seal: z.int(),
  heads: z.int(),
  before: z.string(),
  digest: z.string(),
  kid: z.string(),
  signature: z.string(),
});

type SealData = z.infer<typeof sealData>;

/** Gathers what each seal covers while the record is walked by stream, and checks the seals at the end. */
export class SealWalk {
  readonly #keys: SealKeys;
  readonly #events: { readonly number: number; readonly at: string; readonly data: SealData | undefined }[] = [];
  readonly #covered = new Map<number, { hash: Hash; heads: number }>();

  constructor(keys: SealKeys) {
    this.#keys = keys;
  }

  /** A seal's event, in the order of the vendor's stream. */
  note({ number, at, dataText }: SealEvent): void {
    this.#events.push({ number, at, data: sealData.safeParse(JSON.parse(dataText)).data });
  }

  /** A head that a seal lists. Heads come by stream, so each seal gets its own in the order of its digest. */
  cover(seal: number, streamId: string, { number, hash }: { number: number; hash: string }): void {
    const covered = this.#covered.get(seal) ?? { hash: createHash('sha256'), heads: 0 };
    this.#covered.set(seal, covered);
    covered.hash.update(sealLine.head(streamId, number, hash));
    covered.heads += 1;
  }

  /** The first seal that is wrong, with its number in the vendor's stream. */
  check(): { number: number; what: string } | undefined {
    let before = firstDigest;
    for (const [index, { number, data }] of this.#events.entries()) {
      if (!data) return { number, what: 'is a seal that states nothing' };
      const what = this.#faultOf(data, { seal: index + 1, before });
      if (what) return { number, what };
      before = data.digest;
    }
    const stray = [...this.#covered.keys()].find((seal) => seal > this.#events.length);
    return stray === undefined ? undefined : { number: 0, what: `seal ${stray} has heads and no event` };
  }

  found(): SealsFound {
    const last = this.#events.at(-1);
    const lastSeal = last?.data && { seal: last.data.seal, at: last.at, digest: last.data.digest };
    return { seals: this.#events.length, lastSeal };
  }

  #faultOf(data: SealData, { seal, before }: { seal: number; before: string }): string | undefined {
    if (data.seal !== seal) return `is seal ${data.seal} where seal ${seal} comes next`;
    if (data.before !== before) return 'does not follow the seal before';
    const covered = this.#covered.get(seal);
    if (data.heads !== (covered?.heads ?? 0)) return `covers ${data.heads} heads, and ${covered?.heads ?? 0} are there`;
    if (data.digest !== this.#digestOf(seal, before)) return 'does not cover the heads that are listed for it';
    return this.#signatureFault(data);
  }

  /** The heads were hashed before the digest of the seal before them was known, so they are a hash of their own. */
  #digestOf(seal: number, before: string): string {
    const heads = this.#covered.get(seal)?.hash ?? createHash('sha256');
    return createHash('sha256').update(sealLine.before(before)).update(heads.copy().digest('hex')).digest('hex');
  }

  #signatureFault({ kid, signature, ...stated }: SealData): string | undefined {
    const x = this.#keys.get(kid);
    if (x === undefined) return `is signed with ${kid}, which is not among the keys`;
    const [header = '', payload = '', mac = ''] = signature.split('.');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const isSigned = verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(mac, 'base64url'));
    const claims = readJsonSegment(payload);
    if (!isSigned || readJsonSegment(header)?.typ !== sealType) return `is not signed by ${kid}`;
    const isSame = (['seal', 'heads', 'before', 'digest'] as const).every((name) => claims?.[name] === stated[name]);
    return isSame ? undefined : 'states something else than its signature covers';
  }
}
