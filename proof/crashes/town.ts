import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../../contract/client.ts';
import type { Customer } from '../../contract/customer.ts';
import type { LinkId, MemberId, ProductId, TeamId } from '../../domain/id.ts';
import { signIn } from './caller.ts';
import type { Ledger } from './ledger.ts';
import { openLedger } from './ledger.ts';
import type { LicenceTeam } from './licence-load.ts';
import type { MailedLink, PhoneLoad } from './sale-load.ts';
import type { Stage } from './stage.ts';

export const AGENT = 'eva.lang@bim-partner-sachsen.example';
/** The back office; the demo has nobody else there. */
export const STAFF = 'otto@vendor.example';
export const OWNER = 'anna-lena.boehm@buero-sued.example';
const PEOPLE = [
  'soeren.mueller@buero-sued.example',
  'lukas.schaefer@buero-sued.example',
  'heinz-peter.gross@buero-sued.example',
  'joerg.zimmermann@buero-sued.example',
  'sabine.luedenscheidt@buero-sued.example',
];
const CUSTOMER_NUMBER = '123757';
const LICENCES = 4;

/** Who and what the load is about: the demo's people, with teams of their own in which one driver hands licences out. */
export interface Town {
  readonly agent: Client;
  readonly owner: Client;
  readonly ownerCookie: string;
  readonly anybody: Client;
  readonly customer: Customer;
  readonly productId: ProductId;
  /** The demo's team, which is sold to. */
  readonly soldTeam: TeamId;
  readonly teams: readonly LicenceTeam[];
  /** The account behind a member, by e-mail address. */
  readonly emailOf: ReadonlyMap<MemberId, string>;
}

/** Makes the teams the way that people do, mails and links included. */
export async function buildTown(stage: Stage, teamCount: number): Promise<Town> {
  const { caller, front } = stage;
  const cookies = await Promise.all([AGENT, OWNER, ...PEOPLE].map((email) => signIn(caller, front.url, email)));
  const [agent, owner, ...people] = cookies.map((cookie) => caller.clientOf(cookie));
  const ownerCookie = cookies[1];
  if (!(agent && owner && ownerCookie)) throw new Error('the demo has lost its people');
  const { items } = await agent.listCustomers({ query: { search: CUSTOMER_NUMBER } });
  const [customer] = items;
  const { products } = await agent.getPriceList();
  const productId = products.find(({ key }) => key === 'share')?.id;
  if (!(customer && productId)) throw new Error('the demo has lost its customer or its product');
  const { teams } = await agent.getCustomer({ customerId: customer.id });
  const soldTeam = teams[0]?.id;
  if (!soldTeam) throw new Error('the demo has lost its team');
  const emailOf = new Map<MemberId, string>();
  const town = { agent, owner, ownerCookie, anybody: caller.clientOf(), customer, productId, soldTeam, emailOf };
  const built: LicenceTeam[] = [];
  for (let index = 0; index < teamCount; index += 1) built.push(await buildTeam(stage, { ...town, people, index }));
  return { ...town, teams: built };
}

type Building = Omit<Town, 'teams' | 'emailOf'> & {
  readonly people: readonly Client[];
  readonly emailOf: Map<MemberId, string>;
  readonly index: number;
};

async function buildTeam(stage: Stage, building: Building): Promise<LicenceTeam> {
  const { agent, owner, customer, productId, people, emailOf, index } = building;
  const team = await agent.makeTeam({ body: { name: `Proof ${index}`, customerId: customer.id, ownerEmail: OWNER } });
  const teamId = team.id;
  const lines = [{ productId, quantity: LICENCES, termMonths: 12 }];
  const offer = await agent.makeOffer({ body: { customerId: customer.id, lines } });
  await agent.acceptOfferByPhone({ offerId: offer.id, ifMatch: offer.version, body: { acceptedBy: 'Connie' } });
  await agent.placeOrder({ body: { offerId: offer.id, teamId } });
  await follow(owner.claimTeam, await linkIn(stage, 'claimTeam', teamId));
  const { results } = await owner.inviteMembers({ teamId, body: { people: PEOPLE.map((email) => ({ email })) } });
  const members: MemberId[] = [team.owner.memberId];
  emailOf.set(team.owner.memberId, OWNER);
  for (const [place, { memberId, email }] of results.entries()) {
    const person = people[place];
    if (!(memberId && person)) throw new Error('somebody was not invited');
    await follow(person.acceptInvitation, await linkIn(stage, 'invitation', memberId));
    members.push(memberId);
    emailOf.set(memberId, email);
  }
  await licencesAreThere(owner, teamId);
  return { teamId, owner, members, licences: LICENCES };
}

const follow = (
  use: (call: { linkId: LinkId; body: { secret: string } }) => Promise<unknown>,
  { linkId, secret }: MailedLink,
) => use({ linkId, body: { secret } });

async function licencesAreThere(owner: Client, teamId: TeamId): Promise<void> {
  const deadline = performance.now() + 30_000;
  while ((await owner.listLicences({ teamId })).licences.length < LICENCES) {
    if (performance.now() > deadline) throw new Error('the licences of a team do not come');
    await delay(20);
  }
}

async function linkIn(stage: Stage, kind: string, subjectId: string): Promise<MailedLink> {
  const link = await waitForLink(stage, kind, subjectId);
  if (!link) throw new Error(`the mail with the link ${kind} about ${subjectId} does not come`);
  return link;
}

const PATIENCE_MILLISECONDS = 120_000;

/** Waits until the mail with the link about a thing has come, as somebody does who looks into the mailbox; undefined where it takes too long. */
export async function waitForLink(stage: Stage, kind: string, subjectId: string): Promise<MailedLink | undefined> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const [row] = await stage.ask<{ id: LinkId }>(
      'select id from link where kind = $1 and subject_id = $2 and used_at is null and ended_at is null',
      [kind, subjectId],
    );
    const mail = row && stage.mails.messages().find(({ link }) => link?.linkId === row.id);
    if (row && mail?.link) return { linkId: row.id, secret: mail.link.secret };
    if (performance.now() > deadline) return undefined;
    await delay(50);
  }
}

/** What a sale on the phone takes in a town. */
export const phoneLoadOf = ({ caller }: Stage, { agent, customer, soldTeam }: Town, ledger: Ledger): PhoneLoad => ({
  ...{ caller, ledger, agent, agentEmail: AGENT, customer },
  team: { teamId: soldTeam, ownerEmail: OWNER },
});

/** Opens the book on the teams of a town. */
export const openTownLedger = ({ pool }: Stage, { teams, productId }: Town): Promise<Ledger> =>
  openLedger(pool, { teamIds: teams.map(({ teamId }) => teamId), productId });
