import type { ReadStream, WriteStream } from 'node:tty';
import type { Sheet } from './drawing.ts';
import { readKeys } from './key.ts';
import type { Picture, Size, Span, Style } from './paint.ts';
import { paint, sheetOf } from './paint.ts';
import type { Face, Key, Status } from './status.ts';

const control = '\u001B[';
const enter = `${control}?1049h${control}?25l${control}2J`;
const leave = `${control}0m${control}?25h${control}?1049l`;

/** SGR parameters: with colour and without (https://no-color.org). */
const styles: Readonly<Record<string, readonly [string, string]>> = {
  strong: ['1', '1'],
  quiet: ['2', '2'],
  good: ['32', ''],
  bad: ['31', '1'],
  bar: ['7', '7'],
  chosen: ['1;7', '1;7'],
  ink1: ['39', ''],
  ink2: ['31', ''],
  ink3: ['32', ''],
  ink4: ['33', ''],
  ink5: ['34', ''],
  ink6: ['35', ''],
};

/** What the face draws on, and whom it tells. */
export interface TerminalFaceOptions {
  readonly input: ReadStream;
  readonly output: WriteStream;
  readonly colour: boolean;
  readonly onKey: (key: Key, sheet: Sheet) => void;
}

/** Draws on the whole terminal, on its second screen; the first is there again afterwards, as it was. */
export class TerminalFace implements Face {
  readonly #options: TerminalFaceOptions;
  #status: Status | undefined;
  #drawn: readonly string[] = [];

  constructor(options: TerminalFaceOptions) {
    this.#options = options;
    const { input, output } = options;
    input.setRawMode(true);
    input.setEncoding('utf8');
    input.on('data', this.#read);
    output.on('resize', this.#resize);
    output.write(enter);
  }

  show(status: Status): void {
    this.#status = status;
    this.#draw();
  }

  close(): void {
    const { input, output } = this.#options;
    input.off('data', this.#read);
    output.off('resize', this.#resize);
    input.setRawMode(false);
    input.pause();
    output.write(leave);
  }

  readonly #read = (data: string | Buffer): void => {
    for (const key of readKeys(String(data))) this.#options.onKey(key, sheetOf(this.#size()));
  };

  readonly #resize = (): void => {
    this.#drawn = [];
    this.#options.output.write(`${control}0m${control}2J`);
    this.#draw();
  };

  #size(): Size {
    const { columns, rows } = this.#options.output;
    return { columns: columns || 80, rows: rows || 24 };
  }

  /** Writes the lines that changed. */
  #draw(): void {
    if (this.#status === undefined) return;
    const lines = render(paint(this.#status, this.#size()), this.#options.colour);
    const changed = lines.map((line, row) =>
      line === this.#drawn[row] ? '' : `${control}${row + 1};1H${line}${control}K`,
    );
    this.#drawn = lines;
    this.#options.output.write(changed.join(''));
  }
}

function render(picture: Picture, colour: boolean): string[] {
  return picture.map((line) => line.map((span) => renderSpan(span, colour)).join(''));
}

function renderSpan({ text, style }: Span, colour: boolean): string {
  const code = style && codeOf(style, colour);
  return code ? `${control}${code}m${text}${control}0m` : text;
}

function codeOf(style: Style, colour: boolean): string {
  const [inColour, plain] = styles[style] ?? ['', ''];
  return colour ? inColour : plain;
}
