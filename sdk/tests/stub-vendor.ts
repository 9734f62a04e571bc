import type { KeyObject } from 'node:crypto';
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { Entitlement } from '../entitlement.ts';

type Json = Record<string, unknown>;

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString());

/** What a lease is issued for. */
export interface Issue {
  readonly item: Entitlement;
  readonly thumbprint: string;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/** The vendor's keys and what is signed with them: leases and status lists, good ones and such as nobody should take. */
export class StubVendor {
  readonly kid: string;
  readonly #key: KeyObject;
  readonly publicJwk: { kty: 'OKP'; crv: 'Ed25519'; x: string; kid: string; use: 'sig'; alg: 'EdDSA' };
  issuer = 'http://localhost:4280';
  leaseHours = 24;
  /** Where in the lifetime the renewal is due, from 0 to 1. */
  renewAt = 0.5;
  #issued = 0;

  constructor(kid = 'key_1') {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const { x = '' } = publicKey.export({ format: 'jwk' });
    this.kid = kid;
    this.#key = privateKey;
    this.publicJwk = { kty: 'OKP', crv: 'Ed25519', x, kid, use: 'sig', alg: 'EdDSA' };
  }

  /** The key's name for pins (RFC 7638). */
  get thumbprint(): string {
    return thumbprintOf(this.publicJwk);
  }

  claims({ item, thumbprint, now }: Issue): Json {
    const iat = Math.floor(now / 1000);
    const seconds = this.leaseHours * 3600;
    this.#issued += 1;
    return {
      iss: this.issuer,
      aud: 'app_1',
      application_key: 'sketchpad',
      sub: 'acc_1',
      jti: `lease_${this.#issued}`,
      team: item.teamId,
      team_name: item.teamName,
      product: item.productId,
      product_key: item.productKey,
      licence: 'lic_1',
      revision: item.revision,
      reason: item.reason,
      until: item.until ?? '2027-11-24',
      iat,
      nbf: iat,
      exp: iat + seconds,
      renew_after: iat + seconds * this.renewAt,
      cnf: { jkt: thumbprint },
      status: { status_list: { idx: this.#issued, uri: `${this.issuer}/v1/status-lists/1` } },
    };
  }

  lease(issue: Issue, changes: Json = {}, header: Json = {}): string {
    return this.sign({ typ: 'lease+jwt', ...header }, { ...this.claims(issue), ...changes });
  }

  /** A list that names these places as revoked. */
  statusList(revoked: readonly number[], now: number, changes: Json = {}): string {
    const bits = Buffer.alloc(16);
    for (const index of revoked) bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
    return this.sign(
      { typ: 'statuslist+jwt' },
      {
        sub: `${this.issuer}/v1/status-lists/1`,
        iat: Math.floor(now / 1000),
        status_list: { bits: 1, lst: deflateSync(bits).toString('base64url') },
        ...changes,
      },
    );
  }

  sign(header: Json, payload: Json): string {
    const signed = `${encode({ alg: 'EdDSA', kid: this.kid, ...header })}.${encode(payload)}`;
    return `${signed}.${sign(null, Buffer.from(signed), this.#key).toString('base64url')}`;
  }
}

/** What a proof of possession says, once its own key has verified it. */
export function readProof(proof: string, type: string): { claims: Json; thumbprint: string } | undefined {
  const [head, body, signature = ''] = proof.split('.');
  const { typ, jwk } = decode(head);
  const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
  if (typ !== type || !verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))) {
    return undefined;
  }
  return { claims: decode(body), thumbprint: thumbprintOf(jwk) };
}

function thumbprintOf({ kty, crv, x, y }: { kty: string; crv: string; x: string; y?: string }): string {
  const required = { crv, kty, x, ...(y !== undefined && { y }) };
  return createHash('sha256').update(JSON.stringify(required)).digest('base64url');
}
