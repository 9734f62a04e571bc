import type { CalendarDate } from '../../domain/calendar-date.ts';
import type { ProductId } from '../../domain/id.ts';
import type { Pool } from '../db/database.ts';
import type { CopiedRow } from './copy-rows.ts';
import { NO_ROW } from './id-table.ts';
import { idWords, readId } from './id-words.ts';
import type { MembershipState } from './membership-table.ts';
import { membershipStates } from './membership-table.ts';
import {
  beginSnapshot,
  copies,
  copyRows,
  estimateRows,
  findDatabaseStart,
  prepareToLoad,
  readCatalogue,
} from './projection.queries.ts';
import { Projection } from './projection.ts';

/** A projection with the moment that it shows. */
export interface Loaded {
  readonly projection: Projection;
  readonly snapshot: string;
  readonly databaseStart: string;
}

/** Reads everything in one transaction, and so of one moment. */
export async function loadProjection(pool: Pool, today: CalendarDate): Promise<Loaded> {
  const client = await pool.connect();
  try {
    await prepareToLoad(client);
    const databaseStart = await findDatabaseStart(client);
    const snapshot = await beginSnapshot(client);
    const projection = new Projection(today, await estimateRows(client));
    projection.catalogue.replace(await readCatalogue(client));
    for (const [copy, onRow] of loaders(projection)) await copyRows(client, copies[copy], onRow);
    await client.query('commit');
    return { projection, snapshot, databaseStart };
  } finally {
    // Its settings and its transaction are this load's own.
    client.release(true);
  }
}

/** How each copy's rows are taken in, in the order in which one stands on the other. */
export function loaders(projection: Projection): [keyof typeof copies, (row: CopiedRow) => void][] {
  return [
    ['teams', (row) => addTeam(projection, row)],
    ['subscriptions', (row) => addSubscription(projection, row)],
    ['accounts', (row) => addAccount(projection, row)],
    ['members', (row) => addStanding(projection, row, 'accepted')],
    ['invited', (row) => addStanding(projection, row, 'invited')],
    ['removed', (row) => addStanding(projection, row, 'removed')],
  ];
}

const PREFIX = { acc: 4, team: 5, sub: 4 } as const;

const textOf = ({ bytes, starts, lengths }: CopiedRow, field: number, encoding: 'utf8' | 'latin1' = 'utf8'): string =>
  bytes.toString(encoding, starts[field], (starts[field] as number) + (lengths[field] as number));

const readIdField = (row: CopiedRow, field: number, prefixLength: number): boolean =>
  readId(textOf(row, field, 'latin1'), prefixLength);

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

/** One row a licence: whoever has several comes several times. Whoever accepted comes first, and that counts. */
function addStanding(projection: Projection, row: CopiedRow, state: MembershipState): void {
  const { accounts, teams, subscriptions, memberships } = projection;
  const account = readIdField(row, 0, PREFIX.acc) ? accounts.ids.find(idWords) : NO_ROW;
  const team = readIdField(row, 1, PREFIX.team) ? teams.ids.find(idWords) : NO_ROW;
  if (account === NO_ROW || team === NO_ROW) throw malformed('member');
  const membership = memberships.add(accounts, account, team);
  const index = membershipStates.indexOf(state);
  if (memberships.state[membership] === 0) memberships.state[membership] = index;
  if (memberships.state[membership] !== index || (row.lengths[2] as number) < 0) return;
  const subscription = readIdField(row, 2, PREFIX.sub) ? subscriptions.ids.find(idWords) : NO_ROW;
  if (subscription === NO_ROW) throw malformed('licence');
  memberships.addLicence(membership, subscription);
}

const malformed = (what: string): Error => new Error(`a row of ${what} is not what the schema promises`);
