/** A drawing, and the pen over it. Cells are named `column,row`; there is no edge. */
export interface Drawing {
  readonly cells: ReadonlyMap<string, number>;
  readonly column: number;
  readonly row: number;
  readonly down: boolean;
  /** 1 to 6. */
  readonly colour: number;
}

/** How much of the drawing can be seen. */
export interface Sheet {
  readonly columns: number;
  readonly rows: number;
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  up: [0, -1],
  down: [0, 1],
  left: [-1, 0],
  right: [1, 0],
};

/** An empty sheet, with the pen down at the top left. */
export const emptyDrawing: Drawing = { cells: new Map(), column: 2, row: 1, down: true, colour: 1 };

/** What a key does to the drawing. The pen stays on the sheet. */
export function draw(drawing: Drawing, key: string, sheet: Sheet): Drawing {
  const step = steps[key];
  if (step !== undefined) return move(drawing, step, sheet);
  if (key === 'space') return { ...drawing, down: !drawing.down };
  if (key === 'c') return { ...drawing, cells: new Map() };
  if (/^[1-6]$/.test(key)) return { ...drawing, colour: Number(key) };
  return drawing;
}

function move(drawing: Drawing, [across, downwards]: readonly [number, number], sheet: Sheet): Drawing {
  const column = within(drawing.column + across, sheet.columns);
  const row = within(drawing.row + downwards, sheet.rows);
  if (!drawing.down) return { ...drawing, column, row };
  const cells = new Map(drawing.cells);
  cells.set(`${drawing.column},${drawing.row}`, drawing.colour);
  cells.set(`${column},${row}`, drawing.colour);
  return { ...drawing, column, row, cells };
}

function within(place: number, length: number): number {
  return Math.max(0, Math.min(place, length - 1));
}
