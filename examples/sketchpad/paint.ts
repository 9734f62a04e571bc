import type { Connection, UseSnapshot } from '../../sdk/index.ts';
import { cellWidth, clip, printable, wrap } from './cell-text.ts';
import type { Drawing, Sheet } from './drawing.ts';
import { clockTime, dayTime, leaseText, newsText, reasonText, termText } from './reason-text.ts';
import type { Screen, Status } from './status.ts';

/** A piece of a line in one style. */
export interface Span {
  readonly text: string;
  readonly style?: Style;
}

/** `ink1` to `ink6` are the colours of the pen. */
export type Style = 'strong' | 'quiet' | 'good' | 'bad' | 'bar' | 'chosen' | `ink${number}`;

/** The lines of a screen, from the top. */
export type Picture = readonly (readonly Span[])[];

/** The size of a terminal, in cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Where the drawing goes: all but the bar above and the line below. A cell of it is two of the terminal, thus square. */
export function sheetOf({ columns, rows }: Size): Sheet {
  return { columns: Math.max(1, Math.floor(columns / 2)), rows: Math.max(1, rows - 2) };
}

/** Paints a status to fit a terminal, whatever its size. */
export function paint(status: Status, size: Size): Picture {
  const middle = paintMiddle(status.screen, size);
  const rows = Math.max(0, size.rows - 2);
  const above = status.screen.name === 'drawing' ? 0 : Math.max(0, Math.floor((rows - middle.length) / 3));
  const blank = (count: number) => Array.from({ length: Math.max(0, count) }, (): Span[] => []);
  const body = [...blank(above), ...middle, ...blank(rows - above - middle.length)].slice(0, rows);
  const lines = [paintBar(status, size), ...body, paintKeys(status, size)];
  return lines.slice(0, size.rows).map((line) => trim(line, size.columns));
}

function paintBar({ screen, account, connection }: Status, { columns }: Size): Span[] {
  const use = screen.name === 'locked' || screen.name === 'drawing' ? screen.use : undefined;
  const left = [' Sketchpad', use?.team?.name, account?.name]
    .filter((text) => text !== undefined)
    .map(printable)
    .join('  ·  ');
  const right = use === undefined ? '' : `${describeState(use, connection)} `;
  const gap = ' '.repeat(Math.max(1, columns - cellWidth(left) - cellWidth(right)));
  return [{ text: left + gap + right, style: 'bar' }];
}

/** While a lease unlocks, that tells more than that there is no connection. */
function describeState(use: UseSnapshot, connection: Connection | undefined): string {
  if (use.offline !== undefined) return termText(use);
  if (connection?.cause !== undefined && !connection.online) {
    return connection.holdsUntil ? `no connection, holds until ${dayTime(connection.holdsUntil)}` : 'no connection';
  }
  return use.state === 'unlocked' ? termText(use) : use.state;
}

/** What happened last stands beside the keys, or what works without network; the keys for drawing give way to it. */
function paintKeys({ screen, teamCount, news, lease }: Status, { columns }: Size): Span[] {
  const common = `${teamCount > 1 ? 't team  ' : ''}s sign out  q quit`;
  const text: Record<Screen['name'], string> = {
    starting: 'q quit',
    signIn: 'q quit',
    trouble: 's sign out  q quit',
    chooseTeam: 'up, down and Enter choose  s sign out  q quit',
    locked: `w why  ${common}`,
    why: 'any key goes back  q quit',
    drawing: `arrows draw  space pen  1-6 colour  c clear  w why  ${common}`,
  };
  const note = news !== undefined ? newsText(news) : lease !== undefined ? leaseText(lease) : '';
  const roomBeside = (keys: string) => columns - cellWidth(keys) - cellWidth(note) - 4;
  const short = ['drawing', 'locked'].includes(screen.name) ? 'w why  q quit' : text[screen.name];
  const keys = note === '' || roomBeside(text[screen.name]) >= 0 ? text[screen.name] : short;
  const gap = ' '.repeat(Math.max(2, roomBeside(keys) + 2));
  return [{ text: ` ${keys}`, style: 'quiet' }, { text: note === '' ? '' : `${gap}${note} ` }];
}

function paintMiddle(screen: Screen, size: Size): Span[][] {
  switch (screen.name) {
    case 'starting':
      return paragraph('Asking for your licence.', size, 'quiet');
    case 'signIn':
      return paintSignIn(screen, size);
    case 'trouble':
      return [...paragraph(printable(screen.text), size, 'bad'), [], ...paragraph(screen.wayOut, size, 'quiet')];
    case 'chooseTeam':
      return paintChoice(screen, size);
    case 'locked':
      return paintLocked(screen, size);
    case 'why':
      return paintWhy(screen, size);
    case 'drawing':
      return paintDrawing(screen.drawing, sheetOf(size));
  }
}

/** The address stands alone on its line and at its start, so that a terminal makes a link of it. */
function paintSignIn({ prompt }: Extract<Screen, { name: 'signIn' }>, size: Size): Span[][] {
  const { verificationUri, verificationUriComplete, userCode, expiresAt } = prompt;
  return [
    ...paragraph('Sign in to draw', size, 'strong'),
    [],
    ...paragraph('Open this page in a browser, on this machine or any other:', size),
    [],
    [{ text: `  ${printable(verificationUriComplete ?? verificationUri)}` }],
    [],
    ...paragraph('and compare the code:', size),
    [],
    [{ text: '  ' }, { text: `  ${printable(userCode)}  `, style: 'chosen' }],
    [],
    ...paragraph(`The code is good until ${clockTime(expiresAt)}. This screen goes on by itself.`, size, 'quiet'),
  ];
}

function paintChoice({ teams, selected }: Extract<Screen, { name: 'chooseTeam' }>, size: Size): Span[][] {
  const lines = teams.map(({ teamName, decision }, index): Span[] => [
    { text: index === selected ? '  > ' : '    ' },
    { text: `${index + 1}  ${printable(teamName)}`, ...(index === selected && { style: 'strong' as const }) },
    { text: decision ? '  has a licence for you' : '  no licence for you yet', style: decision ? 'good' : 'quiet' },
  ]);
  const shown = Math.max(1, size.rows - 4);
  const first = Math.max(0, Math.min(selected - shown + 1, lines.length - shown));
  return [...paragraph('Which team do you work in?', size, 'strong'), [], ...lines.slice(first, first + shown)];
}

function paintLocked({ use, wasUnlocked }: Extract<Screen, { name: 'locked' }>, size: Size): Span[][] {
  return [
    ...paragraph(use.state === 'unknown' ? 'Waiting for the server' : 'Locked', size, 'strong'),
    [],
    ...paragraph(printable(reasonText(use, wasUnlocked)), size),
    [],
    ...paragraph('This screen goes on by itself.', size, 'quiet'),
  ];
}

/** What is in order is quiet, what is not stands out, and the one thing to do comes last. */
function paintWhy({ why }: Extract<Screen, { name: 'why' }>, size: Size): Span[][] {
  if (why === undefined) return paragraph('Asking why.', size, 'quiet');
  const title = why.decision ? 'You may draw' : 'Why you cannot draw';
  const checks = why.checks.map(({ state, text }): Span[] => {
    const mark = { ok: '✓', problem: '✗', unknown: '·' }[state];
    return [
      {
        text: `  ${mark} ${printable(text)}`,
        style: { ok: 'quiet', problem: 'bad', unknown: 'quiet' }[state] as Style,
      },
    ];
  });
  const asked = why.online ? [] : [[], ...paragraph('The server was not asked.', size, 'quiet')];
  const remedy = why.remedy === null ? [] : [[], ...paragraph(printable(why.remedy.text), size, 'strong')];
  return [...paragraph(title, size, 'strong'), [], ...checks, ...asked, ...remedy];
}

function paintDrawing({ cells, column, row, down, colour }: Drawing, sheet: Sheet): Span[][] {
  return Array.from({ length: sheet.rows }, (_, y) =>
    Array.from({ length: sheet.columns }, (_, x): Span => {
      const ink = cells.get(`${x},${y}`);
      if (x === column && y === row) return { text: down ? '◆ ' : '◇ ', style: `ink${colour}` };
      return ink === undefined ? { text: '  ' } : { text: '██', style: `ink${ink}` };
    }),
  );
}

function paragraph(text: string, { columns }: Size, style?: Style): Span[][] {
  const width = Math.max(10, Math.min(columns - 4, 72));
  return wrap(text, width).map((line) => [{ text: `  ${line}`, ...(style !== undefined && { style }) }]);
}

function trim(line: readonly Span[], columns: number): Span[] {
  let left = columns;
  return line.map((span) => {
    const text = clip(span.text, left);
    left -= cellWidth(text);
    return { ...span, text };
  });
}
