import type { CalendarDate } from '../../domain/calendar-date.ts';
import type { ProductId } from '../../domain/id.ts';
import type { Pool, PoolClient } from '../db/database.ts';
import type { CopiedRow } from './copy-rows.ts';
import { NO_ROW } from './id-table.ts';
import { idWords, readIdIn } from './id-words.ts';
import type { MembershipState } from './membership-table.ts';
import { membershipStates } from './membership-table.ts';
import {
  beginMoment,
  copies,
  estimateRows,
  findDatabaseStart,
  joinMoment,
  prepareToLoad,
  readCatalogue,
  readCopy,
  startCopy,
} from './projection.queries.ts';
import { Projection } from './projection.ts';

/** A projection with the moment that it shows. */
export interface Loaded {
  readonly projection: Projection;
  readonly snapshot: string;
  /** The highest transaction of which a row is in it. */
  readonly highest: string | null;
  readonly databaseStart: string;
}

/**
 * Reads everything of one moment.
 *
 * Two connections share it: while the accounts are taken in, the database already joins members with their licences.
 */
export function loadProjection(pool: Pool, today: CalendarDate): Promise<Loaded> {
  return withClient(pool, (first) => withClient(pool, (second) => load({ first, second, today })));
}

async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await prepareToLoad(client);
    return await work(client);
  } finally {
    // Its settings and its transaction are this load's own.
    client.release(true);
  }
}

async function load({
  first,
  second,
  today,
}: {
  first: PoolClient;
  second: PoolClient;
  today: CalendarDate;
}): Promise<Loaded> {
  const databaseStart = await findDatabaseStart(first);
  const moment = await beginMoment(first);
  await joinMoment(second, moment);
  const members = startCopy(second, copies.members);
  // What it fails with is told by its reading; nobody waits for it before that.
  members.on('error', () => {});
  const projection = new Projection(today, await estimateRows(first));
  projection.catalogue.replace(await readCatalogue(first));
  await readCopy(startCopy(first, copies.teams), (row) => addTeam(projection, row));
  await readCopy(startCopy(first, copies.subscriptions), (row) => addSubscription(projection, row));
  await readCopy(startCopy(first, copies.accounts), (row) => addAccount(projection, row));
  const take = standingTaker(projection);
  await readCopy(members, (row) => take(row, 'accepted'));
  await readCopy(startCopy(first, copies.invited), (row) => take(row, 'invited'));
  await readCopy(startCopy(first, copies.removed), (row) => take(row, 'removed'));
  return { projection, snapshot: moment.snapshot, highest: moment.highest, databaseStart };
}

const PREFIX = { acc: 4, team: 5, sub: 4 } as const;

const textOf = ({ bytes, starts, lengths }: CopiedRow, field: number): string =>
  bytes.toString('utf8', starts[field], (starts[field] as number) + (lengths[field] as number));

const readIdField = ({ latin1, starts, lengths }: CopiedRow, field: number, prefixLength: number): boolean =>
  readIdIn(latin1, starts[field] as number, lengths[field] as number, prefixLength);

/**
 * Finds rows by ids of which neighbours often have the same: teams and their subscriptions, in a list of members.
 *
 * Comparing with the last one takes a tenth of reading and finding it.
 */
class NeighbourIds {
  readonly #find: () => number;
  readonly #prefixLength: number;
  readonly #last = Buffer.alloc(64);
  #lastLength = -1;
  #row = NO_ROW;

  constructor(prefixLength: number, find: () => number) {
    this.#prefixLength = prefixLength;
    this.#find = find;
  }

  /** The row of the id in a field, or {@link NO_ROW}. */
  rowOf(row: CopiedRow, field: number): number {
    if (this.#isLast(row, field)) return this.#row;
    this.#row = readIdField(row, field, this.#prefixLength) ? this.#find() : NO_ROW;
    const start = row.starts[field] as number;
    this.#lastLength = row.lengths[field] as number;
    row.bytes.copy(this.#last, 0, start, start + this.#lastLength);
    return this.#row;
  }

  #isLast({ bytes, starts, lengths }: CopiedRow, field: number): boolean {
    const length = lengths[field] as number;
    if (length !== this.#lastLength) return false;
    const start = starts[field] as number;
    // From the end, where ids differ.
    for (let at = length - 1; at >= 0; at -= 1) if (bytes[start + at] !== this.#last[at]) return false;
    return true;
  }
}

const intOf = ({ bytes, starts }: CopiedRow, field: number): number => bytes.readInt32BE(starts[field]);

function addTeam({ teams }: Projection, row: CopiedRow): void {
  if (!readIdField(row, 0, PREFIX.team)) throw malformed('team');
  teams.put(idWords, textOf(row, 1), Number(row.bytes.readBigInt64BE(row.starts[2])));
}

function addSubscription({ teams, subscriptions, catalogue }: Projection, row: CopiedRow): void {
  const team = readIdField(row, 1, PREFIX.team) ? teams.ids.find(idWords) : NO_ROW;
  // Written by the database from a product's row.
  const product = catalogue.rowOf(textOf(row, 2) as ProductId);
  if (team === NO_ROW || !readIdField(row, 0, PREFIX.sub)) throw malformed('subscription');
  const terms = { product, endsOn: intOf(row, 3), graceDays: intOf(row, 4), suspendedDays: intOf(row, 5) };
  subscriptions.put(idWords, teams, team, terms);
}

function addAccount({ accounts }: Projection, row: CopiedRow): void {
  if (!readIdField(row, 0, PREFIX.acc)) throw malformed('account');
  const { bytes, starts, lengths } = row;
  accounts.put(idWords, bytes[starts[2] as number] === 1, bytes, starts[1], lengths[1]);
}

/** Takes standings in: one row a licence, and whoever has several comes several times. Whoever accepted comes first, and that counts. */
function standingTaker({ accounts, teams, subscriptions, memberships }: Projection) {
  const teamIds = new NeighbourIds(PREFIX.team, () => teams.ids.find(idWords));
  const subscriptionIds = new NeighbourIds(PREFIX.sub, () => subscriptions.ids.find(idWords));
  return (row: CopiedRow, state: MembershipState): void => {
    const team = teamIds.rowOf(row, 1);
    const account = readIdField(row, 0, PREFIX.acc) ? accounts.ids.find(idWords) : NO_ROW;
    if (account === NO_ROW || team === NO_ROW) throw malformed('member');
    const membership = memberships.add(accounts, account, team);
    const index = membershipStates.indexOf(state);
    if (memberships.state[membership] === 0) memberships.state[membership] = index;
    if (memberships.state[membership] !== index || (row.lengths[2] as number) < 0) return;
    const subscription = subscriptionIds.rowOf(row, 2);
    if (subscription === NO_ROW) throw malformed('licence');
    memberships.addLicence(membership, subscription);
  };
}

const malformed = (what: string): Error => new Error(`a row of ${what} is not what the schema promises`);
