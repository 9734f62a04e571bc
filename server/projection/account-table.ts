import { randomInt } from 'node:crypto';
import { mix, slotsFor, withRoom } from './columns.ts';
import { IdTable, NO_ROW } from './id-table.ts';
import type { IdWords } from './id-words.ts';

/** Longest e-mail address, in bytes of UTF-8 (RFC 5321 section 4.5.3.1). */
const ADDRESS_BYTES = 320;
const encoder = new TextEncoder();
const scratch = new Uint8Array(ADDRESS_BYTES * 3);

/** The accounts, found by id or by e-mail address, and whether their mailbox is proven. */
export class AccountTable {
  readonly ids: IdTable;
  /** 1 where the mailbox is proven. */
  confirmed: Uint8Array;
  /** The newest membership of the account, or {@link NO_ROW}. */
  firstMembership: Int32Array;
  /** The addresses one after the other; one that changed leaves its old bytes behind. */
  #addresses: Uint8Array;
  #addressesEnd = 0;
  #addressAt: Uint32Array;
  #addressLength: Uint16Array;
  /** Row + 1 by address. A slot that was left keeps -1, so that the search goes on behind it. */
  #slots: Int32Array;
  #taken = 0;
  /** People choose their addresses, so the hash is another one in each process. */
  readonly #seed = randomInt(2 ** 32);

  constructor(expected = 0) {
    const rows = Math.max(16, expected);
    this.ids = new IdTable(expected);
    this.confirmed = new Uint8Array(rows);
    this.firstMembership = new Int32Array(rows);
    this.#addresses = new Uint8Array(rows * 28);
    this.#addressAt = new Uint32Array(rows);
    this.#addressLength = new Uint16Array(rows);
    this.#slots = new Int32Array(slotsFor(expected));
  }

  /** The row of an address in lower case, or {@link NO_ROW}. */
  findByAddress(text: string): number {
    const { read, written } = encoder.encodeInto(text, scratch);
    return read < text.length ? NO_ROW : this.#find(scratch, 0, written);
  }

  /**
   * Adds an account or renews what is known of it.
   *
   * @param bytes Where the address stands, in UTF-8: from `start`, so many bytes.
   */
  put(id: IdWords, confirmed: boolean, bytes: Uint8Array, start = 0, length = bytes.length): number {
    const before = this.ids.count;
    const row = this.ids.add(id);
    if (row === before) this.#append(row);
    this.confirmed[row] = confirmed ? 1 : 0;
    if (row === before || !this.#isAddress(row, bytes, start, length)) this.#setAddress(row, bytes, start, length);
    return row;
  }

  #append(row: number): void {
    if (row >= this.confirmed.length) {
      this.confirmed = withRoom(this.confirmed, row + 1);
      this.firstMembership = withRoom(this.firstMembership, row + 1);
      this.#addressAt = withRoom(this.#addressAt, row + 1);
      this.#addressLength = withRoom(this.#addressLength, row + 1);
    }
    this.firstMembership[row] = NO_ROW;
  }

  #setAddress(row: number, bytes: Uint8Array, start: number, length: number): void {
    if (this.#addressLength[row] !== 0) this.#leaveSlot(row);
    const at = this.#addressesEnd;
    this.#addressesEnd += length;
    if (this.#addressesEnd > this.#addresses.length) this.#addresses = withRoom(this.#addresses, this.#addressesEnd);
    const addresses = this.#addresses;
    for (let index = 0; index < length; index += 1) addresses[at + index] = bytes[start + index] as number;
    this.#addressAt[row] = at;
    this.#addressLength[row] = length;
    this.#taken += 1;
    if (this.#taken > this.#slots.length * 0.75) this.#rehash();
    else this.#place(row);
  }

  #find(bytes: Uint8Array, start: number, length: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = this.#hash(bytes, start, length) & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot] as number;
      if (entry === 0) return NO_ROW;
      if (entry > 0 && this.#isAddress(entry - 1, bytes, start, length)) return entry - 1;
    }
  }

  #isAddress(row: number, bytes: Uint8Array, start: number, length: number): boolean {
    if (this.#addressLength[row] !== length) return false;
    const at = this.#addressAt[row] as number;
    for (let index = 0; index < length; index += 1) {
      if (this.#addresses[at + index] !== bytes[start + index]) return false;
    }
    return true;
  }

  #leaveSlot(row: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = this.#hashOfRow(row) & mask;
    while (slots[slot] !== row + 1) slot = (slot + 1) & mask;
    slots[slot] = -1;
  }

  #rehash(): void {
    this.#slots = new Int32Array(slotsFor(this.ids.count * 1.5));
    this.#taken = this.ids.count;
    for (let row = 0; row < this.ids.count; row += 1) this.#place(row);
  }

  #place(row: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = this.#hashOfRow(row) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = row + 1;
  }

  #hashOfRow(row: number): number {
    return this.#hash(this.#addresses, this.#addressAt[row] as number, this.#addressLength[row] as number);
  }

  #hash(bytes: Uint8Array, start: number, length: number): number {
    let hash = this.#seed;
    for (let index = start; index < start + length; index += 1) {
      hash = Math.imul(hash ^ (bytes[index] as number), 0x01000193);
      hash ^= hash >>> 13;
    }
    return mix(hash);
  }
}
