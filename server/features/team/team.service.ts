import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { page } from '../../../contract/shape.ts';
import type { Team, team as teamShape } from '../../../contract/team.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import { parseEmailAddress } from '../../../domain/email-address.ts';
import type { AccountId, CustomerId, LinkId, PartnerId, TeamId } from '../../../domain/id.ts';
import type { TeamName } from '../../../domain/team-name.ts';
import { parseTeamName, teamNameKey } from '../../../domain/team-name.ts';
import { slugFor } from '../../../domain/team-slug.ts';
import type { Db } from '../../db/database.ts';
import { AppError, invalidField } from '../../platform/app-error.ts';
import type { AccountCaller, Repeat } from '../../platform/caller.ts';
import { actorOf } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { lockStream, makeStream } from '../../platform/stream-lock.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import { makeLink } from '../link/link.service.ts';
import { oweNotice } from '../notice/notice.service.ts';
import { insertMember, updateMember } from './member.queries.ts';
import { requireInTeam } from './team.policy.ts';
import type { TeamPage } from './team.queries.ts';
import {
  findAccountOfAddress,
  findCustomerToServe,
  findSeenTeam,
  findTeamRow,
  insertTeam,
  insertTeamName,
  listTeamRows,
  updateTeam,
} from './team.queries.ts';

/** How long the owner's link of a team that a partner made works. The team stays unclaimed until then. */
const CLAIM_DAYS = 90;

export async function getTeam({ db }: Ground, caller: AccountCaller, teamId: TeamId): Promise<Team> {
  await requireInTeam(db, teamId, caller, 'team.read');
  return readTeam(db, caller, teamId);
}

export async function listTeams(
  { db }: Ground,
  caller: AccountCaller,
  query: TeamPage,
): Promise<z.output<ReturnType<typeof page<typeof teamShape>>>> {
  const rows = await listTeamRows(db, caller, query);
  const items = rows.slice(0, query.limit).map(presentTeam);
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null };
}

/** Reads a team that the caller was found to have to do with. */
export async function readTeam(db: Db, caller: AccountCaller, teamId: TeamId): Promise<Team> {
  const team = await findSeenTeam(db, caller, teamId);
  if (!team) throw new AppError('notFound');
  return presentTeam(team);
}

type TeamRow = Awaited<ReturnType<typeof listTeamRows>>[number];

function presentTeam(row: TeamRow): Team {
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    version: row.version,
    revision: row.revision,
    customer:
      row.customerNumber && row.customerName ? { customerNumber: row.customerNumber, name: row.customerName } : null,
    partnerName: row.partnerName,
    claimed: row.claimedAt !== null,
    owner: { memberId: row.ownerMemberId, name: row.ownerName ?? row.ownerEmail, email: row.ownerEmail },
    nextOwnerMemberId: row.nextOwnerMemberId,
    mine: row.myMemberId && row.myRole ? { memberId: row.myMemberId, role: row.myRole } : null,
    memberCount: row.memberCount ?? 0,
    createdAt: row.createdAt.toISOString(),
  };
}

export interface TeamWanted {
  readonly name: string;
  readonly customerId?: CustomerId | undefined;
  readonly ownerEmail?: string | undefined;
}

/** Makes a team: the caller's own, or one for a customer, by its agent or vendor staff. */
export async function makeTeam(
  ground: Ground,
  caller: AccountCaller,
  { wanted, repeat }: { wanted: TeamWanted; repeat: Repeat | undefined },
): Promise<Team> {
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    const teamId = wanted.customerId
      ? await makeTeamAsSeller(change, caller, { ...wanted, customerId: wanted.customerId })
      : await makeOwnTeam(change, caller, wanted.name);
    return readTeam(change.db, caller, teamId);
  });
}

async function makeTeamAsSeller(
  change: Change,
  caller: AccountCaller,
  wanted: TeamWanted & { customerId: CustomerId },
): Promise<TeamId> {
  const customer = await findCustomerToServe(change.db, wanted.customerId, caller);
  if (!customer) throw new AppError('notFound');
  const ownerEmail = parseEmailAddress(wanted.ownerEmail ?? '');
  if (!ownerEmail) throw invalidField('ownerEmail', 'expected an e-mail address');
  return makeTeamForCustomer(change, {
    customerId: customer.id,
    partnerId: customer.partnerId,
    name: wanted.name,
    ownerEmail,
    madeBy: caller.accountId,
  });
}

async function makeOwnTeam(change: Change, caller: AccountCaller, name: string): Promise<TeamId> {
  const teamId = change.newId('team');
  const ownerMemberId = change.newId('mem');
  await insertNewTeam(change, {
    teamId,
    ownerMemberId,
    name: requireTeamName(name),
    claimed: true,
    madeBy: caller.accountId,
    customerId: null,
    partnerId: null,
  });
  await insertMember(change.db, {
    id: ownerMemberId,
    teamId,
    accountId: caller.accountId,
    email: caller.email,
    name: caller.name,
    role: 'owner',
    state: 'accepted',
    invitedAt: change.at,
    acceptedAt: change.at,
  });
  await change.record(teamId, 'teamMade', { teamId, customerId: null, ownerMemberId, claimed: true });
  return teamId;
}

export interface CustomerTeamWanted {
  readonly customerId: CustomerId;
  readonly partnerId: PartnerId;
  readonly name: string;
  readonly ownerEmail: EmailAddress;
  /** The agent's account; null where the customer asked for the team by its link. */
  readonly madeBy: AccountId | null;
}

/** Makes an unclaimed team for a customer and mails its owner; nothing can be given in it before the owner confirms. */
export async function makeTeamForCustomer(change: Change, wanted: CustomerTeamWanted): Promise<TeamId> {
  const teamId = change.newId('team');
  const ownerMemberId = change.newId('mem');
  const { customerId, partnerId, ownerEmail, madeBy } = wanted;
  await insertNewTeam(change, {
    teamId,
    ownerMemberId,
    name: requireTeamName(wanted.name),
    claimed: false,
    madeBy,
    customerId,
    partnerId,
  });
  await insertMember(change.db, {
    id: ownerMemberId,
    teamId,
    accountId: null,
    email: ownerEmail,
    name: ownerEmail,
    role: 'owner',
    state: 'invited',
    invitedAt: change.at,
    acceptedAt: null,
  });
  await change.record(teamId, 'teamMade', { teamId, customerId, ownerMemberId, claimed: false });
  await oweClaim(change, teamId, ownerEmail);
  return teamId;
}

interface NewTeamRow {
  readonly teamId: TeamId;
  readonly ownerMemberId: CustomerTeamOwner;
  readonly name: TeamName;
  readonly claimed: boolean;
  readonly madeBy: AccountId | null;
  readonly customerId: CustomerId | null;
  readonly partnerId: PartnerId | null;
}
type CustomerTeamOwner = Parameters<typeof insertTeam>[1]['ownerMemberId'];

async function insertNewTeam(change: Change, { teamId, name, claimed, ...rest }: NewTeamRow): Promise<void> {
  await makeStream(change.db, teamId);
  await insertTeam(change.db, {
    ...rest,
    id: teamId,
    name,
    nameKey: teamNameKey(name),
    slug: slugFor(name, randomBytes(5)),
    claimedAt: claimed ? change.at : null,
    createdAt: change.at,
  });
}

export function requireTeamName(text: string): TeamName {
  const name = parseTeamName(text);
  if (!name) throw invalidField('name', 'expected 1 to 80 visible characters');
  return name;
}

/** Mails the owner of an unclaimed team the link by which the team becomes theirs; an earlier link ends. */
async function oweClaim(change: Change, teamId: TeamId, ownerEmail: EmailAddress): Promise<LinkId> {
  const linkId = await makeLink(change, { kind: 'claimTeam', subjectId: teamId, email: ownerEmail, days: CLAIM_DAYS });
  const team = await findTeamRow(change.db, teamId);
  await oweNotice(change, {
    kind: 'teamMade',
    to: ownerEmail,
    language: team?.customerLanguage ?? 'en',
    linkId,
    subjectId: teamId,
    payload: {
      teamName: team?.name ?? '',
      customerName: team?.customerName ?? '',
      partnerName: team?.partnerName ?? '',
    },
  });
  return linkId;
}

export interface OwnerCorrection {
  readonly teamId: TeamId;
  readonly ownerEmail: string;
  readonly repeat: Repeat | undefined;
}

/** Corrects the owner's address of a team that nobody has confirmed; the mail goes out again and the old link ends. */
export async function correctOwner(
  ground: Ground,
  caller: AccountCaller,
  { teamId, ownerEmail, repeat }: OwnerCorrection,
): Promise<Team> {
  await requireInTeam(ground.db, teamId, caller, 'team.correctOwner');
  const email = parseEmailAddress(ownerEmail);
  if (!email) throw invalidField('ownerEmail', 'expected an e-mail address');
  return transact(ground, { actor: actorOf(caller), repeat }, async (change) => {
    await lockStream(change.db, teamId);
    const team = await findTeamRow(change.db, teamId);
    if (!team || team.claimedAt) throw new AppError('teamClaimed');
    const formerAccountId = await findAccountOfAddress(change.db, team.ownerMemberId);
    await updateMember(change.db, team.ownerMemberId, { email, name: email });
    await change.record(teamId, 'teamOwnerCorrected', { ownerMemberId: team.ownerMemberId, formerAccountId });
    await oweClaim(change, teamId, email);
    return readTeam(change.db, caller, teamId);
  });
}

export interface Renaming {
  readonly teamId: TeamId;
  readonly name: string;
  readonly ifMatch: number;
}

export async function renameTeam(
  ground: Ground,
  caller: AccountCaller,
  { teamId, name, ifMatch }: Renaming,
): Promise<Team> {
  await requireInTeam(ground.db, teamId, caller, 'team.rename');
  const wanted = requireTeamName(name);
  return transact(ground, { actor: actorOf(caller) }, async (change) => {
    await lockStream(change.db, teamId);
    const team = await findTeamRow(change.db, teamId);
    if (team?.version !== ifMatch) throw new AppError('versionChanged');
    const nameNumber = await insertTeamName(change.db, teamId, wanted, change.at);
    await updateTeam(change.db, teamId, { name: wanted, nameKey: teamNameKey(wanted), version: team.version + 1 });
    await change.record(teamId, 'teamRenamed', { nameNumber });
    return readTeam(change.db, caller, teamId);
  });
}
