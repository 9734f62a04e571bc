const segmenter = new Intl.Segmenter();
const wide =
  /\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]/u;
const zero = /^[\p{Mark}\p{Format}]+$/u;

/** Takes out what could steer a terminal: names come from a server, and a server's names from people. */
export function printable(text: string): string {
  return text.replace(/[\p{Control}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '');
}

/** How many cells of a terminal a text takes. */
export function cellWidth(text: string): number {
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += segmentWidth(segment);
  return width;
}

/** Cuts a text to so many cells. */
export function clip(text: string, cells: number): string {
  let width = 0;
  let clipped = '';
  for (const { segment } of segmenter.segment(text)) {
    width += segmentWidth(segment);
    if (width > cells) return clipped;
    clipped += segment;
  }
  return clipped;
}

/** Breaks a text at its spaces so that each line fits. A word that is too long is left whole. */
export function wrap(text: string, cells: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && cellWidth(longer) > cells) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function segmentWidth(segment: string): number {
  if (zero.test(segment)) return 0;
  return wide.test(segment) ? 2 : 1;
}
