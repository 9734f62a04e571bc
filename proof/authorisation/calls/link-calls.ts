import type { LinkKind } from '../../../contract/link.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import { PASSWORD } from '../../../server/tests/harness/account-builder.ts';
import { makePending } from '../../../server/tests/harness/sale-builder.ts';
import type { CaseName } from '../table/expectations.ts';
import { linkAbout } from '../world/link.ts';
import { officeOf } from '../world/place.ts';
import type { World } from '../world/world.ts';
import type { Call, MakeCall } from './call.ts';
import { acceptedOffer, pendingOrder, sentOffer } from './subjects.ts';

/** Calls by the bearer of a link, each with a new link in hand. */
export const linkCalls = {
  openLink: async (world, place) => byLink(world, 'offer', (await sentOffer(world, place)).id),
  acceptOffer: async (world, place) => {
    const { id, version } = await sentOffer(world, place);
    return { ...(await byLink(world, 'offer', id, { acceptedBy: 'Connie' })), ifMatch: version };
  },
  rejectOffer: async (world, place) => {
    const { id, version } = await sentOffer(world, place);
    return { ...(await byLink(world, 'offer', id, { reason: 'Too much' })), ifMatch: version };
  },
  disputeAcceptance: async (world, place) => byLink(world, 'dispute', (await acceptedOffer(world, place)).id),
  completeOrderByLink: async (world, place) =>
    byLink(world, 'completeOrder', await pendingOrder(world, place), {
      teamName: place.teamName,
      ownerEmail: place.people.owner.email,
    }),
  confirmAccount: async (world) => byLink(world, 'confirmAccount', await newAccount(world)),
  resetPassword: async (world) => {
    const id = await newAccount(world);
    const { email } = await emailOf(world, id);
    await world.app.anonymous.requestPasswordReset({ body: { email } });
    return byLink(world, 'resetPassword', id, { password: PASSWORD });
  },
  claimTeam: async (world, place) => {
    const { agent, customerId } = officeOf(place);
    const body = { name: `Claimed ${world.next()}`, customerId, ownerEmail: place.people.owner.email };
    return byLink(world, 'claimTeam', (await agent.makeTeam({ body })).id);
  },
  joinCustomer: async (world, place) => {
    const teamName = `Joining ${world.next()}`;
    await place.people.owner.person.makeTeam({ body: { name: teamName } });
    const { agent, customerId } = officeOf(place);
    const wanted = { customerId, productId: world.share, quantity: 1, teamName };
    const { id } = await makePending(agent, { ...wanted, ownerEmail: place.people.owner.email });
    return byLink(world, 'joinCustomer', id);
  },
  acceptInvitation: async ({ app, places }, place) => {
    // Somebody's owner is invited to one more team.
    const inviter = places.find(({ key }) => key === 'free') ?? place;
    const name = `Inviting ${place.key}`;
    const { id: teamId } = await inviter.people.owner.person.makeTeam({ body: { name } });
    const people = [{ email: place.people.owner.email }];
    const { results } = await inviter.people.owner.person.inviteMembers({ teamId, body: { people } });
    return byLink({ app }, 'invitation', results[0]?.memberId ?? '');
  },
} as const satisfies Readonly<Partial<Record<CaseName, MakeCall>>>;

/** A link of this kind about a thing, called with its secret. */
async function byLink(
  { app }: Pick<World, 'app'>,
  kind: LinkKind,
  subjectId: string,
  said: Readonly<Record<string, string>> = {},
): Promise<Call> {
  const { linkId, secret } = await linkAbout(app, kind, subjectId);
  return { params: { linkId }, body: { secret, ...said } };
}

/** An account whose mailbox is not proven, with the link that proves it. */
async function newAccount({ app, next }: World): Promise<string> {
  const { db, newId, clock } = app.ground;
  const id = newId('acc');
  // Written in its one form.
  const email = `signing-up${next()}@elsewhere.example` as EmailAddress;
  await db.insertInto('account').values({ id, email, name: 'Newcomer', emailVerified: false, image: null }).execute();
  const expiresAt = new Date(clock.now().getTime() + 86_400_000);
  const link = { id: newId('link'), kind: 'confirmAccount', subjectId: id, email, createdAt: clock.now(), expiresAt };
  await db.insertInto('link').values(link).execute();
  return id;
}

function emailOf({ app }: World, id: string) {
  return app.ground.db
    .selectFrom('account')
    .select('email')
    .where('id', '=', id as never)
    .executeTakeFirstOrThrow();
}
