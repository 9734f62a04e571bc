const BLOCK = 512;
const NAME_BYTES = 100;

/** What ends an archive. */
export const tarEnd = Buffer.alloc(2 * BLOCK);

/** One file of an archive in the format that every `tar` reads (POSIX.1-1988 ustar): header, bytes, filling. */
export function tarEntry(name: string, bytes: Buffer, at: Date): Buffer[] {
  return [headerOf(name, bytes.length, at), bytes, Buffer.alloc(fillingOf(bytes.length))];
}

function headerOf(name: string, size: number, at: Date): Buffer {
  if (Buffer.byteLength(name) > NAME_BYTES) throw new RangeError(`${name} is too long a name`);
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
  header.write(name, 0);
  header.write(octal(0o600, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(size, 11), 124);
  header.write(octal(Math.floor(at.getTime() / 1000), 11), 136);
  header.write('0', 156);
  header.write('ustar\0' + '00', 257, 'latin1');
  header.write(`${octal(checksumOf(header), 6)}\0 `, 148, 'latin1');
  return header;
}

/** The sum of all bytes, with those of the sum itself as spaces. */
function checksumOf(header: Buffer): number {
  let sum = 8 * 0x20;
  for (let index = 0; index < BLOCK; index += 1) if (index < 148 || index >= 156) sum += header[index] ?? 0;
  return sum;
}

const fillingOf = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;

export interface TarFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The archive is not one of ours, was changed or was cut off. */
export class TarError extends Error {}

/**
 * Reads the files of an archive, one at a time, each whole.
 *
 * @param mostBytes How large a file may be: it is kept in memory.
 * @throws TarError at the first byte that is not as it must be.
 */
export async function* readTar(chunks: AsyncIterable<Buffer>, mostBytes: number): AsyncGenerator<TarFile> {
  const source = new Bytes(chunks);
  for (;;) {
    const header = await source.take(BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const { name, size } = readHeader(header);
    if (size > mostBytes) throw new TarError(`${name} is larger than a part can be`);
    const bytes = await source.take(size);
    await source.take(fillingOf(size));
    yield { name, bytes };
  }
  await source.take(BLOCK);
  if (await source.hasMore()) throw new TarError('something follows the end');
}

function readHeader(header: Buffer): { name: string; size: number } {
  const sum = Number.parseInt(header.toString('latin1', 148, 154), 8);
  if (sum !== checksumOf(header) || header.toString('latin1', 257, 262) !== 'ustar') {
    throw new TarError('a header is not as it must be');
  }
  const name = header.toString('utf8', 0, NAME_BYTES).replace(/\0.*$/s, '');
  return { name, size: Number.parseInt(header.toString('latin1', 124, 135), 8) };
}

/** Takes bytes off a stream in the amounts that are wanted. */
class Bytes {
  readonly #chunks: AsyncIterator<Buffer>;
  #kept: Buffer[] = [];
  #length = 0;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async take(count: number): Promise<Buffer> {
    while (this.#length < count) if (!(await this.#read())) throw new TarError('it ends too early');
    const all = this.#kept.length === 1 ? (this.#kept[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#kept);
    this.#kept = [all.subarray(count)];
    this.#length = all.length - count;
    return all.subarray(0, count);
  }

  async hasMore(): Promise<boolean> {
    return this.#length > 0 || this.#read();
  }

  async #read(): Promise<boolean> {
    const { done, value } = await this.#chunks.next();
    if (done) return false;
    this.#kept.push(value);
    this.#length += value.length;
    return true;
  }
}
