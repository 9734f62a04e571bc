import type { EmailAddress } from '../../../domain/email-address.ts';
import type { MemberId, OfferId, OrderId } from '../../../domain/id.ts';
import { makeAccepted, makeOffer } from '../../../server/tests/harness/sale-builder.ts';
import type { Place } from '../world/place.ts';
import { officeOf } from '../world/place.ts';
import type { World } from '../world/world.ts';

/** A new member of a place, whom something can be done to. */
export async function newMember({ app, next }: World, place: Place): Promise<MemberId> {
  const { db, newId, clock } = app.ground;
  const id = newId('mem');
  const accountId = newId('acc');
  const name = `Passer-by ${next()}`;
  // Written in its one form.
  const email = `${id}@${place.word}.example` as EmailAddress;
  const account = { id: accountId, email, name, emailVerified: true, image: null };
  await db.insertInto('account').values(account).execute();
  await db
    .insertInto('member')
    .values({
      ...{ id, teamId: place.teamId, accountId, email, name, role: 'member', state: 'accepted' },
      ...{ invitedBy: null, invitedAt: clock.now(), invitationEndsOn: null, acceptedAt: clock.now(), removedAt: null },
    })
    .execute();
  return id;
}

const wanted = ({ share }: World, place: Place) => ({
  customerId: officeOf(place).customerId,
  productId: share,
  quantity: 1,
});

export interface OfferInHand {
  readonly id: OfferId;
  readonly version: number;
}

export function newOffer(world: World, place: Place): Promise<OfferInHand> {
  return makeOffer(officeOf(place).agent, wanted(world, place));
}

export async function sentOffer(world: World, place: Place): Promise<OfferInHand> {
  const { id, version } = await newOffer(world, place);
  return officeOf(place).agent.sendOffer({ offerId: id, ifMatch: version });
}

export function acceptedOffer(world: World, place: Place): Promise<OfferInHand> {
  return makeAccepted(officeOf(place).agent, wanted(world, place));
}

/** An order that waits for its team. */
export async function pendingOrder(world: World, place: Place): Promise<OrderId> {
  const { id: offerId } = await acceptedOffer(world, place);
  return (await officeOf(place).agent.placeOrder({ body: { offerId } })).id;
}

/** An order that waits for the back office. */
export async function heldOrder(world: World, place: Place): Promise<OrderId> {
  const { agent, customerId } = officeOf(place);
  const { id: offerId } = await makeAccepted(agent, { customerId, productId: world.market.reviewed, quantity: 1 });
  return (await agent.placeOrder({ body: { offerId, teamId: place.teamId } })).id;
}
