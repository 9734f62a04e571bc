import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readKeys } from './key.ts';

for (const [input, keys] of [
  ['q', ['q']],
  ['\u001B[A\u001B[B\u001BOC\u001BOD', ['up', 'down', 'right', 'left']],
  ['\u001B[Aq \r', ['up', 'q', 'space', 'enter']],
  ['\u0003', ['interrupt']],
  ['\u001B[1;5C', ['\u001B[1;5C']],
  ['Ž', ['Ž']],
] as const) {
  it(`reads ${JSON.stringify(input)} as ${keys.length} keys`, () => assert.deepEqual(readKeys(input), keys));
}
