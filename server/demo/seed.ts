import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../../contract/client.ts';
import { createClient } from '../../contract/client.ts';
import type { LinkKind } from '../../contract/link.ts';
import type { AccountId, LinkId, OrderId, TeamId } from '../../domain/id.ts';
import type { App } from '../app.ts';
import { makeAccount } from '../features/account/account.service.ts';
import { endSignInsOf } from '../features/account/sign-in-place.service.ts';
import { importCustomerFile } from '../features/customer/customer-import.service.ts';
import { findLiveLink, secretOfLink } from '../features/link/link.service.ts';
import { systemActor } from '../platform/caller.ts';
import type { Ground } from '../platform/ground.ts';
import { transact } from '../platform/transact.ts';
import type { DemoPerson } from './people.ts';
import {
  DEMO_CUSTOMER_NUMBER,
  DEMO_PASSWORD,
  DEMO_TEAM_NAME,
  demoColleagues,
  demoInvited,
  demoPeople,
} from './people.ts';

const CUSTOMERS = new URL('../../deployment/demo-customers.csv', import.meta.url);
const LICENCES = 8;

/**
 * Fills an empty demo with customers, accounts and one sale that has run its course.
 *
 * It calls the API as the people would, so what stands there has come about the way everything does.
 */
export async function seedDemo(ground: Ground, app: App): Promise<void> {
  await importCustomerFile(ground, await readFile(CUSTOMERS));
  const clients = await makeAccounts(ground, app);
  const { teamId, orderId } = await sell(clients(demoPeople.agent));
  await clients(demoPeople.owner).claimTeam(await linkOf(ground, 'claimTeam', teamId));
  await gather(ground, teamId, clients);
  await completed(clients(demoPeople.agent), orderId);
  await handOut(clients(demoPeople.owner), teamId);
  // Nobody shall find a sign-in among their own that they never made.
  await endSignInsOf(ground, 'everybody');
}

type ClientOf = (person: DemoPerson) => Client;

/** The member comes last: its account says that the accounts are all there. */
async function makeAccounts(ground: Ground, app: App): Promise<ClientOf> {
  const people = [...Object.values(demoPeople), ...demoColleagues];
  const passwordHash = await app.identity.hashPassword(DEMO_PASSWORD);
  const clients = new Map<string, Client>();
  const accountIds = await transact(ground, { actor: systemActor }, async (change) => {
    const made: AccountId[] = [];
    for (const { email, name, language } of people) {
      made.push(await makeAccount(change, { email, name, language, passwordHash, verified: true }));
    }
    return made;
  });
  for (const [index, person] of people.entries()) {
    const accountId = accountIds[index];
    if (accountId) clients.set(person.email, await clientOf(ground, app, accountId));
  }
  return ({ email }) => {
    const client = clients.get(email);
    if (!client) throw new Error(`${email} is nobody of the demo`);
    return client;
  };
}

/** A client that acts for an account, without the way over the network. */
async function clientOf({ settings }: Ground, app: App, accountId: AccountId): Promise<Client> {
  const cookie = (await app.identity.startSession(accountId)).map((value) => value.split(';')[0]).join('; ');
  const { host } = new URL(settings.publicUrl);
  const env = { incoming: { socket: { remoteAddress: '127.0.0.1' } } };
  return createClient({
    headers: () => ({ cookie, host }),
    fetch: async (path, init) => app.http.fetch(new Request(settings.publicUrl + path, init), env),
  });
}

/** The call: an offer for the customer, accepted on the phone, its team made together, and the order. */
async function sell(agent: Client): Promise<{ teamId: TeamId; orderId: OrderId }> {
  const { items } = await agent.listCustomers({ query: { search: DEMO_CUSTOMER_NUMBER } });
  const customerId = items[0]?.id;
  const { products } = await agent.getPriceList();
  const licences = products.find(({ kind, review }) => kind === 'namedLicence' && review === 'none');
  const storage = products.find(({ kind }) => kind === 'storage');
  if (!(customerId && licences && storage)) throw new Error('the demo has lost its customer or its products');
  const lines = [
    { productId: licences.id, quantity: LICENCES, termMonths: 12 },
    { productId: storage.id, quantity: 1, termMonths: 12 },
  ];
  const offer = await agent.makeOffer({ body: { customerId, lines } });
  const { name, email: ownerEmail } = demoPeople.owner;
  await agent.acceptOfferByPhone({ offerId: offer.id, ifMatch: offer.version, body: { acceptedBy: name } });
  const team = await agent.makeTeam({ body: { name: DEMO_TEAM_NAME, customerId, ownerEmail } });
  const order = await agent.placeOrder({ body: { offerId: offer.id, teamId: team.id } });
  return { teamId: team.id, orderId: order.id };
}

async function gather(ground: Ground, teamId: TeamId, clients: ClientOf): Promise<void> {
  const owner = clients(demoPeople.owner);
  const joining = [demoPeople.administrator, demoPeople.member, ...demoColleagues];
  const people = [...joining, ...demoInvited].map(({ email, name }) => ({
    email,
    name,
    role: email === demoPeople.administrator.email ? ('administrator' as const) : ('member' as const),
  }));
  const { results } = await owner.inviteMembers({ teamId, body: { people } });
  for (const [index, person] of joining.entries()) {
    const memberId = results[index]?.memberId;
    if (memberId) await clients(person).acceptInvitation(await linkOf(ground, 'invitation', memberId));
  }
}

/** What somebody finds in the mail: the link about a thing, with its secret. */
async function linkOf(
  { db, serverKey }: Ground,
  kind: LinkKind,
  subjectId: string,
): Promise<{ linkId: LinkId; body: { secret: string } }> {
  const link = await findLiveLink(db, kind, subjectId);
  if (!link) throw new Error(`the demo owes a link about ${subjectId}`);
  return { linkId: link.id, body: { secret: secretOfLink(serverKey, link.id) } };
}

async function completed(agent: Client, orderId: OrderId): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if ((await agent.getOrder({ orderId })).state === 'completed') return;
    await delay(10);
  }
  throw new Error('the order of the demo is not completed');
}

/** Three licences are held and one is kept for somebody invited; the member of the sign-in page has none yet. */
async function handOut(owner: Client, teamId: TeamId): Promise<void> {
  const { items: members } = await owner.listMembers({ teamId });
  const { subscriptions } = await owner.listLicences({ teamId });
  const productId = subscriptions.find(({ kind }) => kind === 'namedLicence')?.productId;
  const takers = [
    demoPeople.owner,
    demoPeople.administrator,
    ...demoColleagues.slice(0, 2),
    ...demoInvited.slice(0, 1),
  ];
  for (const { email } of takers) {
    const member = members.find((one) => one.email === email);
    if (productId && member) await owner.giveLicence({ teamId, body: { productId, memberId: member.id } });
  }
}
