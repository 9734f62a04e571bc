import type { CaseName } from '../table/expectations.ts';
import type { Place } from '../world/place.ts';
import { officeOf } from '../world/place.ts';
import type { World } from '../world/world.ts';
import type { Call, MakeCall } from './call.ts';
import { newMember } from './subjects.ts';

const ofTeam = (_: World, { teamId }: Place): Call => ({ params: { teamId } });

/** Calls about a team and its members. */
export const teamCalls = {
  listTeams: () => ({}),
  makeTeam: () => ({ body: { name: 'A team of my own' } }),
  'makeTeam:forCustomer': ({ next }, place) => ({
    body: {
      name: `Annex ${next()}`,
      customerId: officeOf(place).customerId,
      ownerEmail: `annex@${place.word}.example`,
    },
  }),
  getTeam: ofTeam,
  renameTeam: async ({ app }, { teamId, teamName }) => {
    const { version } = await app.ground.db
      .selectFrom('team')
      .select('version')
      .where('id', '=', teamId)
      .executeTakeFirstOrThrow();
    return { params: { teamId }, body: { name: teamName }, ifMatch: version };
  },
  correctOwner: (_, { teamId, word }) => ({ params: { teamId }, body: { ownerEmail: `right@${word}.example` } }),
  'correctOwner:unclaimed': async ({ next }, place) => {
    const { agent, customerId } = officeOf(place);
    const ownerEmail = `wrong@${place.word}.example`;
    const { id: teamId } = await agent.makeTeam({ body: { name: `Unclaimed ${next()}`, customerId, ownerEmail } });
    return { params: { teamId }, body: { ownerEmail: `right@${place.word}.example` } };
  },
  listMembers: ofTeam,
  inviteMembers: ({ next }, { teamId, word }) => ({
    params: { teamId },
    body: { people: [{ email: `new${next()}@${word}.example` }] },
  }),
  sendInvitationAgain: (_, { teamId, invited }) => ({ params: { teamId, memberId: invited.memberId } }),
  changeMember: async (world, place) => ({
    params: { teamId: place.teamId, memberId: await newMember(world, place) },
    body: { role: 'licenceManager' },
  }),
  removeMember: async (world, place) => ({
    params: { teamId: place.teamId, memberId: await newMember(world, place) },
  }),
  offerOwnership: (_, { teamId, people }) => ({
    params: { teamId },
    body: { memberId: people.administrator.memberId },
  }),
  acceptOwnership: async ({ app }, { teamId }) => {
    await app.ground.db.updateTable('team').set({ nextOwnerMemberId: null }).where('id', '=', teamId).execute();
    return { params: { teamId } };
  },
  readPeopleFile: (_, { teamId, people, word }) => ({
    params: { teamId },
    text: `name,email\nKnown,${people.member.email}\nNew,other@${word}.example\n`,
  }),
  listLicences: ofTeam,
  giveLicence: async (world, place) => ({
    params: { teamId: place.teamId },
    body: { productId: world.share, memberId: await newMember(world, place) },
  }),
  takeLicence: async (world, place) => {
    const { memberId, licenceId } = await newHolder(world, place);
    return { params: { teamId: place.teamId, licenceId }, body: { memberId } };
  },
  moveLicence: async (world, place) => {
    const { memberId: fromMemberId, licenceId } = await newHolder(world, place);
    const toMemberId = await newMember(world, place);
    return { params: { teamId: place.teamId, licenceId }, body: { fromMemberId, toMemberId } };
  },
  getStorage: ofTeam,
  listTeamLeases: (_, { teamId, people }) => ({ params: { teamId }, query: { memberId: people.member.memberId } }),
  listReceipts: ofTeam,
  explainMember: (_, { teamId, people }) => ({ params: { teamId, memberId: people.administrator.memberId } }),
} as const satisfies Readonly<Partial<Record<CaseName, MakeCall>>>;

async function newHolder(world: World, place: Place) {
  const memberId = await newMember(world, place);
  const { teamId, people } = place;
  const body = { productId: world.share, memberId };
  const { licence } = await people.owner.person.giveLicence({ teamId, body });
  return { memberId, licenceId: licence.id };
}
