import type { Client } from '../../contract/client.ts';
import { createClient } from '../../contract/client.ts';
import type { CustomerId, MemberId, ProductId, TeamId } from '../../domain/id.ts';
import { DEMO_CUSTOMER_NUMBER, DEMO_PASSWORD, demoColleagues, demoPeople } from '../../server/demo/people.ts';
import { until } from './network.ts';

/** Who works with the demo's team while its database fails. */
export interface Office {
  readonly teamId: TeamId;
  readonly customerId: CustomerId;
  readonly productId: ProductId;
  readonly owner: Client;
  readonly agent: Client;
  /** Signs somebody of the demo in. */
  readonly as: (email: string) => Promise<Client>;
  /** Addresses of those who hold a licence all the time. */
  readonly holders: readonly string[];
  /** A member who has none, and an application. */
  readonly waiting: { readonly email: string; readonly memberId: MemberId };
  /** Members whose licences are given and taken back all the time. */
  readonly busy: readonly MemberId[];
}

/** Buys licences for everybody and invites people to give them to: a tick on somebody invited keeps one for them. */
export async function openOffice(url: string, people: number): Promise<Office> {
  const as = (email: string) => signIn(url, email);
  const [owner, agent] = await Promise.all([as(demoPeople.owner.email), as(demoPeople.agent.email)]);
  const { items } = await agent.listCustomers({ query: { search: DEMO_CUSTOMER_NUMBER } });
  const customerId = required(items[0]?.id, 'customer');
  const teamId = required((await agent.getCustomer({ customerId })).teams[0]?.id, 'team');
  const { products } = await agent.getPriceList();
  const productId = required(products.find(({ key }) => key === 'share')?.id, 'product');
  const office = { teamId, customerId, productId, owner, agent, as };
  await buyLicences(office, people);
  const busy = await inviteMany(office, people);
  const { items: members } = await owner.listMembers({ teamId, query: { limit: 200 } });
  const { licences } = await owner.listLicences({ teamId });
  const held = new Set(licences.flatMap(({ state, memberId }) => (state === 'held' && memberId ? [memberId] : [])));
  const withAccount = [...Object.values(demoPeople), ...demoColleagues].map(({ email }) => email as string);
  const holders = members.filter(({ id, email }) => held.has(id) && withAccount.includes(email));
  const waiting = required(
    members.find(({ email, id }) => email === demoPeople.member.email && !held.has(id)),
    'member without a licence',
  );
  if (holders.length === 0) throw new Error('nobody in the demo holds a licence');
  return {
    ...office,
    busy,
    holders: holders.map(({ email }) => email),
    waiting: { email: waiting.email, memberId: waiting.id },
  };
}

async function buyLicences(
  {
    agent,
    customerId,
    productId,
    teamId,
    owner,
  }: Pick<Office, 'agent' | 'customerId' | 'productId' | 'teamId' | 'owner'>,
  quantity: number,
): Promise<void> {
  const lines = [{ productId, quantity: quantity + 10, termMonths: 12 }];
  const { id: offerId, version } = await agent.makeOffer({ body: { customerId, lines } });
  await agent.acceptOfferByPhone({ offerId, ifMatch: version, body: { acceptedBy: 'Anna' } });
  await agent.placeOrder({ body: { offerId, teamId } });
  await until('the licences are there', 30, async () => {
    const { licences } = await owner.listLicences({ teamId });
    return licences.filter(({ state }) => state === 'free').length > quantity;
  });
}

async function inviteMany({ owner, teamId }: Pick<Office, 'owner' | 'teamId'>, count: number): Promise<MemberId[]> {
  const people = Array.from({ length: count }, (_, index) => ({
    email: `guest${index}@buero-sued.example`,
    name: `Guest ${index}`,
    role: 'member' as const,
  }));
  const { results } = await owner.inviteMembers({ teamId, body: { people } });
  return results.flatMap(({ memberId }) => (memberId ? [memberId] : []));
}

async function signIn(url: string, email: string): Promise<Client> {
  const answer = await fetch(`${url}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: DEMO_PASSWORD }),
  });
  const cookie = answer.headers.getSetCookie().map((value) => value.split(';')[0]);
  if (cookie.length === 0) throw new Error(`${email} was not signed in: ${answer.status}`);
  return createClient({ baseUrl: url, headers: () => ({ cookie: cookie.join('; ') }) });
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the demo has no such ${what}`);
  return value;
}
