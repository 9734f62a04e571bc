import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { MemberId, ProductId, SubscriptionId, TeamId } from '../../../domain/id.ts';
import { termFor } from '../../../domain/subscription.ts';
import { todayOf } from '../../platform/ground.ts';
import type { SignedIn, TestApp } from './app.ts';

/** A product of the kind that people hold licences of. */
export async function makeProduct(app: TestApp, { key = 'share' }: { key?: string } = {}): Promise<ProductId> {
  const id = app.ground.newId('prod');
  await app.ground.db
    .insertInto('product')
    .values({
      id,
      key,
      name: key,
      kind: 'namedLicence',
      termMonths: [12],
      graceDays: 30,
      suspendedDays: 90,
      leaseHours: 24,
      includedStorageBytes: 10 * 1024 ** 3,
      unitBytes: 0,
      review: 'none',
      proposal: 'perCoreLicence',
    })
    .execute();
  await app.ground.feed.reload();
  return id;
}

export interface TestTeam {
  readonly teamId: TeamId;
  readonly owner: SignedIn;
  readonly ownerMemberId: MemberId;
}

/** A team with its owner, as anybody makes one. */
export async function makeTeam(app: TestApp, ownerEmail: string, name = 'Team'): Promise<TestTeam> {
  const owner = await app.as(ownerEmail);
  const team = await owner.makeTeam({ body: { name } });
  return { teamId: team.id, owner, ownerMemberId: team.owner.memberId };
}

/** A running subscription with its licences, as an order would leave it. */
export async function addLicences(
  app: TestApp,
  {
    teamId,
    productId,
    quantity,
    startsOn,
  }: { teamId: TeamId; productId: ProductId; quantity: number; startsOn?: CalendarDate },
): Promise<SubscriptionId> {
  const { db, newId, clock } = app.ground;
  const id = newId('sub');
  const term = termFor(startsOn ?? todayOf(app.ground), 12);
  await db
    .insertInto('subscription')
    .values({
      id,
      teamId,
      productId,
      orderItemId: null,
      quantity,
      ...term,
      graceDays: 30,
      suspendedDays: 90,
      state: 'active',
      notifiedStep: null,
      createdAt: clock.now(),
    })
    .execute();
  const licences = Array.from({ length: quantity }, (_, index) => ({
    id: newId('lic'),
    teamId,
    productId,
    subscriptionId: id,
    number: index + 1,
    memberId: null,
    since: null,
  }));
  await db.insertInto('licence').values(licences).execute();
  await app.ground.feed.reload();
  return id;
}

/** Somebody who accepted an invitation to the team. */
export async function addMember(
  app: TestApp,
  team: TestTeam,
  email: string,
  { role = 'member' as const }: { role?: 'member' | 'administrator' | 'licenceManager' } = {},
): Promise<{ memberId: MemberId; person: SignedIn }> {
  const person = await app.as(email);
  const { results } = await team.owner.inviteMembers({ teamId: team.teamId, body: { people: [{ email, role }] } });
  const memberId = results[0]?.memberId;
  if (!memberId) throw new Error(`${email} was not invited`);
  await app.ground.db
    .updateTable('member')
    .set({ state: 'accepted', accountId: person.accountId, acceptedAt: app.clock.now() })
    .where('id', '=', memberId)
    .execute();
  await app.ground.feed.reload();
  return { memberId, person };
}

/** Somebody who was invited and has not answered. */
export async function invite(team: TestTeam, email: string): Promise<MemberId> {
  const { results } = await team.owner.inviteMembers({ teamId: team.teamId, body: { people: [{ email }] } });
  const memberId = results[0]?.memberId;
  if (!memberId) throw new Error(`${email} was not invited`);
  return memberId;
}
