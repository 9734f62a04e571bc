import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { subscriptionPhase } from './licence.ts';
import { calendarDate, id } from './shape.ts';

/** One part of a team's quota, and where it comes from. */
export const quotaPart = z
  .object({
    kind: z.enum(['free', 'included', 'bought']),
    subscriptionId: id('sub').nullable(),
    productName: z.string().nullable(),
    quantity: z.int(),
    bytesEach: z.int(),
    bytes: z.int(),
    /** Whether it counts now: an allotment of a suspended subscription does not. */
    counts: z.boolean(),
    phase: subscriptionPhase.nullable(),
    endsOn: calendarDate.nullable(),
  })
  .meta({ id: 'QuotaPart' });

export const storage = z
  .object({
    quotaBytes: z.int(),
    usedBytes: z.int(),
    parts: z.array(quotaPart),
  })
  .meta({ id: 'Storage' });
export type Storage = z.infer<typeof storage>;

export const storageEndpoints = {
  getStorage: endpoint({
    method: 'GET',
    path: '/v1/teams/{teamId}/storage',
    tag: 'Storage',
    summary: "A team's storage quota and what it is made of",
    access: 'session',
    params: z.object({ teamId: id('team') }),
    response: storage,
    codes: ['notFound', 'forbidden'],
  }),
};
