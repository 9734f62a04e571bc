/** The cell that the keyboard is on. Columns are the tick of the selection, the products, and the menu. */
export interface TablePlace {
  readonly row: number;
  readonly column: number;
}

export interface TableSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that a page holds. */
  readonly page: number;
}

/** A key as it was pressed. */
export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Where a key leads; undefined when it is none that moves. */
export function placeAfter(pressed: PressedKey, at: TablePlace, size: TableSize): TablePlace | undefined {
  const move = pressed.altKey || pressed.metaKey ? undefined : moves[pressed.key];
  if (!move || size.rows === 0) return undefined;
  const { row, column } = move(at, size, pressed.ctrlKey);
  return { row: within(row, size.rows), column: within(column, size.columns) };
}

type Move = (at: TablePlace, size: TableSize, toEdge: boolean) => TablePlace;

const down: Move = ({ row, column }) => ({ row: row + 1, column });
const up: Move = ({ row, column }) => ({ row: row - 1, column });
const top: Move = ({ column }) => ({ row: 0, column });
const bottom: Move = ({ column }, { rows }) => ({ row: rows - 1, column });

const moves: Readonly<Record<string, Move>> = {
  ArrowDown: down,
  j: down,
  ArrowUp: up,
  k: up,
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  PageDown: ({ row, column }, { page }) => ({ row: row + page, column }),
  PageUp: ({ row, column }, { page }) => ({ row: row - page, column }),
  Home: (at, size, toEdge) => (toEdge ? top(at, size, toEdge) : { row: at.row, column: 0 }),
  End: (at, size, toEdge) => (toEdge ? bottom(at, size, toEdge) : { row: at.row, column: size.columns - 1 }),
  g: top,
  G: bottom,
};

export type TableCommand = 'move' | 'select' | 'menu' | 'search' | 'help' | 'clear';

/** What a key does to the row it is pressed on, or to the whole table. */
export function commandOf({ key, ctrlKey, metaKey, altKey }: PressedKey): TableCommand | undefined {
  return ctrlKey || metaKey || altKey ? undefined : commands[key];
}

const commands: Readonly<Record<string, TableCommand>> = {
  m: 'move',
  x: 'select',
  o: 'menu',
  '/': 'search',
  '?': 'help',
  Escape: 'clear',
};

function within(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}
