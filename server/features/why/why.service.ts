import type { Entitlement } from '../../../contract/entitlement.ts';
import type { Why } from '../../../contract/why.ts';
import type { AccountId, MemberId, ProductId, TeamId } from '../../../domain/id.ts';
import { decideWhy } from '../../../domain/why.ts';
import type { LastContact, WhyFacts } from '../../../domain/why-fact.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller, DeviceCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayOf } from '../../platform/ground.ts';
import { listMyEntitlements, productsOf } from '../entitlement/entitlement.service.ts';
import { listLiveLeases } from '../lease/lease-list.service.ts';
import { findContact } from '../receipt/receipt.service.ts';
import { mayInTeam, requireInTeam } from '../team/team.policy.ts';
import type { WhyRow } from './why.queries.ts';
import { findMainProduct, findWhyRow } from './why.queries.ts';
import type { Around, Reader } from './why-facts.ts';
import { factsOf, factsOutside, readerOf } from './why-facts.ts';
import { nearest } from './why-nearest.ts';

export interface Asking {
  /** Id or key of a product. */
  readonly productId: string | undefined;
  readonly teamId: TeamId | undefined;
  /** What the caller's clock says. */
  readonly clientTime: Date | undefined;
}

type Product = Why['product'];

/**
 * Why the caller may or may not use a product in a team. A team that is none of the caller's answers as one that does not exist.
 *
 * @throws AppError `notFound` for a product that is none, or none of the application's.
 */
export async function explainMine(ground: Ground, caller: AccountCaller | DeviceCaller, asking: Asking): Promise<Why> {
  const products = await productsOf(ground, caller);
  const { account, items } = await listMyEntitlements(ground, caller, { productId: asking.productId });
  const near = nearest(items, asking.teamId);
  const product = requireProduct(products, asking.productId ?? near?.productId ?? products[0]?.key);
  const teamId = asking.teamId ?? near?.teamId;
  const { accountId } = caller;
  const row = teamId && (await findRow(ground, { teamId, productId: product.id, person: { accountId } }));
  const around = {
    otherTeam: otherTeam(items, { productId: product.id, teamId }),
    clockOffsetSeconds: asking.clientTime && offsetSeconds(ground, asking.clientTime),
    ...(await devicesOf(ground, { row: row || undefined, accountId, productId: product.id, everywhere: true })),
  };
  return explain(ground, {
    person: account,
    product,
    row: row || undefined,
    reader: readerOf(row || undefined),
    around,
  });
}

export interface MemberAsked {
  readonly teamId: TeamId;
  readonly memberId: MemberId;
  readonly productId: string | undefined;
}

/**
 * The same about one member, for those who manage the team's licences: from what this team knows, and nothing else.
 *
 * @throws AppError `notFound` for a team or member that is not the caller's to see, `forbidden` for a role that is too small.
 */
export async function explainMember(ground: Ground, caller: AccountCaller, asked: MemberAsked): Promise<Why> {
  const { teamId, memberId, productId } = asked;
  const standing = await requireInTeam(ground.db, teamId, caller, 'licence.read');
  if (memberId === standing.memberId) return explainMine(ground, caller, { teamId, productId, clientTime: undefined });
  if (standing.role === 'member' && !standing.staff) throw new AppError('forbidden');
  const products = await productsOf(ground, caller);
  const product = requireProduct(products, productId ?? (await findMainProduct(ground.db, teamId)) ?? products[0]?.key);
  const row = await findRow(ground, { teamId, productId: product.id, person: { memberId, askedBy: caller } });
  if (!row) throw new AppError('notFound');
  const reader: Reader = {
    isPerson: false,
    managesPeople: mayInTeam(standing, 'member.invite'),
    managesLicences: mayInTeam(standing, 'licence.give'),
    buys: standing.role === 'owner',
    readsOrders: mayInTeam(standing, 'order.read'),
  };
  const { accountId } = row;
  const devices = accountId
    ? await devicesOf(ground, { row, accountId, productId: product.id, everywhere: false })
    : {};
  const around = { otherTeam: undefined, clockOffsetSeconds: undefined, ...noDevices, ...devices };
  return explain(ground, { person: { name: row.memberName, email: row.memberEmail }, product, row, reader, around });
}

interface Explained {
  readonly person: Why['person'];
  readonly product: Product;
  readonly row: WhyRow | undefined;
  readonly reader: Reader;
  readonly around: Around;
}

function explain(ground: Ground, { person, product, row, reader, around }: Explained): Why {
  const facts = row ? factsOf(row, reader, around) : factsOutside(reader, around);
  const { decision, reason, checks, remedy } = decideWhy(facts, todayOf(ground));
  return {
    decision,
    reason,
    checks: checks.map((check) => ({ ...check })),
    remedy,
    person: { name: person.name, email: person.email },
    product,
    team: row ? { id: row.teamId, name: nameShown(row, reader) } : null,
    at: ground.clock.now().toISOString(),
  };
}

/** Somebody removed knows the team by the name that it had then. */
function nameShown({ state, teamName, nameAtRemoval }: WhyRow, { isPerson }: Reader): string {
  return isPerson && state === 'removed' ? (nameAtRemoval ?? '') : teamName;
}

function requireProduct(products: readonly Product[], named: string | undefined): Product {
  const product = products.find(({ id, key }) => id === named || key === named);
  if (!product) throw new AppError('notFound');
  const { id, key, name } = product;
  return { id, key, name };
}

function findRow(ground: Ground, asked: Omit<Parameters<typeof findWhyRow>[1], 'today'>): Promise<WhyRow | undefined> {
  return findWhyRow(ground.db, { ...asked, today: todayOf(ground) });
}

/** Another team in which the account may use the product now. */
function otherTeam(
  items: readonly Entitlement[],
  { productId, teamId }: { productId: ProductId; teamId: TeamId | undefined },
): WhyFacts['otherTeam'] {
  const found = items.find((item) => item.decision && item.productId === productId && item.teamId !== teamId);
  return found && { teamId: found.teamId, teamName: found.teamName };
}

function offsetSeconds({ clock }: Ground, clientTime: Date): number {
  return Math.round((clientTime.getTime() - clock.now().getTime()) / 1000);
}

interface DevicesOf {
  readonly row: WhyRow | undefined;
  readonly accountId: AccountId;
  readonly productId: ProductId;
  readonly everywhere: boolean;
}

const noDevices = { lease: undefined, contact: undefined };

/** What the person's applications did in a team that it is in. */
async function devicesOf(ground: Ground, { row, ...of }: DevicesOf): Promise<Pick<Around, 'lease' | 'contact'>> {
  // Who is only invited has had nothing here yet. Who was removed may have a lease that runs out.
  if (!row || row.state === 'invited') return noDevices;
  const { teamId, memberId } = row;
  const [contact, leases] = await Promise.all([
    row.state === 'accepted' ? findContact(ground, { ...of, teamId }) : undefined,
    listLiveLeases(ground.db, { at: ground.clock.now(), teamId, memberId, productId: of.productId }),
  ]);
  return { lease: longest(leases), contact: contact && shownContact(ground, contact) };
}

/** The lease that lets an application run the longest; one that is revoked only where there is no other. */
function longest(leases: Awaited<ReturnType<typeof listLiveLeases>>): Around['lease'] {
  const [first] = leases.toSorted(
    (one, other) => Number(one.revoked) - Number(other.revoked) || other.expiresAt.getTime() - one.expiresAt.getTime(),
  );
  return first && { until: first.expiresAt.toISOString(), isRevoked: first.revoked };
}

function shownContact(
  { clock }: Ground,
  { at, place, state }: NonNullable<Awaited<ReturnType<typeof findContact>>>,
): LastContact {
  return {
    at: at.toISOString(),
    secondsAgo: (clock.now().getTime() - at.getTime()) / 1000,
    place: place ?? undefined,
    state: state ?? undefined,
  };
}
