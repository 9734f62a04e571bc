type Column = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array;

/**
 * The same column with room for so many rows more; what is there stays.
 *
 * It grows by half, and memory that was never written costs nothing: the system gives a page when it is touched.
 */
export function withRoom<C extends Column>(column: C, rows: number): C {
  if (rows <= column.length) return column;
  // A typed array's own constructor makes one of its kind.
  const larger = new (column.constructor as new (length: number) => C)(Math.max(rows, Math.ceil(column.length * 1.5)));
  larger.set(column as never);
  return larger;
}

/** The number of slots for so many keys, of which three quarters may be taken: a power of two. */
export function slotsFor(keys: number): number {
  let slots = 16;
  while (slots * 0.75 < keys) slots *= 2;
  return slots;
}

/** Spreads the bits of a key's parts over 32. */
export function mix(hash: number): number {
  let bits = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return bits ^ (bits >>> 15);
}
