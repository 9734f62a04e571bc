import { sql } from 'kysely';
import { standingOf } from './standing.ts';
import type { CaseName } from './table/expectations.ts';
import type { Caller } from './world/caller.ts';
import type { Place } from './world/place.ts';
import type { World } from './world/world.ts';

/** Texts that only somebody may read who has to do with the place: names, addresses, numbers and ids. */
export interface Belongings {
  readonly place: Place;
  /** What is inside a team, which its agent does not see either. */
  readonly inside: readonly string[];
  /** The team as its customer's agent sees it. */
  readonly face: readonly string[];
  /** The customer as everybody in its teams sees it. */
  readonly customer: readonly string[];
  /** What was offered and ordered. */
  readonly sales: readonly string[];
  /** Who sells to the customer. */
  readonly sellers: readonly string[];
}

/** Collects what belongs to whom from the tables themselves, as the world was built. */
export async function collectBelongings({ app, places }: World): Promise<Belongings[]> {
  const all: Belongings[] = [];
  for (const place of places) {
    const { teamId, people, office } = place;
    const customerId = office?.customerId ?? '';
    const texts = async (query: ReturnType<typeof textsOf>) =>
      (await query.execute(app.ground.db)).rows.map(({ text }) => text);
    const inside = await texts(textsOf(INSIDE, teamId));
    const owner: readonly string[] = [people.owner.email, people.owner.memberId];
    all.push({
      place,
      inside: inside.filter((text) => !owner.includes(text) && !text.startsWith('Owner ')),
      face: [teamId, place.teamName, people.owner.email],
      customer: office ? [customerId, office.customerNumber, office.name] : [],
      sales: office ? await texts(textsOf(SALES, customerId)) : [],
      sellers: office ? await texts(textsOf(SELLERS, customerId)) : [],
    });
  }
  return all;
}

/** Queries of one text column about one id. */
const INSIDE = [
  'select m.id as text from member m where m.team_id = $',
  'select m.email as text from member m where m.team_id = $',
  'select a.name as text from member m join account a on a.email = m.email where m.team_id = $',
  'select l.id as text from licence l where l.team_id = $',
  'select h.id as text from holding h where h.team_id = $',
];
const SALES = [
  'select o.id as text from offer o where o.customer_id = $',
  'select o.number as text from offer o where o.customer_id = $',
  'select o.id as text from "order" o where o.customer_id = $',
  'select o.number as text from "order" o where o.customer_id = $',
  'select c.contact_email as text from customer c where c.id = $',
];
const SELLERS = [
  'select ag.email as text from agent ag join customer c on c.partner_id = ag.partner_id where c.id = $',
];

function textsOf(queries: readonly string[], id: string) {
  const parts = queries.map((query) => {
    const [before = ''] = query.split('$');
    return sql`${sql.raw(before)}${id}`;
  });
  return sql<{ text: string }>`${sql.join(parts, sql` union `)}`;
}

export interface Read {
  readonly caller: Caller;
  readonly name: CaseName;
  readonly body: string;
  /** Whether the policies are off: then roles within a team or customer make no difference. */
  readonly rolesAside?: boolean;
}

/** The first text of somebody else's in an answer; undefined where there is none. */
export function foreignTextIn(world: World, belongings: readonly Belongings[], read: Read): string | undefined {
  const { body } = read;
  for (const owned of belongings) {
    const found = hiddenFrom(world, read, owned).find((text) => body.includes(text));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An order names the team that it is for to whoever buys for the customer. */
const NAMES_TEAMS: readonly CaseName[] = ['listOrders', 'getOrder', 'completeOrder'];

/** Everybody knows its own name and address. */
const isOwn = ({ email, displayName }: Caller, text: string): boolean => text === email || text === displayName;

/** Whether the caller has to do with the partner of a place, there or at another one. */
const dealsWith = (world: World, caller: Caller, { office }: Place): boolean =>
  world.places.some(
    (place) =>
      place.office?.partnerId === office?.partnerId &&
      !['none', 'otherAgent'].includes(standingOf(world, caller, { about: 'customer', place })),
  );

/** What of a place this caller must not read. */
function hiddenFrom(world: World, { caller, name, rolesAside }: Read, owned: Belongings): readonly string[] {
  const inTeam = standingOf(world, caller, { about: 'team', place: owned.place });
  if (inTeam === 'staff') return [];
  const ofCustomer = standingOf(world, caller, { about: 'customer', place: owned.place });
  const insider = inTeam !== 'none' && inTeam !== 'agent' && inTeam !== 'otherAgent';
  const agent = inTeam === 'agent';
  const involved = ofCustomer !== 'none' && ofCustomer !== 'otherAgent';
  const buyer = rolesAside ? involved : ofCustomer === 'owner' || ofCustomer === 'administrator';
  const known = caller.knows === owned.place.key;
  return [
    ...(insider ? [] : owned.inside.filter((text) => !isOwn(caller, text))),
    ...(insider || agent || known || (buyer && NAMES_TEAMS.includes(name)) ? [] : owned.face),
    ...(involved || known ? [] : owned.customer),
    ...(agent || buyer ? [] : owned.sales),
    ...(dealsWith(world, caller, owned.place) ? [] : owned.sellers.filter((text) => !isOwn(caller, text))),
  ];
}
