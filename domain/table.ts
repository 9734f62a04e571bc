/**
 * One row of a table that somebody handed in.
 *
 * `line` is the line where the row begins, as an editor counts it (1 is the first line of the file):
 * a row may span several lines when a quoted cell holds line breaks.
 */
export type TableRow = { readonly line: number; readonly cells: readonly string[] };

/** A table with its header, as read from a file of people or customers. Blank rows are left out. */
export type Table = { readonly header: readonly string[]; readonly rows: readonly TableRow[] };

const BRACKETED = /\[[^\]]*\]|\([^)]*\)/g;
const MARKS = /\p{M}/gu;
const NOT_WORD = /[^\p{L}\p{N}]/gu;
const MAX_HEADING_LENGTH = 200;
/** More marks than the Stream-Safe Text Format of UAX #15 lets follow one letter. */
const MARKS_TOO_MANY = /(\p{M}{30})\p{M}+/gu;

/**
 * A column heading in the form that headings are compared in: case, accents, spaces, signs
 * and remarks in brackets do not count, so "E-Mail-Adresse" and "First Name [Required]"
 * become `emailadresse` and `firstname`. What is longer than any heading has an empty key, at no cost.
 */
export const headingKey = (heading: string): string =>
  (heading.length > MAX_HEADING_LENGTH ? '' : heading)
    .replaceAll(BRACKETED, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(MARKS, '')
    .replaceAll(NOT_WORD, '');

const CONTROL_OR_DIRECTION = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;
const SPACES = /\s+/gu;

/**
 * A cell as one line of clean text: NFC, no control or direction characters, single spaces.
 *
 * Names go into mail headers, where a line break would start another header. Of the marks upon one letter 30 are kept:
 * bringing millions of them into order would take hours.
 */
export const oneLine = (cell: string): string =>
  cell
    .replaceAll(MARKS_TOO_MANY, '$1')
    .normalize('NFC')
    .replaceAll(CONTROL_OR_DIRECTION, ' ')
    .replaceAll(SPACES, ' ')
    .trim();

/**
 * What is wrong with a row's number of cells, if anything.
 *
 * Empty cells too many, and cells missing behind the last needed one, are how spreadsheets save: no fault.
 *
 * @param lastNeeded The position of the last column that is read.
 */
export const findCellCountFault = (
  row: TableRow,
  header: readonly string[],
  lastNeeded: number,
): 'tooManyCells' | 'tooFewCells' | undefined => {
  if (row.cells.slice(header.length).some((cell) => cell.trim() !== '')) return 'tooManyCells';
  return row.cells.length <= lastNeeded ? 'tooFewCells' : undefined;
};

const MAX_SHOWN_LENGTH = 80;

/** The start of a value, as much of it as a list of faults shows. */
export const shownValue = (value: string): string => value.slice(0, MAX_SHOWN_LENGTH).toWellFormed();
