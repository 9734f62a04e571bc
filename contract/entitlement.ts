import { z } from 'zod';
import { refusedReasons } from '../domain/entitlement.ts';
import type { CustomerId, TeamId } from '../domain/id.ts';
import { account } from './account.ts';
import { endpoint } from './endpoint.ts';
import { calendarDate, id } from './shape.ts';

export const entitlementReason = z.enum(['held', 'grace', ...refusedReasons]);

/** May this account use this product in this team now, and why. */
export const entitlement = z
  .object({
    teamId: id('team'),
    teamName: z.string(),
    productId: id('prod'),
    productKey: z.string(),
    productName: z.string(),
    decision: z.boolean(),
    reason: entitlementReason,
    /** Last calendar date on which it works without a renewal; null when it does not work. */
    until: calendarDate.nullable(),
    /** The team's revision that the answer stands at. */
    revision: z.int(),
  })
  .meta({ id: 'Entitlement' });
export type Entitlement = z.infer<typeof entitlement>;

/**
 * What an application's stream calls a change of an entitlement; each message carries the whole {@link Entitlement}.
 *
 * `entitlement` is the state at the beginning, and any other change. `given` unlocks, `taken` locks, `ending` begins the
 * grace after a term, `renewed` moves the end.
 */
export type EntitlementMessage = 'entitlement' | 'given' | 'taken' | 'ending' | 'renewed';

/** A change of a team, for portals: read again what you show of it. */
export interface TeamMessage {
  readonly teamId: TeamId;
  readonly revision: number;
}
/** A change of a customer's offers or orders, for agents and staff. */
export interface SaleMessage {
  /** Null where any customer's may have changed. */
  readonly customerId: CustomerId | null;
  /** Zero where no customer is named. */
  readonly revision: number;
}

export const entitlementEndpoints = {
  listMyEntitlements: endpoint({
    method: 'GET',
    path: '/v1/me/entitlements',
    tag: 'Entitlement',
    summary: "The caller's entitlements: one for each of its teams and each product, also those that say no",
    access: 'token',
    query: z.object({
      productId: z.string().max(100).optional(),
      teamId: id('team').optional(),
      /** The revision of the team that the answer must at least stand at. */
      atLeastRevision: z.coerce.number().int().min(0).optional(),
    }),
    response: z.object({ account, items: z.array(entitlement) }),
    codes: ['notFound', 'revisionNotReached'],
  }),
};
