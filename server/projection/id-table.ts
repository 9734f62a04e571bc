import { mix, slotsFor, withRoom } from './columns.ts';
import type { IdWords } from './id-words.ts';

/** What no row is. */
export const NO_ROW = -1;

/**
 * Numbers ids in the order in which they came, 16 bytes each, and finds the number again in constant time.
 *
 * Open addressing with linear steps; rows are never taken out.
 */
export class IdTable {
  #words: Uint32Array;
  /** Row + 1, so that 0 is a free slot. */
  #slots: Int32Array;
  #count = 0;

  constructor(expected = 0) {
    this.#words = new Uint32Array(4 * Math.max(16, expected));
    this.#slots = new Int32Array(slotsFor(expected));
  }

  get count(): number {
    return this.#count;
  }

  /** The row of an id, or {@link NO_ROW}. */
  find(id: IdWords): number {
    const slots = this.#slots;
    const words = this.#words;
    const mask = slots.length - 1;
    for (let slot = hashOf(id) & mask; ; slot = (slot + 1) & mask) {
      const row = (slots[slot] as number) - 1;
      if (row < 0) return NO_ROW;
      const at = row * 4;
      if (words[at + 3] === id[3] && words[at + 2] === id[2] && words[at + 1] === id[1] && words[at] === id[0]) {
        return row;
      }
    }
  }

  /** The row of an id, which gets the next one if it has none. */
  add(id: IdWords): number {
    const known = this.find(id);
    if (known !== NO_ROW) return known;
    const row = this.#count;
    this.#count += 1;
    if (this.#count * 4 > this.#words.length) this.#words = withRoom(this.#words, this.#count * 4);
    const words = this.#words;
    const at = row * 4;
    words[at] = id[0] as number;
    words[at + 1] = id[1] as number;
    words[at + 2] = id[2] as number;
    words[at + 3] = id[3] as number;
    if (this.#count > this.#slots.length * 0.75) this.#rehash();
    else this.#place(row);
    return row;
  }

  /** Copies the id of a row. */
  read(row: number, into: IdWords): void {
    for (let index = 0; index < 4; index += 1) into[index] = this.#words[row * 4 + index] as number;
  }

  #rehash(): void {
    this.#slots = new Int32Array(slotsFor(this.#count * 1.5));
    for (let row = 0; row < this.#count; row += 1) this.#place(row);
  }

  #place(row: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashOf(this.#words, row * 4) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = row + 1;
  }
}

/** Ids are made here, not chosen by callers, so nobody can aim at one slot. */
function hashOf(words: Uint32Array, at = 0): number {
  const time = Math.imul(words[at] as number, 0x85ebca6b) ^ Math.imul(words[at + 1] as number, 0xc2b2ae35);
  return mix(time ^ Math.imul(words[at + 2] as number, 0x27d4eb2f) ^ (words[at + 3] as number));
}
