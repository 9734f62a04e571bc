import type { KeyObject } from 'node:crypto';
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';

export type ProofAlgorithm = 'ES256' | 'EdDSA';

/** A signed-in device with its key. */
export interface BenchDevice {
  readonly teamId: string;
  readonly token: string;
  readonly ath: string;
  readonly alg: ProofAlgorithm;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  /** The proof's header segment. */
  readonly header: string;
}

export interface BenchProof {
  readonly device: BenchDevice;
  /** What is signed. */
  readonly input: string;
  readonly signature: Buffer;
  readonly text: string;
}

const segment = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function makeBenchDevice(
  alg: ProofAlgorithm,
  { token, teamId }: { token: string; teamId: string },
): BenchDevice {
  const pair = alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  const header = segment({ typ: 'dpop+jwt', alg, jwk: pair.publicKey.export({ format: 'jwk' }) });
  const ath = createHash('sha256').update(token).digest('base64url');
  return { ...pair, alg, token, teamId, ath, header };
}

/** A proof as RFC 9449 has it, to be used once and soon. */
export function makeBenchProof(device: BenchDevice, url: string): BenchProof {
  const { alg, ath, header, privateKey } = device;
  const iat = Math.floor(Date.now() / 1000);
  const input = `${header}.${segment({ jti: randomUUID(), htm: 'POST', htu: url, iat, ath })}`;
  const bytes = Buffer.from(input);
  const signature =
    alg === 'ES256'
      ? sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' })
      : sign(null, bytes, privateKey);
  return { device, input, signature, text: `${input}.${signature.toString('base64url')}` };
}
