import type { LicenceChange } from '../../../contract/licence.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { AccountId, HoldingId, LicenceId, MemberId, ProductId, TeamId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';
import type { Prepared } from '../../db/prepared.ts';
import type { Viewer } from '../../db/sight.ts';
import { seesInside } from '../../db/sight.ts';
import type { Repeat } from '../../platform/caller.ts';

/** Who commands, and what makes the command repeatable. */
export interface Commander {
  readonly teamId: TeamId;
  readonly accountId: AccountId;
  /** The roles that may do it; judged under the team's lock. */
  readonly roles: readonly string[];
  readonly at: Date;
  readonly repeat: Repeat | undefined;
}

/** What a command of the database answers: a refusal, the state of a repeated request, or what it did. */
export interface CommandResult {
  readonly refusal?: string;
  readonly state?: 'running' | 'reused' | 'done';
  readonly response?: LicenceChange;
  /** Accounts whose entitlement may have changed; null for somebody without one. */
  readonly accounts?: readonly (string | null)[];
}

const GIVE = {
  name: 'give_licence',
  text: 'select give_licence($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as result',
};
const TAKE = { name: 'take_licence', text: 'select take_licence($1, $2, $3, $4, $5, $6, $7, $8) as result' };
const MOVE = {
  name: 'move_licence',
  text: 'select move_licence($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as result',
};

/**
 * Gives the next free licence of a product, in one round trip and one short transaction.
 *
 * The function locks the team's stream before it looks, so two who race for the last licence get it one after the other.
 */
export async function giveLicence(
  prepared: Prepared,
  { teamId, accountId, roles, at, repeat }: Commander,
  what: { productId: ProductId; memberId: MemberId; today: CalendarDate; holdingId: HoldingId },
): Promise<CommandResult> {
  const { productId, memberId, today, holdingId } = what;
  const values = [teamId, productId, memberId, accountId, roles, at, today, holdingId, ...repeatParts(repeat)];
  return answer(await prepared.first<Row>(GIVE, values));
}

/** Takes a licence back from the member who was seen with it. */
export async function takeLicence(
  prepared: Prepared,
  { teamId, accountId, roles, at, repeat }: Commander,
  { licenceId, memberId }: { licenceId: LicenceId; memberId: MemberId },
): Promise<CommandResult> {
  const values = [teamId, licenceId, memberId, accountId, roles, at, ...repeatParts(repeat)];
  return answer(await prepared.first<Row>(TAKE, values));
}

/** Moves a licence in one step: at no moment do both members, or neither, have it. */
export async function moveLicence(
  prepared: Prepared,
  { teamId, accountId, roles, at, repeat }: Commander,
  what: { licenceId: LicenceId; from: MemberId; to: MemberId; today: CalendarDate; holdingId: HoldingId },
): Promise<CommandResult> {
  const { licenceId, from, to, today, holdingId } = what;
  const values = [teamId, licenceId, from, to, accountId, roles, at, today, holdingId, ...repeatParts(repeat)];
  return answer(await prepared.first<Row>(MOVE, values));
}

interface Row {
  readonly result: CommandResult;
}

const answer = (row: Row | undefined): CommandResult => row?.result ?? {};

const repeatParts = (repeat: Repeat | undefined) => [repeat?.key ?? null, repeat?.hash ?? null];

/** A team's newest revision; undefined for who does not see into the team. */
export async function findTeamRevision(db: Db, viewer: Viewer, teamId: TeamId): Promise<number | undefined> {
  const row = await db
    .selectFrom('stream as s')
    .select('s.head')
    .where('s.id', '=', teamId)
    .where(seesInside(viewer, 's.id'))
    .executeTakeFirst();
  return row?.head;
}

/** All licences of a team, in the order of their subscriptions and numbers, by way of the subscriptions' own index. */
export async function listLicenceRows(db: Db, viewer: Viewer, teamId: TeamId) {
  return db
    .selectFrom('subscription as s')
    .innerJoin('licence as l', 'l.subscriptionId', 's.id')
    .select(['l.id', 'l.number', 'l.productId', 'l.subscriptionId', 'l.state', 'l.memberId', 'l.since'])
    .where('s.teamId', '=', teamId)
    .where(seesInside(viewer, 's.teamId'))
    .where('s.state', '<>', 'terminated')
    .orderBy('l.subscriptionId')
    .orderBy('l.number')
    .execute();
}

/** The subscriptions of a team with how many of their licences are held and reserved. */
export async function listSubscriptionRows(db: Db, viewer: Viewer, teamId: TeamId) {
  return db
    .selectFrom('subscription as s')
    .innerJoin('product as p', 'p.id', 's.productId')
    .leftJoin('orderItem as i', 'i.id', 's.orderItemId')
    .leftJoin('order as o', 'o.id', 'i.orderId')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('licence as l')
          .select((l) => [
            l.fn.countAll<number>().filterWhere('l.state', '=', 'held').as('held'),
            l.fn.countAll<number>().filterWhere('l.state', '=', 'reserved').as('reserved'),
            l.fn.countAll<number>().filterWhere('l.state', '=', 'free').as('free'),
          ])
          .whereRef('l.subscriptionId', '=', 's.id')
          .as('n'),
      (join) => join.onTrue(),
    )
    .select([
      's.id',
      's.productId',
      'p.key as productKey',
      'p.name as productName',
      'p.kind',
      's.quantity',
      's.startsOn',
      's.endsOn',
      's.graceDays',
      's.suspendedDays',
      'o.number as orderNumber',
      'n.held',
      'n.reserved',
      'n.free',
    ])
    .where('s.teamId', '=', teamId)
    .where(seesInside(viewer, 's.teamId'))
    .where('s.state', '<>', 'terminated')
    .orderBy('s.endsOn', 'desc')
    .orderBy('s.id')
    .execute();
}
