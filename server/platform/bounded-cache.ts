/** A cache that holds so many entries at most; what nobody asks for goes first. */
export interface BoundedCache<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
}

/**
 * Makes a {@link BoundedCache} of at most `limit` entries.
 *
 * It keeps two halves. When the young one is full it becomes the old one, and what stood in that and was not asked for
 * meanwhile is forgotten. So a hit writes nothing, which an exact order of use would do each time.
 */
export function createBoundedCache<V>(limit: number): BoundedCache<V> {
  let young = new Map<string, V>();
  let old = new Map<string, V>();
  const set = (key: string, value: V): void => {
    if (young.size >= limit / 2) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  };
  return {
    set,
    get(key) {
      const value = young.get(key);
      if (value !== undefined) return value;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
  };
}
