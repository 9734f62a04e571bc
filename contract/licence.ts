import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { calendarDate, id, moment } from './shape.ts';

export const subscriptionPhase = z.enum(['active', 'grace', 'suspended', 'terminated']);

export const subscription = z
  .object({
    id: id('sub'),
    productId: id('prod'),
    productKey: z.string(),
    productName: z.string(),
    kind: z.enum(['namedLicence', 'storage']),
    quantity: z.int(),
    held: z.int(),
    reserved: z.int(),
    free: z.int(),
    startsOn: calendarDate,
    endsOn: calendarDate,
    phase: subscriptionPhase,
    orderNumber: z.string().nullable(),
  })
  .meta({ id: 'Subscription' });
export type Subscription = z.infer<typeof subscription>;

/** One numbered licence. `free` has no member; `held` and `reserved` name theirs. */
export const licence = z
  .object({
    id: id('lic'),
    number: z.int(),
    productId: id('prod'),
    subscriptionId: id('sub'),
    state: z.enum(['free', 'held', 'reserved']),
    memberId: id('mem').nullable(),
    since: moment.nullable(),
  })
  .meta({ id: 'Licence' });
export type Licence = z.infer<typeof licence>;

/** The licence after the change, and the team's revision that first has it. */
export const licenceChange = z.object({ licence, revision: z.int() }).meta({ id: 'LicenceChange' });
export type LicenceChange = z.infer<typeof licenceChange>;

const teamParams = z.object({ teamId: id('team') });
const licenceParams = z.object({ teamId: id('team'), licenceId: id('lic') });

export const licenceEndpoints = {
  listLicences: endpoint({
    method: 'GET',
    path: '/v1/teams/{teamId}/licences',
    tag: 'Licence',
    summary: 'Subscriptions and all licences of a team, with the revision that they stand at',
    access: 'session',
    params: teamParams,
    response: z.object({ revision: z.int(), subscriptions: z.array(subscription), licences: z.array(licence) }),
    codes: ['notFound', 'forbidden'],
  }),
  giveLicence: endpoint({
    method: 'POST',
    path: '/v1/teams/{teamId}/licences/give',
    tag: 'Licence',
    summary: 'Gives a free licence of a product to a member; keeps it reserved for somebody still invited',
    access: 'session',
    params: teamParams,
    body: z.object({ productId: id('prod'), memberId: id('mem') }),
    response: licenceChange,
    changes: true,
    codes: [
      'notFound',
      'forbidden',
      'teamUnclaimed',
      'memberUnknown',
      'alreadyHolds',
      'noSubscription',
      'licencesExhausted',
    ],
  }),
  takeLicence: endpoint({
    method: 'POST',
    path: '/v1/teams/{teamId}/licences/{licenceId}/take',
    tag: 'Licence',
    summary: 'Takes a licence back from the holder that the caller saw, or withdraws the reservation',
    access: 'session',
    params: licenceParams,
    body: z.object({ memberId: id('mem') }),
    response: licenceChange,
    changes: true,
    codes: ['notFound', 'forbidden', 'holderChanged', 'licenceNotHeld'],
  }),
  moveLicence: endpoint({
    method: 'POST',
    path: '/v1/teams/{teamId}/licences/{licenceId}/move',
    tag: 'Licence',
    summary: 'Moves a licence from the holder that the caller saw to another member in one step',
    access: 'session',
    params: licenceParams,
    body: z.object({ fromMemberId: id('mem'), toMemberId: id('mem') }),
    response: licenceChange,
    changes: true,
    codes: [
      'notFound',
      'forbidden',
      'teamUnclaimed',
      'memberUnknown',
      'alreadyHolds',
      'holderChanged',
      'licenceNotHeld',
      'sameMember',
      'noSubscription',
    ],
  }),
};
