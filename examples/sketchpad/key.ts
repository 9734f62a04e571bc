import type { Key } from './status.ts';

const control = '\u001B';
const names: Readonly<Record<string, Key>> = {
  [`${control}[A`]: 'up',
  [`${control}[B`]: 'down',
  [`${control}[C`]: 'right',
  [`${control}[D`]: 'left',
  [`${control}OA`]: 'up',
  [`${control}OB`]: 'down',
  [`${control}OC`]: 'right',
  [`${control}OD`]: 'left',
  '\r': 'enter',
  '\n': 'enter',
  ' ': 'space',
  '\u0003': 'interrupt',
};
const sequence = new RegExp(`${control}(?:\\[[0-9;?]*[ -/]*[@-~]|O[@-~])|.`, 'gsu');

/** Takes apart what a terminal in raw mode sends: several keys at once when they come fast. */
export function readKeys(input: string): Key[] {
  return (input.match(sequence) ?? []).map((one) => names[one] ?? one);
}
