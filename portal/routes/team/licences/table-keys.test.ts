import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { commandOf, placeAfter } from './table-keys.ts';

const press = (key: string, held: { ctrlKey?: boolean; metaKey?: boolean; altKey?: boolean } = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});
const size = { rows: 100, columns: 4, page: 10 };

describe('moving in the table', () => {
  const cases = [
    { key: 'j', to: { row: 6, column: 1 } },
    { key: 'ArrowDown', to: { row: 6, column: 1 } },
    { key: 'k', to: { row: 4, column: 1 } },
    { key: 'ArrowLeft', to: { row: 5, column: 0 } },
    { key: 'ArrowRight', to: { row: 5, column: 2 } },
    { key: 'PageDown', to: { row: 15, column: 1 } },
    { key: 'PageUp', to: { row: 0, column: 1 } },
    { key: 'Home', to: { row: 5, column: 0 } },
    { key: 'End', to: { row: 5, column: 3 } },
    { key: 'G', to: { row: 99, column: 1 } },
  ];
  for (const { key, to } of cases) {
    it(`${key} leads to row ${to.row}, column ${to.column}`, () =>
      assert.deepEqual(placeAfter(press(key), { row: 5, column: 1 }, size), to));
  }

  it('Ctrl+End leads to the last row', () =>
    assert.deepEqual(placeAfter(press('End', { ctrlKey: true }), { row: 5, column: 1 }, size), { row: 99, column: 1 }));

  it('never leaves the table', () => {
    const keys = ['j', 'k', 'ArrowLeft', 'ArrowRight', 'PageDown', 'PageUp', 'Home', 'End', 'g', 'G'];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...keys), { maxLength: 60 }),
        fc.integer({ min: 1, max: 30 }),
        (pressed, rows) => {
          let at = { row: 0, column: 0 };
          for (const key of pressed) at = placeAfter(press(key), at, { ...size, rows }) ?? at;
          assert.ok(at.row >= 0 && at.row < rows && at.column >= 0 && at.column < size.columns);
        },
      ),
    );
  });

  it('leaves the browser its own keys', () => {
    assert.equal(placeAfter(press('ArrowLeft', { altKey: true }), { row: 0, column: 0 }, size), undefined);
    assert.equal(commandOf(press('m', { metaKey: true })), undefined);
    assert.equal(commandOf(press(' ')), undefined);
  });
});

describe('commands of the table', () => {
  const cases = { m: 'move', x: 'select', '/': 'search', '?': 'help', Escape: 'clear' } as const;
  for (const [key, command] of Object.entries(cases)) {
    it(`${key} is ${command}`, () => assert.equal(commandOf(press(key)), command));
  }
});
