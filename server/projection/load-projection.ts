import type { CalendarDate } from '../../domain/calendar-date.ts';
import type { ProductId } from '../../domain/id.ts';
import type { Pool, PoolClient } from '../db/database.ts';
import type { CopiedRow } from './copy-rows.ts';
import { NO_ROW } from './id-table.ts';
import { idWords, readId } from './id-words.ts';
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
  await readCopy(members, (row) => addStanding(projection, row, 'accepted'));
  await readCopy(startCopy(first, copies.invited), (row) => addStanding(projection, row, 'invited'));
  await readCopy(startCopy(first, copies.removed), (row) => addStanding(projection, row, 'removed'));
  return { projection, snapshot: moment.snapshot, highest: moment.highest, databaseStart };
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
