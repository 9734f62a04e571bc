import type { CustomerId, PartnerId } from '../../../domain/id.ts';
import type { Action } from '../../../domain/permission.ts';
import { may } from '../../../domain/permission.ts';
import type { TeamRole } from '../../../domain/team.ts';

/** What somebody sees of customers and sales: everything, what belongs to a partner, what belongs to customers. */
export interface Sight {
  readonly all: boolean;
  readonly partnerId: PartnerId | null;
  readonly customerIds: readonly CustomerId[];
}

/** How an account stands to the vendor's sales; it can be several of these at once. */
export interface SalesStanding {
  readonly staff: boolean;
  readonly partnerId: PartnerId | undefined;
  /** The customers in whose teams the account is a member, with the role that it has there. */
  readonly roles: readonly { readonly customerId: CustomerId; readonly role: TeamRole }[];
}

/** How far somebody who stands so may do something. */
export function sightFor({ staff, partnerId, roles }: SalesStanding, action: Action): Sight {
  return {
    all: staff && may('vendorStaff', action),
    partnerId: partnerId !== undefined && may('agent', action) ? partnerId : null,
    customerIds: roles.filter(({ role }) => may(role, action)).map(({ customerId }) => customerId),
  };
}

export function seesNothing({ all, partnerId, customerIds }: Sight): boolean {
  return !all && partnerId === null && customerIds.length === 0;
}
