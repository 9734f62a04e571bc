import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MiB and three passes for one guess: a setting of OWASP's Password Storage Cheat Sheet for scrypt. */
const COST: Cost = { N: 32_768, r: 8, p: 3 };
/** Hashes without a cost of their own, as `salt:key` in hexadecimal digits; signing in replaces them. */
const EARLIER_COST: Cost = { N: 16_384, r: 16, p: 1 };
const KEY_BYTES = 64;

interface Hash {
  readonly cost: Cost;
  readonly salt: string | Buffer;
  readonly key: Buffer;
}

/** In the place of a hash that is not there: comparing with it takes as long. */
const HASH_OF_NOTHING: Hash = { cost: COST, salt: Buffer.alloc(16), key: Buffer.alloc(KEY_BYTES) };

/** Hashes a password as `scrypt$N$r$p$salt$key`, slow by design. Its own cost stands in it, so that it can be raised. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether it is the password of a hash. Without a hash, or with a cheaper one, the same work is done. */
export async function verifyPassword(hash: string | undefined, password: string): Promise<boolean> {
  const { cost, salt, key } = hash === undefined ? HASH_OF_NOTHING : parse(hash);
  const isRight = timingSafeEqual(await derive(password, salt, cost), key);
  await makeUpFor(cost, password);
  return isRight && hash !== undefined;
}

/** The work that a cheaper hash saves, so that the time tells nobody that there is one. */
async function makeUpFor(cost: Cost, password: string): Promise<void> {
  const p = Math.round((workOf(COST) - workOf(cost)) / (COST.N * COST.r));
  if (p > 0) await derive(password, HASH_OF_NOTHING.salt, { ...COST, p });
}

const workOf = ({ N, r, p }: Cost): number => N * r * p;

/** Whether a hash was made at a lower cost than hashes are made now. */
export function isOutdated(hash: string): boolean {
  return workOf(parse(hash).cost) < workOf(COST);
}

function parse(hash: string): Hash {
  const [scheme, N, r, p, salt = '', key = ''] = hash.split('$');
  if (scheme === 'scrypt') {
    const cost = { N: Number(N), r: Number(r), p: Number(p) };
    return { cost, salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url') };
  }
  const [earlierSalt = '', earlierKey = ''] = hash.split(':');
  return { cost: EARLIER_COST, salt: earlierSalt, key: Buffer.from(earlierKey, 'hex') };
}

/** The password is taken as it was typed, in one Unicode form: keyboards differ in how they make an "ä". */
function derive(password: string, salt: string | Buffer, cost: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const memory = 256 * cost.N * cost.r;
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { ...cost, maxmem: memory }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
