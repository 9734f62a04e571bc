import { randomFillSync } from 'node:crypto';
import type { Id, IdPrefix } from '../../domain/id.ts';
import { formatId, uuidV7Bytes } from '../../domain/id.ts';
import type { Clock } from './clock.ts';

/** Makes new ids: sortable by the moment in which they were made, unguessable in the rest. */
export type NewId = <P extends IdPrefix>(prefix: P) => Id<P>;

const RANDOM_BYTES = 10;
const POOL_BYTES = 400 * RANDOM_BYTES;

export function createIds(clock: Clock): NewId {
  // Asking for randomness costs more than an id: it is asked for in bulk, and no byte is used twice.
  const pool = new Uint8Array(POOL_BYTES);
  let used = POOL_BYTES;
  return (prefix) => {
    if (used === POOL_BYTES) {
      randomFillSync(pool);
      used = 0;
    }
    const random = pool.subarray(used, used + RANDOM_BYTES);
    used += RANDOM_BYTES;
    return formatId(prefix, uuidV7Bytes(clock.now().getTime(), random));
  };
}
