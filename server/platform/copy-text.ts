/** A row of a copy in text form; null stands for SQL's null. */
export type CopyRow = readonly (string | null)[];

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Reads one line of `COPY ... TO STDOUT` in text form, as PostgreSQL's manual defines it. */
export const readCopyLine = (line: string): CopyRow => line.split('\t').map(readField);

function readField(field: string): string | null {
  if (field === '\\N') return null;
  if (!field.includes('\\')) return field;
  return field.replace(/\\(.)/gs, (_, escaped: string) => ESCAPES[escaped] ?? escaped);
}

/**
 * Goes through the rows of a copy without keeping them.
 *
 * {@link row} is the one it stands at, undefined at the end.
 */
export class CopyCursor {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #lines: string[] = [];
  #index = 0;
  #rest = '';
  row: CopyRow | undefined;

  private constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Stands at the first row. */
  static async over(chunks: AsyncIterable<Buffer>): Promise<CopyCursor> {
    const cursor = new CopyCursor(chunks);
    await cursor.next();
    return cursor;
  }

  /** Goes to the next row; answers a promise only where more has to be read first. */
  next(): Promise<void> | undefined {
    if (this.#index >= this.#lines.length) return this.#read();
    this.row = readCopyLine(this.#lines[this.#index] ?? '');
    this.#index += 1;
    return undefined;
  }

  /** Stops reading before the end. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #read(): Promise<void> {
    while (this.#index >= this.#lines.length) {
      const { done, value } = await this.#chunks.next();
      if (done) {
        this.row = undefined;
        return;
      }
      const lines = (this.#rest + this.#decoder.decode(value, { stream: true })).split('\n');
      this.#rest = lines.pop() ?? '';
      this.#lines = lines;
      this.#index = 0;
    }
    await this.next();
  }
}
