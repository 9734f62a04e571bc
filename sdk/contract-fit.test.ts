import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { z } from 'zod';
import { entitlementEndpoints } from '../contract/entitlement.ts';
import { leaseEndpoints } from '../contract/lease.ts';
import { receiptEndpoints } from '../contract/receipt.ts';
import type { whyEndpoints } from '../contract/why.ts';
import type { AccountEntitlements } from './entitlement.ts';
import { readAccountEntitlements } from './entitlement.ts';
import { readKeys } from './lease/key-ring.ts';
import type { LeaseWish } from './lease/lease-issuer.ts';
import type { Receipt } from './receipt-sender.ts';
import { StubVendor } from './tests/stub-vendor.ts';
import type { Why } from './why/why.ts';

type Answer = z.infer<typeof entitlementEndpoints.listMyEntitlements.response>;

// The published package has no dependency, so its types are its own. That they fit the contract is proven here, by compiling.
const wide: (answer: Answer) => AccountEntitlements = (answer) => answer;

// What the SDK sends is what the endpoints take, and what they explain is what it shows, but for its words.
type Explained = z.infer<typeof whyEndpoints.explainMine.response>;
type Shown<Part> = Omit<Part, 'text'>;
const explained: (why: Explained) => Pick<Why, 'decision' | 'reason'> & {
  readonly checks: readonly Shown<Why['checks'][number]>[];
  readonly remedy: Shown<NonNullable<Why['remedy']>> | null;
} = (why) => why;

it('asks for leases and confirms as the contract says', () => {
  assert.equal(typeof explained, 'function');
  const wish: LeaseWish = { teamId: 'team_01h455vb4pex5vsknk084sn02q', productId: 'share' };
  assert.deepEqual(leaseEndpoints.issueLease.body.parse(wish), wish);
  const receipt: Receipt = { ...wish, revision: 3, state: 'unlocked' };
  assert.deepEqual(receiptEndpoints.sendReceipt.body.parse(receipt), receipt);
});

it('reads the keys that the contract describes', () => {
  const published = { keys: [{ ...new StubVendor().publicJwk, kid: 'key_01h455vb4pex5vsknk084sn02q' }] };
  const { keys } = leaseEndpoints.getPublicKeys.response.parse(published);
  assert.deepEqual(
    readKeys({ keys }).map(({ kid, x }) => [kid, x]),
    keys.map(({ kid, x }) => [kid, x]),
  );
});

it('reads every field that the contract says of an entitlement', () => {
  const answer = {
    account: { id: 'acc_01h455vb4pex5vsknk084sn02q', name: 'Pia', email: 'pia@example.com', language: 'en' },
    items: [
      {
        teamId: 'team_01h455vb4pex5vsknk084sn02q',
        teamName: 'Studio',
        productId: 'prod_01h455vb4pex5vsknk084sn02q',
        productKey: 'share',
        productName: 'Share',
        decision: true,
        reason: 'held',
        until: '2027-11-24',
        revision: 3,
      },
    ],
  };
  const checked = entitlementEndpoints.listMyEntitlements.response.parse(answer);
  assert.deepEqual(readAccountEntitlements(answer).items, wide(checked).items);
});
