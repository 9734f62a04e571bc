import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { z } from 'zod';
import { entitlementEndpoints } from '../contract/entitlement.ts';
import type { AccountEntitlements } from './entitlement.ts';
import { readAccountEntitlements } from './entitlement.ts';

type Answer = z.infer<typeof entitlementEndpoints.listMyEntitlements.response>;

// The published package has no dependency, so its types are its own. That they fit the contract is proven here, by compiling.
const wide: (answer: Answer) => AccountEntitlements = (answer) => answer;

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
