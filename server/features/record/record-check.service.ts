import { CopyCursor } from '../../platform/copy-text.ts';
import { withRecord } from './record-check.queries.ts';
import type { RecordFound, RecordRows } from './record-walk.ts';
import { walkRecord } from './record-walk.ts';
import type { SealKeys } from './seal-walk.ts';

export type { RecordBreak, RecordFound } from './record-walk.ts';
export type { SealKeys } from './seal-walk.ts';

type Chunks = AsyncIterable<Buffer>;

/** Checks the whole record of a database as it is at this moment, beside whoever uses it. */
export function checkRecord(connectionString: string, keys?: SealKeys): Promise<RecordFound> {
  return withRecord(connectionString, (record) => checkCopies(record, keys ?? record.keys));
}

/** Checks a record that is read from copies of its tables. */
export async function checkCopies(
  copies: { readonly streams: Chunks; readonly events: Chunks; readonly sealedHeads: Chunks },
  keys: SealKeys,
): Promise<RecordFound> {
  const [streams, events, sealedHeads] = await Promise.all(
    [copies.streams, copies.events, copies.sealedHeads].map((chunks) => CopyCursor.over(chunks)),
  );
  const rows = { streams, events, sealedHeads } as RecordRows; // one for each
  try {
    return await walkRecord(rows, keys);
  } finally {
    await Promise.all(Object.values(rows).map((cursor) => cursor.close()));
  }
}
