import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import type { Table, TableRow } from '../../domain/table.ts';
import { decodeFileText } from './file-text.ts';
import type { TableText } from './table-text.ts';
import { countByte, countLineBreaks, findTableText } from './table-text.ts';

/** What a file may hold at most. */
export type TableFileLimits = { readonly maxBytes: number; readonly maxRows: number };

/** Room for a directory's export of 100,000 people with all its columns. */
export const TABLE_FILE_LIMITS: TableFileLimits = { maxBytes: 32 * 1024 * 1024, maxRows: 100_000 };

/**
 * Why a file is no table that we can read; `line` is where the row in question begins.
 *
 * `workbook` is a spreadsheet's own format, which people take for CSV: they can save it as one.
 */
export type TableFileRefusal =
  | { readonly outcome: 'refused'; readonly reason: 'notText' | 'workbook' | 'empty' }
  | { readonly outcome: 'refused'; readonly reason: 'noHeader' | 'unclosedQuote'; readonly line: number }
  | { readonly outcome: 'refused'; readonly reason: 'tooLarge'; readonly maxBytes: number }
  | { readonly outcome: 'refused'; readonly reason: 'tooManyRows'; readonly maxRows: number }
  | { readonly outcome: 'refused'; readonly reason: 'tooManyCells'; readonly maxCells: number };

/** A file, read as a table with a header. */
export type TableFile = { readonly outcome: 'read'; readonly table: Table };

const MAX_CELLS = 5_000_000;
const CHUNK_BYTES = 64 * 1024;
const ZIP_MARK = 'PK\u0003\u0004';
const OLE_MARK = '\u00d0\u00cf\u0011\u00e0';
const STRAY_QUOTE_CODES: readonly string[] = ['CSV_INVALID_CLOSING_QUOTE', 'INVALID_OPENING_QUOTE'];
/** The longest first: a carriage return alone would otherwise match half of the pair. */
const ROW_ENDS = ['\r\n', '\n', '\r'];

const isWorkbook = (bytes: Uint8Array): boolean =>
  [ZIP_MARK, OLE_MARK].includes(Buffer.from(bytes.subarray(0, ZIP_MARK.length)).toString('latin1'));

/** Other requests are served between two chunks. */
async function* chunksOf(bytes: Uint8Array, isEnough: () => boolean): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length && !isEnough(); at += CHUNK_BYTES) {
    yield bytes.subarray(at, at + CHUNK_BYTES);
    await setImmediate();
  }
}

type Parsing = { readonly rows: readonly TableRow[]; readonly nextLine: number; readonly errorCode?: string };

/** Reads rows until one is too many. Blank rows are left out, but their lines count. */
const parseRows = async (text: TableText, maxRows: number, strayQuotes: 'refuse' | 'keep'): Promise<Parsing> => {
  const rows: TableRow[] = [];
  let line = text.firstLine;
  let at = 0;
  const parser = parse({
    delimiter: text.delimiter,
    record_delimiter: ROW_ENDS,
    relax_column_count: true,
    relax_quotes: strayQuotes === 'keep',
    max_record_size: 0,
    on_record: (cells, { bytes: end }) => {
      if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
      line += countLineBreaks(text.body, at, end);
      at = end;
      return null;
    },
  });
  try {
    await pipeline(Readable.from(chunksOf(text.body, () => rows.length > maxRows)), parser.resume());
    return { rows, nextLine: line };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows, nextLine: line, errorCode: error.code };
  }
};

/** A cell that was taken with its opening quote and reaches over lines has swallowed rows. */
const findSwallowedLine = (rows: readonly TableRow[]): number | undefined =>
  rows.find(({ cells }) => cells.some((cell) => cell.startsWith('"') && /[\r\n]/.test(cell)))?.line;

/** People write `Bob "Bobby" Smith` without doubling the quotes: kept as it stands as long as it stays in its line. */
const parseForgivingly = async (text: TableText, maxRows: number): Promise<Parsing> => {
  const strict = await parseRows(text, maxRows, 'refuse');
  if (strict.errorCode === undefined || !STRAY_QUOTE_CODES.includes(strict.errorCode)) return strict;
  const kept = await parseRows(text, maxRows, 'keep');
  const swallowedLine = findSwallowedLine(kept.rows);
  return swallowedLine === undefined ? kept : { ...kept, nextLine: swallowedLine, errorCode: strict.errorCode };
};

const isHeader = (cells: readonly string[]): boolean =>
  cells.some((cell) => /\p{L}/u.test(cell)) && !cells.some((cell) => /\w@\w/.test(cell));

/**
 * Reads a file that somebody handed in as a table: comma, semicolon or tab, quoted cells, any usual encoding.
 *
 * Never throws for what the bytes hold. It gives way to other work while it reads, and reads no further than the limits.
 */
export const readTableFile = async (
  bytes: Uint8Array,
  { maxBytes, maxRows }: TableFileLimits = TABLE_FILE_LIMITS,
): Promise<TableFile | TableFileRefusal> => {
  if (isWorkbook(bytes)) return { outcome: 'refused', reason: 'workbook' };
  if (bytes.length > maxBytes) return { outcome: 'refused', reason: 'tooLarge', maxBytes };
  const decoded = decodeFileText(bytes);
  if (decoded === undefined) return { outcome: 'refused', reason: 'notText' };
  const text = findTableText(decoded);
  if (countByte(text.body, text.delimiter.charCodeAt(0)) > MAX_CELLS) {
    return { outcome: 'refused', reason: 'tooManyCells', maxCells: MAX_CELLS };
  }
  // One more for the header.
  const { rows: found, nextLine, errorCode } = await parseForgivingly(text, maxRows + 1);
  if (found.length > maxRows + 1) return { outcome: 'refused', reason: 'tooManyRows', maxRows };
  if (errorCode !== undefined) return { outcome: 'refused', reason: 'unclosedQuote', line: nextLine };
  const [header, ...rows] = found;
  if (header === undefined) return { outcome: 'refused', reason: 'empty' };
  if (!isHeader(header.cells)) return { outcome: 'refused', reason: 'noHeader', line: header.line };
  return { outcome: 'read', table: { header: header.cells, rows } };
};
