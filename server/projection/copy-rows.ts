/** The fields of one row: where each begins in the bytes, and how long it is; -1 for null. */
export interface CopiedRow {
  readonly bytes: Buffer;
  /** The same bytes as a text, one character each: made once for many rows. */
  readonly latin1: string;
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
}

const SIGNATURE_BYTES = 11;
const HEADER_BYTES = SIGNATURE_BYTES + 8;
const MOST_FIELDS = 16;

/**
 * Takes apart what `COPY … TO STDOUT (FORMAT binary)` sends (PostgreSQL manual, COPY, "Binary Format").
 *
 * Rows are handed on where they lie: nothing is made for a row, so a million of them take well under a second.
 */
export class CopyReader {
  readonly #onRow: (row: CopiedRow) => void;
  readonly #starts = new Int32Array(MOST_FIELDS);
  readonly #lengths = new Int32Array(MOST_FIELDS);
  #rest: Buffer = Buffer.alloc(0);
  #headerRead = false;
  #ended = false;

  constructor(onRow: (row: CopiedRow) => void) {
    this.#onRow = onRow;
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    if (!this.#headerRead) {
      if (bytes.length < HEADER_BYTES) {
        this.#rest = bytes;
        return;
      }
      at = HEADER_BYTES + bytes.readUInt32BE(SIGNATURE_BYTES + 4);
      this.#headerRead = true;
    }
    const latin1 = bytes.toString('latin1');
    for (let end = this.#readRow(bytes, latin1, at); end > at; end = this.#readRow(bytes, latin1, at)) at = end;
    this.#rest = bytes.subarray(at);
  }

  /** @throws Error where the last row was not whole. */
  end(): void {
    if (!this.#ended) throw new Error('The copy ended before its last row.');
  }

  /** Reads one row and answers where it ends; where it began when it is not all there yet, or the copy has ended. */
  #readRow(bytes: Buffer, latin1: string, start: number): number {
    if (bytes.length < start + 2 || this.#ended) return start;
    const fields = bytes.readInt16BE(start);
    if (fields < 0) {
      this.#ended = true;
      return start;
    }
    let at = start + 2;
    for (let field = 0; field < fields; field += 1) {
      if (bytes.length < at + 4) return start;
      const length = bytes.readInt32BE(at);
      at += 4;
      this.#starts[field] = at;
      this.#lengths[field] = length;
      if (length > 0) at += length;
    }
    if (bytes.length < at) return start;
    this.#onRow({ bytes, latin1, starts: this.#starts, lengths: this.#lengths });
    return at;
  }
}
