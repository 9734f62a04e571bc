/** What stands between two cells of a row. */
export type Delimiter = '\t' | ';' | ',';

/** The text of a table in UTF-8, what divides its cells, and the line of the file where it begins. */
export type TableText = { readonly body: Uint8Array; readonly delimiter: Delimiter; readonly firstLine: number };

/** Where several fit equally, the one that stands least in running text ("Name, Vorname;E-Mail"). */
const DELIMITERS: readonly Delimiter[] = ['\t', ';', ','];
const SAMPLE_BYTES = 64 * 1024;
const SAMPLE_LINES = 20;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** Spreadsheets write it as the first line, and other programs take it for the header. */
const DIRECTIVE = /^"?sep=([,;\t])"?(?:\r\n|\n|\r)/i;

export const countByte = (bytes: Uint8Array, wanted: number): number => {
  let count = 0;
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) count += 1;
  return count;
};

/** Counts line breaks as an editor does: a carriage return and line feed are one, and either alone is one too. */
export const countLineBreaks = (bytes: Uint8Array, from: number, to: number): number => {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    if (bytes[at] === LINE_FEED || (bytes[at] === CARRIAGE_RETURN && bytes[at + 1] !== LINE_FEED)) count += 1;
  }
  return count;
};

/** The delimiter that divides most lines into as many cells as the first; quoted cells don't count. */
const guessDelimiter = (sample: string): Delimiter => {
  const lines = sample
    .replaceAll(/"[^"]*"/g, '')
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
    .slice(0, SAMPLE_LINES);
  const agreeing = DELIMITERS.map((delimiter) => {
    const [first = 0, ...others] = lines.map((line) => line.split(delimiter).length - 1);
    return first === 0 ? 0 : 1 + others.filter((count) => count === first).length;
  });
  const most = Math.max(...agreeing);
  return DELIMITERS.find((_, at) => most > 0 && agreeing[at] === most) ?? ',';
};

/** Finds out how a text is divided, by its directive "sep=;" or else by its first lines. */
export const findTableText = (text: Uint8Array): TableText => {
  // Every byte that matters here is ASCII, so half a letter at the end of the sample does no harm.
  const sample = Buffer.from(text.subarray(0, SAMPLE_BYTES)).toString('latin1');
  const directive = DIRECTIVE.exec(sample);
  if (directive === null) return { body: text, delimiter: guessDelimiter(sample), firstLine: 1 };
  const delimiter = DELIMITERS.find((candidate) => candidate === directive[1]) ?? ',';
  return { body: text.subarray(directive[0].length), delimiter, firstLine: 2 };
};
