/** Chance that can be had again: everything drawn from it follows from its seed. */
export interface Chance {
  /** A number from 0 to below 1. */
  unit(): number;
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  /** One of them; `undefined` of none. */
  pick<T>(items: readonly T[]): T | undefined;
  /** True about `share` of the time. */
  happens(share: number): boolean;
  /** Another one that follows from this one and a name, and leaves this one as it is. */
  branch(name: string | number): Chance;
}

/** Draws by Mulberry32: 32 bits of state, fast, and good enough to choose operations by. Not for secrets. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(unit() * limit);
  return {
    unit,
    below,
    pick: (items) => items[below(items.length)],
    happens: (share) => unit() < share,
    branch: (name) => chanceOf(hashOf(`${seed}/${name}`)),
  };
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
