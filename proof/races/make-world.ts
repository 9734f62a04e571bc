import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../../contract/client.ts';
import { parseEmailAddress } from '../../domain/email-address.ts';
import type { CustomerId, LinkId, MemberId, OrderId, ProductId, TeamId } from '../../domain/id.ts';
import { makeAccount } from '../../server/features/account/account.service.ts';
import { syncCatalogue } from '../../server/features/catalogue/catalogue-sync.service.ts';
import { readDeploymentFile } from '../../server/features/catalogue/deployment-file.ts';
import { findLiveLink, secretOfLink } from '../../server/features/link/link.service.ts';
import { acceptInvitationByLink } from '../../server/features/link/link-account.service.ts';
import { systemActor } from '../../server/platform/caller.ts';
import type { Ground } from '../../server/platform/ground.ts';
import { transact } from '../../server/platform/transact.ts';
import { inBatches } from './in-batches.ts';
import type { Person, RaceServer } from './race-server.ts';
import type { RaceMember, RaceTeam, RaceWorld, TeamSize } from './world.ts';

const AGENT = 'eva.lang@bim-partner-sachsen.example';
const AT_ONCE = 12;
/** Of so many people one has not answered the invitation yet. */
const UNANSWERED = 5;

/** Makes the teams as the product makes them: sold, claimed, filled by invitations. The record tells of all of it. */
export async function makeWorld(server: RaceServer, sizes: readonly TeamSize[]): Promise<RaceWorld> {
  const { ground } = server;
  await syncCatalogue(ground, await readDeploymentFile());
  const agent = await makePerson(ground, AGENT);
  const client = await server.client(agent);
  const { products } = await client.getPriceList();
  const productId = products.find(({ key }) => key === 'share')?.id ?? assert.fail('nothing is sold');
  const { applicationId } = await ground.db
    .selectFrom('applicationProduct')
    .select('applicationId')
    .where('productId', '=', productId)
    .executeTakeFirstOrThrow();
  const teams: RaceTeam[] = [];
  for (const [index, size] of sizes.entries())
    teams.push(await makeTeam(server, client, { ...size, index, productId }));
  return { productId, applicationId, agent, teams };
}

async function makePerson(ground: Ground, text: string): Promise<Person> {
  const email = parseEmailAddress(text) ?? assert.fail(`${text} is no address`);
  const wanted = { email, name: text, language: 'en', passwordHash: '', verified: true } as const;
  const accountId = await transact(ground, { actor: systemActor }, (change) => makeAccount(change, wanted));
  return { accountId, email };
}

interface Wanted extends TeamSize {
  readonly index: number;
  readonly productId: ProductId;
}

async function makeTeam(server: RaceServer, agent: Client, wanted: Wanted): Promise<RaceTeam> {
  const { ground } = server;
  const { index, licences, people, productId } = wanted;
  const persons = await inBatches(AT_ONCE, Array.from({ length: people }), (_, at) =>
    makePerson(ground, `person${at}@team${index}.example`),
  );
  const [owner, ...others] = persons;
  if (!owner) throw new Error('a team has an owner');
  const customerId = await makeCustomer(agent, index);
  const team = await agent.makeTeam({ body: { name: `Team ${index}`, customerId, ownerEmail: owner.email } });
  const client = await server.client(owner);
  await client.claimTeam(await linkAbout(ground, 'claimTeam', team.id));
  await buyLicences(agent, { customerId, teamId: team.id, productId, quantity: licences });
  const members = await invite(client, team.id, others);
  await inBatches(AT_ONCE, members, async (member, at) => {
    if (at % UNANSWERED === UNANSWERED - 1) return;
    const { linkId, body } = await linkAbout(ground, 'invitation', member.memberId);
    const presented = { linkId, ...body, caller: server.caller(member), repeat: undefined, account: undefined };
    await acceptInvitationByLink(ground, server.app.identity, presented);
  });
  const first = members[0];
  if (first) await client.changeMember({ teamId: team.id, memberId: first.memberId, body: { role: 'administrator' } });
  return { teamId: team.id, customerId, licences, members: [{ ...owner, memberId: team.owner.memberId }, ...members] };
}

async function makeCustomer(agent: Client, index: number): Promise<CustomerId> {
  const customerNumber = String(800_000 + index);
  const contact = { contactName: 'Connie Contact', contactEmail: `contact@team${index}.example` };
  const place = { country: 'DE', language: 'en', coreLicences: 1 } as const;
  await agent.requestCustomer({ body: { customerNumber, name: `Office ${index}`, ...place, ...contact } });
  const { items } = await agent.listCustomers({ query: { search: customerNumber } });
  return items[0]?.id ?? assert.fail('the customer is not there');
}

async function invite(client: Client, teamId: TeamId, persons: readonly Person[]): Promise<RaceMember[]> {
  const { results } = await client.inviteMembers({
    teamId,
    body: { people: persons.map(({ email }) => ({ email })) },
  });
  return persons.map((person, index) => {
    const memberId: MemberId = results[index]?.memberId ?? assert.fail('somebody was not invited');
    return { ...person, memberId };
  });
}

/** What somebody finds in the mail: the link about a thing, with its secret. */
export async function linkAbout(ground: Ground, kind: 'claimTeam' | 'invitation', subjectId: string) {
  const link = await findLiveLink(ground.db, kind, subjectId);
  if (!link) throw new Error(`there is no link about ${subjectId}`);
  return presented(ground, link.id);
}

export function presented({ serverKey }: Ground, linkId: LinkId): { linkId: LinkId; body: { secret: string } } {
  return { linkId, body: { secret: secretOfLink(serverKey, linkId) } };
}

export interface Purchase {
  readonly customerId: CustomerId;
  readonly teamId: TeamId;
  readonly productId: ProductId;
  readonly quantity: number;
}

const PATIENCE_MILLISECONDS = 120_000;
const POLL_MILLISECONDS = 50;

/** The whole sale of more licences: offered, accepted on the phone, ordered, processed by a job. */
export async function buyLicences(
  agent: Client,
  { customerId, teamId, productId, quantity }: Purchase,
): Promise<OrderId> {
  const lines = [{ productId, quantity, termMonths: 12 }];
  const offer = await agent.makeOffer({ body: { customerId, lines } });
  await agent.acceptOfferByPhone({ offerId: offer.id, ifMatch: offer.version, body: { acceptedBy: 'Connie' } });
  const { id: orderId } = await agent.placeOrder({ body: { offerId: offer.id, teamId } });
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  while ((await agent.getOrder({ orderId })).state !== 'completed') {
    if (Date.now() > deadline) throw new Error(`${orderId} is not completed`);
    await delay(POLL_MILLISECONDS);
  }
  return orderId;
}
