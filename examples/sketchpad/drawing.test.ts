import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Drawing } from './drawing.ts';
import { draw, emptyDrawing } from './drawing.ts';

const sheet = { columns: 10, rows: 5 };
const press = (keys: readonly string[]) =>
  keys.reduce((drawing: Drawing, key) => draw(drawing, key, sheet), emptyDrawing);

describe('a drawing', () => {
  it('gets a line where the pen goes', () => {
    assert.deepEqual(
      [...press(['right', '3', 'down']).cells],
      [
        ['2,1', 1],
        ['3,1', 3],
        ['3,2', 3],
      ],
    );
  });

  it('stays as it is where the pen is lifted', () => {
    const { cells, column } = press(['space', 'right', 'right']);
    assert.equal(cells.size, 0);
    assert.equal(column, 4);
  });

  it('can be cleared', () => {
    assert.equal(press(['right', 'c']).cells.size, 0);
  });

  it('never leaves the sheet', () => {
    const keys = fc.array(fc.constantFrom('up', 'down', 'left', 'right', 'space', '1', '6', '7', 'c', 'x'));
    fc.assert(
      fc.property(keys, (pressed) => {
        const { column, row, colour } = press(pressed);
        assert.ok(column >= 0 && column < sheet.columns && row >= 0 && row < sheet.rows);
        assert.ok(colour >= 1 && colour <= 6);
      }),
    );
  });
});
