import type { ErrorCode } from '../../../contract/error-code.ts';
import { errorCodes } from '../../../contract/error-code.ts';
import type { Licence, LicenceChange, Subscription } from '../../../contract/licence.ts';
import type { LicenceId, MemberId, ProductId, TeamId } from '../../../domain/id.ts';
import type { Action } from '../../../domain/permission.ts';
import { may } from '../../../domain/permission.ts';
import { phaseOn } from '../../../domain/subscription.ts';
import { teamRoles } from '../../../domain/team.ts';
import { inSnapshot } from '../../db/snapshot.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller, Repeat } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayOf } from '../../platform/ground.ts';
import { refuseRepeat } from '../../platform/transact.ts';
import { mayInTeam, requireInTeam } from '../team/team.policy.ts';
import * as queries from './licence.queries.ts';

export interface TeamLicences {
  readonly revision: number;
  readonly subscriptions: Subscription[];
  readonly licences: Licence[];
}

/** A team's licences exactly as they stood at a revision, and as the role that the caller had then is shown them. */
export async function listLicences(ground: Ground, caller: AccountCaller, teamId: TeamId): Promise<TeamLicences> {
  const { standing, revision, subscriptions, licences } = await inSnapshot(ground.db, async (db) => ({
    standing: await requireInTeam(db, teamId, caller, 'licence.read'),
    revision: await queries.findTeamRevision(db, caller, teamId),
    subscriptions: await queries.listSubscriptionRows(db, caller, teamId),
    licences: await queries.listLicenceRows(db, caller, teamId),
  }));
  if (revision === undefined) throw new AppError('notFound');
  const readsOrders = mayInTeam(standing, 'order.read');
  // A plain member sees which licences there are and its own, not who has the others.
  const seen = standing.role === 'member' ? licences.filter((one) => one.memberId === standing.memberId) : licences;
  return {
    revision,
    subscriptions: subscriptions.map((row) => presentSubscription(ground, row, readsOrders)),
    licences: seen.map(presentLicence),
  };
}

type SubscriptionRow = Awaited<ReturnType<typeof queries.listSubscriptionRows>>[number];

/** @param readsOrders Who reads no orders learns no order's number either. */
function presentSubscription(ground: Ground, row: SubscriptionRow, readsOrders: boolean): Subscription {
  const { graceDays, suspendedDays, held, reserved, free, orderNumber, ...rest } = row;
  return {
    ...rest,
    orderNumber: readsOrders ? orderNumber : null,
    held: held ?? 0,
    reserved: reserved ?? 0,
    free: free ?? 0,
    phase: phaseOn({ endsOn: row.endsOn, graceDays, suspendedDays }, todayOf(ground)),
  };
}

type LicenceRow = Awaited<ReturnType<typeof queries.listLicenceRows>>[number];

const presentLicence = (row: LicenceRow): Licence => ({ ...row, since: row.since?.toISOString() ?? null });

const rolesThatMay = (action: Action) => teamRoles.filter((role) => may(role, action));
const giving = rolesThatMay('licence.give');
const taking = rolesThatMay('licence.take');
const moving = rolesThatMay('licence.move');

export interface Giving {
  readonly teamId: TeamId;
  readonly productId: ProductId;
  readonly memberId: MemberId;
  readonly repeat: Repeat | undefined;
}

/** Gives a licence to an accepted member, or reserves one for somebody still invited. */
export async function giveLicence(ground: Ground, caller: AccountCaller, give: Giving): Promise<LicenceChange> {
  const by = commander(ground, caller, { ...give, roles: giving });
  const what = { ...give, today: todayOf(ground), holdingId: ground.newId('hold') };
  return finish(ground, give.teamId, await queries.giveLicence(ground.prepared, by, what));
}

export interface Taking {
  readonly teamId: TeamId;
  readonly licenceId: LicenceId;
  /** The holder that the caller saw: a licence that went to somebody else since stays there. */
  readonly memberId: MemberId;
  readonly repeat: Repeat | undefined;
}

/** Takes a licence back, or withdraws a reservation. */
export async function takeLicence(ground: Ground, caller: AccountCaller, take: Taking): Promise<LicenceChange> {
  const by = commander(ground, caller, { ...take, roles: taking });
  return finish(ground, take.teamId, await queries.takeLicence(ground.prepared, by, take));
}

export interface Moving {
  readonly teamId: TeamId;
  readonly licenceId: LicenceId;
  readonly fromMemberId: MemberId;
  readonly toMemberId: MemberId;
  readonly repeat: Repeat | undefined;
}

/** Moves a licence from the holder that the caller saw to another member. */
export async function moveLicence(ground: Ground, caller: AccountCaller, move: Moving): Promise<LicenceChange> {
  const by = commander(ground, caller, { ...move, roles: moving });
  const what = {
    licenceId: move.licenceId,
    from: move.fromMemberId,
    to: move.toMemberId,
    today: todayOf(ground),
    holdingId: ground.newId('hold'),
  };
  return finish(ground, move.teamId, await queries.moveLicence(ground.prepared, by, what));
}

interface Commanding {
  readonly teamId: TeamId;
  readonly roles: readonly string[];
  readonly repeat: Repeat | undefined;
}

function commander(ground: Ground, caller: AccountCaller, { teamId, roles, repeat }: Commanding): queries.Commander {
  return { teamId, accountId: caller.accountId, roles, at: ground.clock.now(), repeat };
}

/** Turns what the database answered into the caller's answer, and has the change looked at. */
function finish(ground: Ground, teamId: TeamId, result: queries.CommandResult): LicenceChange {
  if (result.state) refuseRepeat(result.state);
  if (result.refusal) throw new AppError(codeOf(result.refusal));
  if (!result.response) throw new Error('a licence command answered nothing');
  ground.feed.committed(teamId, result.response.revision);
  return result.response;
}

function codeOf(refusal: string): ErrorCode {
  if (!Object.hasOwn(errorCodes, refusal)) throw new Error(`${refusal} is no code`);
  return refusal as ErrorCode;
}
