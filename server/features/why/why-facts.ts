import { may } from '../../../domain/permission.ts';
import { teamNameKey } from '../../../domain/team-name.ts';
import type { OpenOrder, WhyFacts, WhyReader } from '../../../domain/why-fact.ts';
import type { OpenOrderRow, WhyRow } from './why.queries.ts';

/** Who reads the explanation, and whether the team's orders are to be read by them. */
export interface Reader extends WhyReader {
  readonly readsOrders: boolean;
}

/** What is known apart from the team's own rows. */
export type Around = Pick<WhyFacts, 'otherTeam' | 'lease' | 'clockOffsetSeconds' | 'contact'>;

/** A person outside the team; whether the team exists makes no difference to it. */
export function factsOutside(reader: Reader, around: Around): WhyFacts {
  return {
    entitlement: {
      account: { confirmed: true },
      productKnown: true,
      teamKnown: true,
      member: undefined,
      licences: [],
      subscriptions: [],
    },
    reader,
    ...around,
    invitationEndsOn: undefined,
    claims: false,
    acceptedAt: undefined,
    removedAt: undefined,
    free: 0,
    order: undefined,
    leaseSeconds: 0,
    ownerName: undefined,
    partnerName: undefined,
  };
}

/**
 * The facts of a team's row, as far as the reader may know them.
 *
 * Whether somebody who is only invited has an account, or has proven its mailbox, is not told to anybody in the team: it would
 * tell of every address whether there is an account. The team's own matters are for those who are in it.
 */
export function factsOf(row: WhyRow, reader: Reader, around: Around): WhyFacts {
  const isMember = row.state === 'accepted';
  const isFellow = isMember || !reader.isPerson;
  return {
    ...factsOutside(reader, around),
    entitlement: {
      account: { confirmed: true },
      productKnown: true,
      teamKnown: true,
      member: { state: row.state },
      licences: row.licences.map(({ licenceId, state, ...term }) => ({
        licenceId,
        assignment: state === 'held' ? 'holding' : 'reservation',
        term,
      })),
      subscriptions: isMember ? row.subscriptions : [],
    },
    invitationEndsOn: row.role === 'owner' ? undefined : (row.invitationEndsOn ?? undefined),
    claims: row.role === 'owner' && !row.isClaimed,
    acceptedAt: row.acceptedAt?.toISOString(),
    removedAt: row.removedAt?.toISOString(),
    free: isMember ? row.free : 0,
    order: isMember ? openOrder(row, reader) : undefined,
    leaseSeconds: row.leaseHours * 3600,
    ownerName: isFellow ? row.ownerName : undefined,
    partnerName: isFellow ? (row.partnerName ?? undefined) : undefined,
  };
}

/** What a member may do in its own team. */
export function readerOf(row: WhyRow | undefined): Reader {
  const role = row?.state === 'accepted' ? row.role : undefined;
  return {
    isPerson: true,
    managesPeople: role !== undefined && may(role, 'member.invite'),
    managesLicences: role !== undefined && may(role, 'licence.give'),
    buys: role !== undefined && may(role, 'order.complete'),
    readsOrders: role !== undefined && may(role, 'order.read'),
  };
}

/** The order that a team hears of first: the one that comes soonest. An order that names no team yet is its readers' alone. */
function openOrder(row: WhyRow, reader: Reader): OpenOrder | undefined {
  const found = row.orders
    .filter((order) => order.isOfTeam || (reader.readsOrders && mayBeMeant(order, row)))
    .map((order) => ({
      waitsFor: waitsFor(order, reader),
      number: reader.readsOrders ? order.number : undefined,
    }));
  const soonest = ['inProgress', 'review', 'pending', 'disputed'] as const;
  return soonest.map((wait) => found.find((order) => order.waitsFor === wait)).find((order) => order !== undefined);
}

/** Whether nothing that the order says of its team speaks against this one. */
function mayBeMeant(order: OpenOrderRow, { nameKey, ownerEmail }: WhyRow): boolean {
  const isNamed = order.teamName === null || teamNameKey(order.teamName) === nameKey;
  return isNamed && (order.ownerEmail === null || order.ownerEmail === ownerEmail);
}

/** That the customer disputes an order is between it and the vendor, and so is one that failed: others hear that somebody looks at it. */
function waitsFor({ state, reason }: OpenOrderRow, { readsOrders }: Reader): OpenOrder['waitsFor'] {
  if (state === 'pending') return 'pending';
  if (state === 'failed') return 'review';
  if (state !== 'held') return 'inProgress';
  return reason === 'disputed' && readsOrders ? 'disputed' : 'review';
}
