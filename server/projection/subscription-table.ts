import { withRoom } from './columns.ts';
import { IdTable } from './id-table.ts';
import type { IdWords } from './id-words.ts';
import type { TeamTable } from './team-table.ts';

/** What decides where a subscription stands; days are counted from 1970-01-01. */
export interface SubscriptionTerms {
  /** Row of the product in the catalogue. */
  readonly product: number;
  readonly endsOn: number;
  readonly graceDays: number;
  readonly suspendedDays: number;
}

/** The places of a subscription, in the order in which it passes through them. */
export const phases = ['active', 'grace', 'suspended', 'terminated'] as const;
export const GRACE = phases.indexOf('grace');

/** The subscriptions, each in the list of its team, with the phase of today worked out once a day. */
export class SubscriptionTable {
  readonly ids: IdTable;
  product: Uint16Array;
  endsOn: Int32Array;
  graceDays: Int32Array;
  suspendedDays: Int32Array;
  /** Index into {@link phases}. */
  phase: Uint8Array;
  /** The next subscription of the same team, or `NO_ROW`. */
  next: Int32Array;
  #today: number;

  constructor(today: number, expected = 0) {
    const rows = Math.max(16, expected);
    this.#today = today;
    this.ids = new IdTable(expected);
    this.product = new Uint16Array(rows);
    this.endsOn = new Int32Array(rows);
    this.graceDays = new Int32Array(rows);
    this.suspendedDays = new Int32Array(rows);
    this.phase = new Uint8Array(rows);
    this.next = new Int32Array(rows);
  }

  /** The row of a subscription, made if it is new. */
  put(id: IdWords, teams: TeamTable, team: number, terms: SubscriptionTerms): number {
    const before = this.ids.count;
    const row = this.ids.add(id);
    if (row === before) this.#append(row, teams, team);
    this.product[row] = terms.product;
    this.endsOn[row] = terms.endsOn;
    this.graceDays[row] = terms.graceDays;
    this.suspendedDays[row] = terms.suspendedDays;
    this.#setPhase(row);
    return row;
  }

  /** The last day on which it works without renewal. */
  lastUsableDay(row: number): number {
    return (this.endsOn[row] as number) + (this.graceDays[row] as number);
  }

  /** Begins a new day. */
  setToday(today: number): void {
    this.#today = today;
    for (let row = 0; row < this.ids.count; row += 1) this.#setPhase(row);
  }

  #append(row: number, teams: TeamTable, team: number): void {
    this.product = withRoom(this.product, row + 1);
    this.endsOn = withRoom(this.endsOn, row + 1);
    this.graceDays = withRoom(this.graceDays, row + 1);
    this.suspendedDays = withRoom(this.suspendedDays, row + 1);
    this.phase = withRoom(this.phase, row + 1);
    this.next = withRoom(this.next, row + 1);
    this.next[row] = teams.firstSubscription[team] as number;
    teams.firstSubscription[team] = row;
  }

  /** The domain's `phaseOn` in numbers; a test holds the two against each other. */
  #setPhase(row: number): void {
    const usable = this.lastUsableDay(row);
    let phase = 0;
    if (this.#today > (this.endsOn[row] as number)) phase += 1;
    if (this.#today > usable) phase += 1;
    if (this.#today > usable + (this.suspendedDays[row] as number)) phase += 1;
    this.phase[row] = phase;
  }
}
