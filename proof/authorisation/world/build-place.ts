import type { MemberId, ProductId, TeamId } from '../../../domain/id.ts';
import type { SignedIn, TestApp } from '../../../server/tests/harness/app.ts';
import { makeAccepted, makeCustomer } from '../../../server/tests/harness/sale-builder.ts';
import { addLicences } from '../../../server/tests/harness/team-builder.ts';
import { linkAbout } from './link.ts';
import type { Insider, Joined, Office, Place, PlaceKey } from './place.ts';
import { insiders, placeWords, roleOf } from './place.ts';

/** As many as a long run gives out. */
const LICENCES = 80;

export interface PlaceWanted {
  readonly key: PlaceKey;
  readonly office: Office | undefined;
  readonly share: ProductId;
  readonly storage: ProductId;
}

/** A customer of this agent's partner, with the word in its name. */
export async function buildOffice(app: TestApp, agent: SignedIn, word: string): Promise<Office> {
  const { id, customerNumber, name, contactEmail, partnerId } = await makeCustomer(agent, { name: `Office ${word}` });
  await app.ground.db
    .updateTable('customer')
    .set({ contactName: `Contact ${word}` })
    .where('id', '=', id)
    .execute();
  return { word, customerId: id, customerNumber, name, contactEmail, partnerId, agent };
}

/** A team with all roles, an open invitation and somebody who will leave; its licences are on order. */
export async function beginPlace(app: TestApp, wanted: PlaceWanted): Promise<Omit<Place, 'heldLicenceId'>> {
  const { key, office } = wanted;
  const word = placeWords[key];
  const owner = await app.as({ email: `owner@${word}.example`, name: `Owner ${word}` });
  const { teamId, ownerMemberId } = await makeTeamOf(app, owner, wanted);
  const team = { teamId, owner };
  const joined: Partial<Record<Insider, Joined>> = {
    owner: { email: `owner@${word}.example`, memberId: ownerMemberId, person: owner },
  };
  for (const insider of insiders.slice(1)) joined[insider] = await join(app, team, { word, insider });
  // Every insider has just been put in.
  const people = joined as Record<Insider, Joined>;
  const removed = await join(app, team, { word, insider: 'leaver' });
  const invited = await inviteOne(app, team, { word, insider: 'invitee' });
  await addSubscriptions(app, wanted, teamId);
  return { key, word, teamId, teamName: nameOf(word), office, people, invited, removed };
}

/** The team as it is after a year: licences held, reserved, taken back and free. */
export async function endPlace(begun: Omit<Place, 'heldLicenceId'>, { share: productId }: PlaceWanted): Promise<Place> {
  const { teamId, people, invited, removed } = begun;
  const owner = people.owner.person;
  const give = ({ memberId }: { memberId: MemberId }) => owner.giveLicence({ teamId, body: { productId, memberId } });
  const { licence } = await give(people.member);
  for (const one of [people.owner, people.external, removed, invited]) await give(one);
  await owner.removeMember({ teamId, memberId: removed.memberId });
  return { ...begun, heldLicenceId: licence.id };
}

const nameOf = (word: string) => `Team ${word}`;

/** The customer's team is made by the agent and confirmed by its owner; one without customer by whoever wants it. */
async function makeTeamOf(app: TestApp, owner: SignedIn, { key, office }: PlaceWanted) {
  const word = placeWords[key];
  const name = nameOf(word);
  if (!office) {
    const team = await owner.makeTeam({ body: { name } });
    return { teamId: team.id, ownerMemberId: team.owner.memberId };
  }
  const ownerEmail = `owner@${word}.example`;
  const team = await office.agent.makeTeam({ body: { name, customerId: office.customerId, ownerEmail } });
  const { linkId, secret } = await linkAbout(app, 'claimTeam', team.id);
  await owner.claimTeam({ linkId, body: { secret } });
  return { teamId: team.id, ownerMemberId: team.owner.memberId };
}

interface Wanted {
  readonly word: string;
  readonly insider: Insider | 'leaver' | 'invitee';
}

interface TeamOf {
  readonly teamId: TeamId;
  readonly owner: SignedIn;
}

async function inviteOne(app: TestApp, { teamId, owner }: TeamOf, { word, insider }: Wanted): Promise<Joined> {
  const email = `${insider.toLowerCase()}@${word}.example`;
  const person = await app.as({ email, name: `${insider} ${word}` });
  const role = insider === 'leaver' || insider === 'invitee' ? 'member' : roleOf(insider);
  if (role === 'owner') throw new Error('an owner is not invited');
  const invitee = { email, name: `${insider} ${word}`, role, external: insider === 'external' };
  const { results } = await owner.inviteMembers({ teamId, body: { people: [invitee] } });
  const memberId = results[0]?.memberId;
  if (!memberId) throw new Error(`${email} was not invited`);
  return { email, memberId, person };
}

async function join(app: TestApp, team: TeamOf, wanted: Wanted): Promise<Joined> {
  const joined = await inviteOne(app, team, wanted);
  await accept(app, joined);
  return joined;
}

/** Makes an invited member an accepted one, as its link would. The memory is told later. */
export async function accept(
  app: TestApp,
  { memberId, person }: { memberId: MemberId; person: SignedIn },
): Promise<void> {
  await app.ground.db
    .updateTable('member')
    .set({ state: 'accepted', accountId: person.accountId, acceptedAt: app.clock.now(), invitationEndsOn: null })
    .where('id', '=', memberId)
    .execute();
}

/** By an order where there is somebody to sell; else as an order would leave it. */
async function addSubscriptions(app: TestApp, { office, share, storage }: PlaceWanted, teamId: TeamId): Promise<void> {
  if (!office) {
    await addLicences(app, { teamId, productId: share, quantity: LICENCES });
    return;
  }
  const { agent, customerId } = office;
  for (const productId of [share, storage]) {
    const { id } = await makeAccepted(agent, { customerId, productId, quantity: LICENCES });
    await agent.placeOrder({ body: { offerId: id, teamId } });
  }
}
