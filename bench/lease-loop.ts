import type { KeyObject } from 'node:crypto';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { readDeviceKey } from '../server/features/lease/device-key.ts';
import type { BenchProof, ProofAlgorithm } from './lease-proofs.ts';
import { makeBenchDevice, makeBenchProof } from './lease-proofs.ts';
import { pin } from './pin.ts';

/** By the library's own calls, or by the server's own function, which brings ES256 into another form first. */
export type LoopWay = 'library' | 'server';

export interface LoopRun {
  readonly alg: ProofAlgorithm;
  readonly way: LoopWay;
  readonly milliseconds: number;
}

const PROOFS = 256;
/** As long as the signed part of a lease. */
const LEASE_BYTES = 900;

// The baseline of leases: verifies a proof and signs as many bytes as a lease has, over and over. Nothing else is done.
pin([process.pid], 0);
const { privateKey } = generateKeyPairSync('ed25519');
const lease = Buffer.alloc(LEASE_BYTES, 'x');

process.on('message', ({ alg, way, milliseconds }: LoopRun) => {
  const checks = Array.from({ length: PROOFS }, (_, index) => {
    const device = makeBenchDevice(alg, { token: String(index), teamId: '' });
    const proof = makeBenchProof(device, 'http://localhost:4280/v1/me/leases');
    return way === 'library' ? byLibrary(alg, proof, device.publicKey) : byServer(alg, proof, device.publicKey);
  });
  let done = 0;
  const start = performance.now();
  const before = process.cpuUsage();
  while (performance.now() - start < milliseconds) {
    if (!checks[done % PROOFS]?.()) throw new Error('a proof does not verify');
    sign(null, lease, privateKey).toString('base64url');
    done += 1;
  }
  const rate = (done * 1000) / (performance.now() - start);
  const { user, system } = process.cpuUsage(before);
  process.send?.({ rate, cpuMicroseconds: (user + system) / done });
});
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });

function byLibrary(alg: ProofAlgorithm, { input, signature }: BenchProof, key: KeyObject): () => boolean {
  const bytes = Buffer.from(input);
  return alg === 'ES256'
    ? () => verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature)
    : () => verify(null, bytes, key, signature);
}

function byServer(alg: ProofAlgorithm, { input, signature }: BenchProof, key: KeyObject): () => boolean {
  const deviceKey = readDeviceKey(alg, key.export({ format: 'jwk' }));
  if (typeof deviceKey === 'string') throw new Error(`the key ${deviceKey}`);
  return () => deviceKey.verify(input, signature);
}
