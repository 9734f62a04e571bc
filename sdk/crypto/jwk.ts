/** A public key (RFC 7517) of a kind that the SDK uses: Ed25519 (RFC 8037) or P-256 (RFC 7518 section 6.2). */
export type PublicJwk = Ed25519Jwk | P256Jwk;

interface Ed25519Jwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid?: string;
}

interface P256Jwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly kid?: string;
}

/** A private P-256 key. */
export interface PrivateJwk extends P256Jwk {
  readonly d: string;
}

/** The public half. */
export function publicHalf({ kty, crv, x, y }: PrivateJwk): PublicJwk {
  return { kty, crv, x, y };
}

/** Reads a public key for signatures; undefined for one of another kind or for another purpose. */
export function readPublicJwk(value: unknown): PublicJwk | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  // Every field is looked at below before it is used.
  const { kty, crv, x, y, kid, use } = value as Readonly<Record<string, unknown>>;
  if (typeof x !== 'string' || (use !== undefined && use !== 'sig')) return undefined;
  const named = typeof kid === 'string' ? { kid } : undefined;
  if (kty === 'OKP' && crv === 'Ed25519') return { kty, crv, x, ...named };
  if (kty === 'EC' && crv === 'P-256' && typeof y === 'string') return { kty, crv, x, y, ...named };
  return undefined;
}
