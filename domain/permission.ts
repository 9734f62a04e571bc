import type { TeamRole } from './team.ts';

/** Who acts. One account can be several of these; each is asked about by itself. */
export type ActorKind = 'vendorStaff' | 'agent' | 'account' | TeamRole | 'application' | 'linkBearer';

/**
 * How far a permission reaches. Whatever lies beyond it answers as if it did not exist (rule 10).
 *
 * - `all`: everything of the deployment
 * - `ownPriceList`, `ownCustomers`, `ownSales`: what belongs to the agent's partner
 * - `ownCustomer`: the customer that the team belongs to
 * - `ownTeam`, `ownTeamLicences`: the team that the role is in; or only its licences' part
 * - `self`: what concerns the actor's own account or member row
 * - `ownProducts`, `signedInAccount`: what an application was made for; who is signed in to it
 * - `link`: the one thing that the link was made for
 */
export type Reach =
  | 'all'
  | 'ownPriceList'
  | 'ownCustomers'
  | 'ownSales'
  | 'ownCustomer'
  | 'ownTeam'
  | 'ownTeamLicences'
  | 'self'
  | 'ownProducts'
  | 'signedInAccount'
  | 'link';

type Grants = Readonly<Partial<Record<ActorKind, Reach>>>;

const staff = { vendorStaff: 'all' } as const;
const managers = { owner: 'ownTeam', administrator: 'ownTeam' } as const;
const licenceManagers = { ...managers, licenceManager: 'ownTeam' } as const;
const members = { ...licenceManagers, member: 'ownTeam' } as const;
const eachSelf = {
  account: 'self',
  owner: 'self',
  administrator: 'self',
  licenceManager: 'self',
  member: 'self',
} as const;

/** Who may do what, and how far: the one table. Rules about the single case (the owner's role, a state) are `decide*` functions. */
export const permissions = {
  'catalogue.read': { ...staff, agent: 'ownPriceList' },
  'catalogue.write': staff,
  'partner.read': staff,
  'partner.write': staff,
  'customer.read': { ...staff, agent: 'ownCustomers', owner: 'ownCustomer', administrator: 'ownCustomer' },
  'customer.write': staff,
  'customer.request': { agent: 'ownCustomers' },
  'offer.read': { ...staff, agent: 'ownSales', owner: 'ownCustomer', administrator: 'ownCustomer', linkBearer: 'link' },
  'offer.write': { agent: 'ownSales' },
  'offer.answer': { agent: 'ownSales', owner: 'ownCustomer', linkBearer: 'link' },
  'order.read': { ...staff, agent: 'ownSales', owner: 'ownCustomer', administrator: 'ownCustomer', linkBearer: 'link' },
  'order.place': { agent: 'ownSales' },
  'order.complete': { agent: 'ownSales', owner: 'ownCustomer', linkBearer: 'link' },
  'order.cancel': { agent: 'ownSales' },
  'order.process': staff,
  'order.dispute': { linkBearer: 'link' },
  'team.make': eachSelf,
  'team.makeForCustomer': { ...staff, agent: 'ownCustomers' },
  'team.read': { ...staff, agent: 'ownCustomers', ...members },
  'team.rename': managers,
  'team.correctOwner': { agent: 'ownCustomers' },
  'member.read': { ...staff, ...members, linkBearer: 'link' },
  'member.invite': managers,
  'member.remove': managers,
  'member.changeRole': managers,
  'member.leave': { administrator: 'self', licenceManager: 'self', member: 'self' },
  'ownership.offer': { owner: 'ownTeam' },
  'ownership.accept': { administrator: 'self', licenceManager: 'self', member: 'self' },
  'invitation.accept': { linkBearer: 'link' },
  'licence.read': { ...staff, ...licenceManagers, member: 'self' },
  'licence.give': licenceManagers,
  'licence.take': licenceManagers,
  'licence.move': licenceManagers,
  'licence.request': { member: 'self' },
  'lease.read': { ...staff, ...licenceManagers },
  'storage.read': { ...staff, ...members },
  'entitlement.read': { ...eachSelf, application: 'signedInAccount' },
  'entitlement.check': { application: 'ownProducts' },
  'device.approve': eachSelf,
  'record.read': {
    ...staff,
    agent: 'ownSales',
    owner: 'ownTeam',
    administrator: 'ownTeam',
    licenceManager: 'ownTeamLicences',
    member: 'self',
  },
  'notice.read': staff,
  'notice.sendAgain': staff,
} as const satisfies Readonly<Record<string, Grants>>;

/** Something that somebody may be allowed to do. */
export type Action = keyof typeof permissions;

/** How far an actor may do something, or undefined where it may not at all. */
export const reachOf = (actor: ActorKind, action: Action): Reach | undefined => {
  const grants: Grants = permissions[action];
  return grants[actor];
};

/** Whether an actor may do something at all; {@link reachOf} says to what. */
export const may = (actor: ActorKind, action: Action): boolean => reachOf(actor, action) !== undefined;
