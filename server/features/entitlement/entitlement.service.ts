import type { Account } from '../../../contract/account.ts';
import type { Entitlement, EvaluationResponse } from '../../../contract/entitlement.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { Entitlement as Decided, EntitlementFacts } from '../../../domain/entitlement.ts';
import { decideEntitlement } from '../../../domain/entitlement.ts';
import type { ProductId, TeamId } from '../../../domain/id.ts';
import { AppError, invalidField } from '../../platform/app-error.ts';
import type { AccountCaller, DeviceCaller, ServiceCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayOf } from '../../platform/ground.ts';
import type { ProductRow, TeamFacts } from './entitlement.queries.ts';
import { findCheckedFacts, getAccountShown, listLicensedProducts, listTeamFacts } from './entitlement.queries.ts';

export interface Wanted {
  /** Id or key of a product; all of the caller's where it is left out. */
  readonly productId?: string | undefined;
  readonly teamId?: TeamId | undefined;
}

/**
 * The entitlements of the caller: one for each of its teams and each product, so that a "no" can be explained as well.
 *
 * @throws AppError `notFound` for a product that is none, or none of the application's.
 */
export async function listMyEntitlements(
  ground: Ground,
  caller: AccountCaller | DeviceCaller,
  { productId, teamId }: Wanted,
): Promise<{ account: Account; items: Entitlement[] }> {
  const { db } = ground;
  const products = await productsOf(ground, caller);
  const wanted = products.filter(({ id, key }) => productId === undefined || id === productId || key === productId);
  if (productId !== undefined && wanted.length === 0) throw new AppError('notFound');
  const teams = await listTeamFacts(db, caller.accountId, teamId);
  const today = todayOf(ground);
  const items = teams.flatMap((team) => wanted.map((product) => entitlementIn(team, product, today)));
  return { account: await getAccountShown(db, caller.accountId), items };
}

/** The products that the caller asks about: an application's own, or all for a person in the portal. */
export function productsOf({ db }: Ground, caller: AccountCaller | DeviceCaller): Promise<ProductRow[]> {
  return listLicensedProducts(db, caller.kind === 'device' ? caller.applicationId : undefined);
}

function entitlementIn(team: TeamFacts, product: ProductRow, today: CalendarDate): Entitlement {
  const decided = decideEntitlement(factsOf({ team, productId: product.id, confirmed: true }), today);
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

interface Known {
  readonly team: TeamFacts | null;
  readonly productId: ProductId | null;
  readonly confirmed: boolean | null;
}

function factsOf({ team, productId, confirmed }: Known): EntitlementFacts {
  const ofProduct = (row: { readonly productId: ProductId }) => row.productId === productId;
  return {
    account: confirmed === null ? undefined : { confirmed },
    productKnown: productId !== null,
    teamKnown: team !== null,
    member: team?.memberState ? { state: team.memberState } : undefined,
    licences: (team?.licences ?? []).filter(ofProduct).map(({ licenceId, state, ...term }) => ({
      licenceId,
      assignment: state === 'held' ? 'holding' : 'reservation',
      term,
    })),
    subscriptions: (team?.subscriptions ?? []).filter(ofProduct),
  };
}

/** An access evaluation request as AuthZEN 1.0 section 6.1 has it. */
export interface Evaluation {
  readonly subject: { readonly type: string; readonly id: string };
  readonly action: { readonly name: string };
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly properties?: Record<string, unknown> | undefined;
  };
  readonly context?: Record<string, unknown> | undefined;
}

/**
 * Answers an application's check of anyone: may this account use this product in this team now?
 *
 * @throws AppError `invalidRequest` where the types or the action are none that are answered here, or no team is named.
 */
export async function evaluate(
  ground: Ground,
  { applicationId }: ServiceCaller,
  { subject, action, resource, context }: Evaluation,
): Promise<EvaluationResponse> {
  if (subject.type !== 'account') throw invalidField('subject.type', 'expected account');
  if (action.name !== 'use') throw invalidField('action.name', 'expected use');
  if (resource.type !== 'product') throw invalidField('resource.type', 'expected product');
  const teamId = resource.properties?.team ?? context?.team;
  if (typeof teamId !== 'string') throw invalidField('resource.properties.team', 'expected the id of a team');
  const ids = { subject: subject.id, product: resource.id, teamId, applicationId };
  const { team, productId, accountConfirmed } = await findCheckedFacts(ground.prepared, ids);
  const decided = decideEntitlement(factsOf({ team, productId, confirmed: accountConfirmed }), todayOf(ground));
  const { decision, reason, until } = present(decided);
  return { decision, context: { reason, until, revision: team?.revision ?? null } };
}
