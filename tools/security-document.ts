/** One line of a table in docs/security.md. */
export interface Row {
  readonly number: string;
  readonly level: number;
  readonly answer: string;
}

/** How a requirement is answered, by the first word of its answer. */
export const STATUSES = ['Test', 'Design', 'Document', 'Not applicable', 'Not met'] as const;
export type Status = (typeof STATUSES)[number];

const ROW = /^\| (\d+\.\d+\.\d+) \| (\d) \| [^|]+ \| (.+) \|$/gm;

/** The lines about requirements, in their order. */
export function rowsOf(document: string): Row[] {
  return [...document.matchAll(ROW)].map(([, number = '', level, answer = '']) => ({
    number,
    level: Number(level),
    answer,
  }));
}

export const statusOf = ({ answer }: Row): Status | undefined =>
  STATUSES.find((status) => answer.startsWith(`${status}:`));

/** A file of the project as an answer names it, with the title of a test where one follows. */
export interface Named {
  readonly file: string;
  readonly title: string | undefined;
}

/** The files that an answer names: `` `http.test.ts` "title", "another title" ``, or `` `route.ts` `` alone. */
export function namedIn(answer: string): Named[] {
  const named = /`([\w./-]+\.(?:tsx?|md|cfg|json|csv))`((?:,? "[^"]+")*)/g;
  return [...answer.matchAll(named)].flatMap(([, file = '', list = '']) => {
    const titles = [...list.matchAll(/"([^"]+)"/g)].map(([, title]) => title);
    return titles.length > 0 ? titles.map((title) => ({ file, title })) : [{ file, title: undefined }];
  });
}

/** The heading that an answer links to, in this document or in the one beside it that is named. */
export interface Linked {
  readonly document: string | undefined;
  readonly anchor: string;
}

/** The headings that an answer links to: `](#passwords)`, `](operating.md#secrets)`. */
export function linkedIn(answer: string): Linked[] {
  return [...answer.matchAll(/\]\(([\w-]+\.md)?#([\w-]+)\)/g)].map(([, document, anchor = '']) => ({
    document,
    anchor,
  }));
}

/** The anchors that a document's headings have. */
export function anchorsOf(document: string): Set<string> {
  const headings = [...document.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .trim()
        .replace(/\s+/g, '-'),
    ),
  );
}

/** Whether a source has a test or a group of tests of this title, written out or with a value in its place. */
export function hasTest(source: string, title: string): boolean {
  const call = /\b(?:it|test|describe)\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g;
  return [...source.matchAll(call)].some((found) => (found[1] ?? found[2] ?? found[3]) === title);
}
