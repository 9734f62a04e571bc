import { withRoom } from './columns.ts';
import { IdTable, NO_ROW } from './id-table.ts';
import type { IdWords } from './id-words.ts';

/** The teams with their revisions. */
export class TeamTable {
  readonly ids: IdTable;
  /** The number of the newest event that is in here. */
  revision: Float64Array;
  readonly names: string[] = [];
  /** The newest subscription of the team, or {@link NO_ROW}. */
  firstSubscription: Int32Array;

  constructor(expected = 0) {
    const rows = Math.max(16, expected);
    this.ids = new IdTable(expected);
    this.revision = new Float64Array(rows);
    this.firstSubscription = new Int32Array(rows);
  }

  put(id: IdWords, name: string, revision: number): number {
    const row = this.#add(id);
    this.names[row] = name;
    this.revision[row] = revision;
    return row;
  }

  #add(id: IdWords): number {
    const before = this.ids.count;
    const row = this.ids.add(id);
    if (row !== before) return row;
    this.revision = withRoom(this.revision, row + 1);
    this.firstSubscription = withRoom(this.firstSubscription, row + 1);
    this.firstSubscription[row] = NO_ROW;
    return row;
  }
}
