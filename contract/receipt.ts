import { z } from 'zod';
import type { TeamId } from '../domain/id.ts';
import { endpoint } from './endpoint.ts';
import { id, moment } from './shape.ts';

/** What an application did with an entitlement that it picked up: it lets people work, or it does not. */
export const receiptState = z.enum(['unlocked', 'locked']);
export type ReceiptState = z.infer<typeof receiptState>;

/** Id or key of a product, as applications name it. */
export const productName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'expected the id or key of a product');

/** What one device of a member picked up last of a product in a team. */
export const receipt = z
  .object({
    memberId: id('mem'),
    productId: id('prod'),
    applicationName: z.string(),
    /** What the application said of its place, such as a host name; not verified. */
    place: z.string().nullable(),
    state: receiptState,
    /** The team's revision that it stands at. */
    revision: z.int(),
    /** When it was picked up: the server's clock, not the device's. */
    at: moment,
    /** When the device was last heard of: by a receipt, a lease or any other use of its token. */
    lastContactAt: moment,
    /** When the member's licence was last taken back, where it has none of the product now. */
    takenAt: moment.nullable(),
  })
  .meta({ id: 'Receipt' });
export type Receipt = z.infer<typeof receipt>;

/** A device of a team picked something up, for portals: read the receipts again. Event `receipt` of the stream. */
export interface ReceiptMessage {
  readonly teamId: TeamId;
}

export const receiptEndpoints = {
  sendReceipt: endpoint({
    method: 'POST',
    path: '/v1/me/receipts',
    tag: 'Receipt',
    summary: 'A signed-in application says what it picked up; the place is the one that its token was issued for',
    access: 'token',
    body: z.object({
      teamId: id('team'),
      productId: productName,
      /** The team's revision of the entitlement that was picked up; an older one than before changes nothing. */
      revision: z.int().min(0),
      state: receiptState,
    }),
    response: z.object({}),
    codes: ['notFound', 'forbidden', 'invalidRequest', 'tooManyRequests'],
  }),
  listReceipts: endpoint({
    method: 'GET',
    path: '/v1/teams/{teamId}/receipts',
    tag: 'Receipt',
    summary: 'What the devices of a team picked up last; a plain member sees its own',
    access: 'session',
    params: z.object({ teamId: id('team') }),
    response: z.object({ items: z.array(receipt) }),
    codes: ['notFound', 'forbidden'],
  }),
};
