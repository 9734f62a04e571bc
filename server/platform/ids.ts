import { randomBytes } from 'node:crypto';
import type { Id, IdPrefix } from '../../domain/id.ts';
import { formatId, uuidV7Bytes } from '../../domain/id.ts';
import type { Clock } from './clock.ts';

/** Makes new ids: sortable by the moment in which they were made, unguessable in the rest. */
export type NewId = <P extends IdPrefix>(prefix: P) => Id<P>;

export function createIds(clock: Clock): NewId {
  return (prefix) => formatId(prefix, uuidV7Bytes(clock.now().getTime(), randomBytes(10)));
}
