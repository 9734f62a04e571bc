import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { calendarDate, emailAddress, emailText, id, moment, page, pageQuery, version, words } from './shape.ts';

export const role = z.enum(['owner', 'administrator', 'licenceManager', 'member']);
export const memberState = z.enum(['invited', 'accepted', 'removed']);

export const team = z
  .object({
    id: id('team'),
    name: z.string(),
    slug: z.string(),
    version,
    revision: z.int(),
    customer: z.object({ customerNumber: z.string(), name: z.string() }).nullable(),
    partnerName: z.string().nullable(),
    claimed: z.boolean(),
    owner: z.object({ memberId: id('mem'), name: z.string(), email: emailAddress }),
    /** The member whom the ownership is offered to, until it answers. */
    nextOwnerMemberId: id('mem').nullable(),
    /** The caller's own place in the team; null for vendor staff and agents. */
    mine: z.object({ memberId: id('mem'), role }).nullable(),
    memberCount: z.int(),
    createdAt: moment,
  })
  .meta({ id: 'Team' });
export type Team = z.infer<typeof team>;

export const member = z
  .object({
    id: id('mem'),
    accountId: id('acc').nullable(),
    name: z.string(),
    email: emailAddress,
    role,
    state: memberState,
    external: z.boolean(),
    invitedAt: moment,
    acceptedAt: moment.nullable(),
    /** The last day on which an open invitation can be accepted. */
    invitationEndsOn: calendarDate.nullable(),
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof member>;

export const invitee = z
  .object({
    email: emailText,
    name: words(200).optional(),
    role: role.exclude(['owner']).default('member'),
    external: z.boolean().default(false),
  })
  .meta({ id: 'Invitee' });

/** What became of one address of an invitation. */
export const invitationResult = z
  .object({
    email: z.string(),
    outcome: z.enum(['invited', 'alreadyMember', 'invalidEmail', 'repeated']),
    memberId: id('mem').nullable(),
  })
  .meta({ id: 'InvitationResult' });

/** What a file of people says, row by row, before anything is written. */
export const peopleFile = z
  .object({
    people: z.array(z.object({ line: z.int(), name: z.string(), email: emailAddress, external: z.boolean() })),
    /** Already in the team; not invited again. */
    known: z.array(z.object({ line: z.int(), email: emailAddress })),
    disabled: z.array(z.object({ line: z.int(), name: z.string(), email: z.string() })),
    repeats: z.array(z.object({ line: z.int(), email: z.string(), firstLine: z.int() })),
    faults: z.array(z.object({ line: z.int(), reason: z.string(), value: z.string().optional() })),
  })
  .meta({ id: 'PeopleFile' });
export type PeopleFile = z.infer<typeof peopleFile>;

const teamParams = z.object({ teamId: id('team') });
const memberParams = z.object({ teamId: id('team'), memberId: id('mem') });

export const teamEndpoints = {
  listTeams: endpoint({
    method: 'GET',
    path: '/v1/teams',
    tag: 'Team',
    summary: 'Teams of the caller; vendor staff may search all',
    access: 'session',
    query: pageQuery.extend({ search: z.string().max(100).optional() }),
    response: page(team),
  }),
  makeTeam: endpoint({
    method: 'POST',
    path: '/v1/teams',
    tag: 'Team',
    summary: 'Makes a free team: for the caller, or by an agent for a customer with the address of its owner',
    access: 'session',
    body: z.object({ name: words(80), customerId: id('cus').optional(), ownerEmail: emailText.optional() }),
    status: 201,
    response: team,
    changes: true,
    codes: ['forbidden', 'notFound', 'invalidRequest'],
  }),
  getTeam: endpoint({
    method: 'GET',
    path: '/v1/teams/{teamId}',
    tag: 'Team',
    summary: 'One team',
    access: 'session',
    params: teamParams,
    response: team,
    codes: ['notFound'],
  }),
  renameTeam: endpoint({
    method: 'PATCH',
    path: '/v1/teams/{teamId}',
    tag: 'Team',
    summary: 'Renames a team',
    access: 'session',
    params: teamParams,
    body: z.object({ name: words(80) }),
    response: team,
    conditional: true,
    codes: ['notFound', 'forbidden'],
  }),
  correctOwner: endpoint({
    method: 'POST',
    path: '/v1/teams/{teamId}/correct-owner',
    tag: 'Team',
    summary: "Corrects the owner's address of a team that is not confirmed yet and sends the mail again; by its agent",
    access: 'session',
    params: teamParams,
    body: z.object({ ownerEmail: emailText }),
    response: team,
    changes: true,
    codes: ['notFound', 'forbidden', 'teamClaimed'],
  }),
  listMembers: endpoint({
    method: 'GET',
    path: '/v1/teams/{teamId}/members',
    tag: 'Member',
    summary: 'Members and open invitations of a team, in the order in which they came',
    access: 'session',
    params: teamParams,
    query: pageQuery.extend({ search: z.string().max(100).optional() }),
    response: page(member),
    codes: ['notFound', 'forbidden'],
  }),
  inviteMembers: endpoint({
    method: 'POST',
    path: '/v1/teams/{teamId}/invitations',
    tag: 'Member',
    summary: 'Invites up to 200 people; the answer names what became of each address',
    access: 'session',
    params: teamParams,
    body: z.object({ people: z.array(invitee).min(1).max(200) }),
    response: z.object({ results: z.array(invitationResult), revision: z.int() }),
    changes: true,
    codes: ['notFound', 'forbidden', 'teamUnclaimed', 'externalRole', 'roleNotGrantable'],
  }),
  sendInvitationAgain: endpoint({
    method: 'POST',
    path: '/v1/teams/{teamId}/members/{memberId}/send-again',
    tag: 'Member',
    summary: 'Sends an open invitation again, with a new link and 14 new days',
    access: 'session',
    params: memberParams,
    response: member,
    changes: true,
    codes: ['notFound', 'forbidden', 'memberNotInvited'],
  }),
  changeMember: endpoint({
    method: 'PATCH',
    path: '/v1/teams/{teamId}/members/{memberId}',
    tag: 'Member',
    summary: 'Changes the role of a member',
    access: 'session',
    params: memberParams,
    body: z.object({ role: role.exclude(['owner']) }),
    response: member,
    codes: ['notFound', 'forbidden', 'roleNotGrantable', 'externalRole', 'ownerCannotLeave'],
  }),
  removeMember: endpoint({
    method: 'DELETE',
    path: '/v1/teams/{teamId}/members/{memberId}',
    tag: 'Member',
    summary: 'Removes a member, withdraws an invitation, or leaves the team; licences come free in the same step',
    access: 'session',
    params: memberParams,
    response: z.object({ revision: z.int() }),
    codes: ['notFound', 'forbidden', 'ownerCannotLeave'],
  }),
  offerOwnership: endpoint({
    method: 'POST',
    path: '/v1/teams/{teamId}/ownership/offer',
    tag: 'Team',
    summary: 'The owner offers the ownership to an accepted member, or withdraws the offer (null)',
    access: 'session',
    params: teamParams,
    body: z.object({ memberId: id('mem').nullable() }),
    response: team,
    changes: true,
    codes: ['notFound', 'forbidden', 'memberUnknown', 'memberNotAccepted', 'externalRole'],
  }),
  acceptOwnership: endpoint({
    method: 'POST',
    path: '/v1/teams/{teamId}/ownership/accept',
    tag: 'Team',
    summary: 'The member whom the ownership was offered to takes it; the former owner becomes administrator',
    access: 'session',
    params: teamParams,
    response: team,
    changes: true,
    codes: ['notFound', 'forbidden', 'ownershipNotOffered'],
  }),
  readPeopleFile: endpoint({
    method: 'POST',
    path: '/v1/teams/{teamId}/people-file',
    tag: 'Member',
    summary: 'Reads a CSV file of people and says what it would do; writes nothing',
    access: 'session',
    params: teamParams,
    bodyType: 'text/csv',
    body: z.string().describe('The file as it is, in any usual encoding.'),
    response: peopleFile,
    codes: ['notFound', 'forbidden', 'fileNotTable', 'fileUnknownColumns', 'fileTooLarge'],
  }),
};
