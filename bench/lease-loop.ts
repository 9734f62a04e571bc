import { generateKeyPairSync, sign, verify } from 'node:crypto';
import type { ProofAlgorithm } from './lease-proofs.ts';
import { makeBenchDevice, makeBenchProof } from './lease-proofs.ts';
import { pin } from './pin.ts';

const PROOFS = 256;
/** As long as the signed part of a lease. */
const LEASE_BYTES = 900;

// The baseline of leases: verifies a proof and signs as many bytes as a lease has, over and over. Nothing else is done.
pin([process.pid], 0);
const { privateKey } = generateKeyPairSync('ed25519');
const lease = Buffer.alloc(LEASE_BYTES, 'x');

process.on('message', ({ alg, milliseconds }: { alg: ProofAlgorithm; milliseconds: number }) => {
  const proofs = Array.from({ length: PROOFS }, (_, index) =>
    makeBenchProof(makeBenchDevice(alg, { token: String(index), teamId: '' }), 'http://localhost:4280/v1/me/leases'),
  );
  const check = (at: number): boolean => {
    const { device, input, signature } = proofs[at % PROOFS] as (typeof proofs)[number]; // within by the modulus
    return alg === 'ES256'
      ? verify('sha256', input, { key: device.publicKey, dsaEncoding: 'ieee-p1363' }, signature)
      : verify(null, input, device.publicKey, signature);
  };
  let done = 0;
  const start = performance.now();
  while (performance.now() - start < milliseconds) {
    if (!check(done)) throw new Error('a proof does not verify');
    sign(null, lease, privateKey).toString('base64url');
    done += 1;
  }
  process.send?.({ rate: (done * 1000) / (performance.now() - start) });
});
process.send?.({ ready: true });
