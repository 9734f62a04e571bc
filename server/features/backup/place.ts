/** Where things stand in the archive: the mark first, seal and manifest last. */
export const places = {
  mark: 'namesake-backup.json',
  key: 'server.key',
  manifest: 'manifest.json',
  seal: 'manifest.seal',
} as const;

/** How large a part of a table is; nothing in the archive is larger. */
export const PART_BYTES = 4 * 1024 * 1024;

const PART = /^tables\/([a-z_]+)\/(\d{6,})\.copy$/;

export const partName = (table: string, number: number): string =>
  `tables/${table}/${String(number).padStart(6, '0')}.copy`;

/** Which part of which table a file is; undefined for another file. */
export function readPartName(name: string): { table: string; number: number } | undefined {
  const [, table, number] = PART.exec(name) ?? [];
  return table && number ? { table, number: Number(number) } : undefined;
}

/** Cuts a stream into blocks of one size; the last one is what remains. */
export async function* inBlocks(chunks: AsyncIterable<Buffer>, size = PART_BYTES): AsyncGenerator<Buffer> {
  let kept: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    kept.push(chunk);
    length += chunk.length;
    while (length >= size) {
      const all = Buffer.concat(kept);
      yield all.subarray(0, size);
      kept = [all.subarray(size)];
      length -= size;
    }
  }
  if (length > 0) yield Buffer.concat(kept);
}
