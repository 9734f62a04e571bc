import type { Account } from '../../../contract/account.ts';
import type { Entitlement } from '../../../contract/entitlement.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type {
  Entitlement as Decided,
  EntitlementFacts,
  GrantedReason,
  RefusedReason,
} from '../../../domain/entitlement.ts';
import { decideEntitlement } from '../../../domain/entitlement.ts';
import type { ApplicationId, ProductId, TeamId } from '../../../domain/id.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller, DeviceCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayOf } from '../../platform/ground.ts';
import { noApplication } from '../../projection/catalogue-view.ts';
import type { ChangeFeed } from '../../projection/change-feed.ts';
import type { Decision, Projection } from '../../projection/projection.ts';
import type { ProductRow, TeamFacts } from './entitlement.queries.ts';
import { getAccountShown, listLicensedProducts, listTeamFacts } from './entitlement.queries.ts';

export interface Wanted {
  /** Id or key of a product; all of the caller's where it is left out. */
  readonly productId?: string | undefined;
  readonly teamId?: TeamId | undefined;
  /** The revision of that team that the answer must at least stand at. */
  readonly atLeastRevision?: number | undefined;
}

/**
 * The entitlements of the caller: one for each of its teams and each product, so that a "no" can be explained as well.
 *
 * @throws AppError `notFound` for a product that is none, or none of the application's; `revisionNotReached`.
 */
export async function listMyEntitlements(
  ground: Ground,
  caller: AccountCaller | DeviceCaller,
  { productId, teamId, atLeastRevision = 0 }: Wanted,
): Promise<{ account: Account; items: Entitlement[] }> {
  const { db } = ground;
  const products = await productsOf(ground, caller);
  const wanted = products.filter(({ id, key }) => productId === undefined || id === productId || key === productId);
  if (productId !== undefined && wanted.length === 0) throw new AppError('notFound');
  const teams = await listTeamFacts(db, caller.accountId, teamId);
  // The database answers, so a revision that is not there is one that nobody has seen.
  if (teamId && teams.some(({ revision }) => revision < atLeastRevision)) throw new AppError('revisionNotReached');
  const today = todayOf(ground);
  const items = teams.flatMap((team) => wanted.map((product) => entitlementIn(team, product, today)));
  return { account: await getAccountShown(db, caller.accountId), items };
}

/** The products that the caller asks about: an application's own, or all for a person in the portal. */
export function productsOf({ db }: Ground, caller: AccountCaller | DeviceCaller): Promise<ProductRow[]> {
  return listLicensedProducts(db, caller.kind === 'device' ? caller.applicationId : undefined);
}

function entitlementIn(team: TeamFacts, product: ProductRow, today: CalendarDate): Entitlement {
  const decided = decideEntitlement(factsOf(team, product.id), today);
  return {
    teamId: team.teamId,
    teamName: team.teamName,
    productId: product.id,
    productKey: product.key,
    productName: product.name,
    ...present(decided),
    revision: team.revision,
  };
}

const present = ({ decision, reason, until }: Decided) => ({ decision: decision === 'granted', reason, until });

/** Whoever asks here is signed in, and so confirmed; product and team are there. */
function factsOf({ memberState, licences, subscriptions }: TeamFacts, productId: ProductId): EntitlementFacts {
  const ofProduct = (row: { readonly productId: ProductId }) => row.productId === productId;
  return {
    account: { confirmed: true },
    productKnown: true,
    teamKnown: true,
    member: { state: memberState },
    licences: licences.filter(ofProduct).map(({ licenceId, state, ...term }) => ({
      licenceId,
      assignment: state === 'held' ? 'holding' : 'reservation',
      term,
    })),
    subscriptions: subscriptions.filter(ofProduct),
  };
}

/** What a check asks: the account by id or e-mail address, the product by id or key. */
export interface EntitlementCheck {
  /** The application that asks; products that are not its own do not exist for it. */
  readonly applicationId: ApplicationId;
  readonly subject: string;
  readonly product: string;
  readonly teamId: string;
  /** The revision of the team that the answer must at least stand at. */
  readonly atLeastRevision: number | undefined;
}

/** The answer to a check. */
export interface CheckedEntitlement {
  readonly decision: boolean;
  /** `unavailable` where nobody can tell at the moment. */
  readonly reason: GrantedReason | RefusedReason | 'unavailable';
  /** Last calendar date on which it works without a renewal; null when it does not work. */
  readonly until: CalendarDate | null;
  /** The team's revision that the answer stands at; null where there is no such team. */
  readonly revision: number | null;
  /** Where the database is away: how old what is answered from is. */
  readonly stale?: { readonly ageSeconds: number };
}

/**
 * Answers an application's check of anyone: may this account use this product in this team now?
 *
 * From memory where that is current, which is the rule: then it answers at once and not as a promise. Otherwise it waits,
 * for two seconds at most. Without the database it answers what it last knew, marked with its age, for a minute; then no.
 *
 * @throws AppError `revisionNotReached` where the team does not come to the revision asked for.
 */
export function checkEntitlement(
  { feed }: Pick<Ground, 'feed'>,
  check: EntitlementCheck,
): CheckedEntitlement | Promise<CheckedEntitlement> {
  const projection = feed.current;
  return projection && feed.shows(check.teamId, check.atLeastRevision)
    ? decideFrom(projection, check)
    : checkWaiting(feed, check);
}

async function checkWaiting(feed: ChangeFeed, check: EntitlementCheck): Promise<CheckedEntitlement> {
  if (await feed.reach(check.teamId, check.atLeastRevision)) return decideFrom(feed.projection, check);
  if (!feed.isUsable) return { decision: false, reason: 'unavailable', until: null, revision: null };
  // What is old must not say yes for what was taken before the revision that the caller knows of. What this process committed
  // in the moment in which the database went away is nobody's reason to get no answer.
  if (!feed.remembers(check.teamId, check.atLeastRevision)) throw new AppError('revisionNotReached');
  return { ...decideFrom(feed.projection, check), stale: { ageSeconds: Math.ceil(feed.ageMilliseconds / 1000) } };
}

function decideFrom(projection: Projection, check: EntitlementCheck): Decision {
  const application = projection.catalogue.application(check.applicationId) ?? noApplication;
  return projection.decide(application, check.subject, check.product, check.teamId);
}
