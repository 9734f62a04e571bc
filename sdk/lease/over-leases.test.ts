import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Entitlement } from '../entitlement.ts';
import type { Lease } from './lease.ts';
import { OverLeases } from './over-leases.ts';

const item: Entitlement = {
  ...{ teamId: 'team_1', teamName: 'Studio', productId: 'prod_share', productKey: 'share', productName: 'Share' },
  ...{ decision: true, reason: 'held', until: '2027-11-24', revision: 5 },
};
const yes = (revision: number) => ({ ...item, revision });
const no = (revision: number) => ({ ...item, revision, decision: false, reason: 'noLicence' });

function lease(revision: number, more: Partial<Lease> = {}): Lease {
  const { teamId, teamName, productId, productKey } = item;
  return {
    ...{ id: `lease_${revision}`, issuer: '', application: 'app_1', applicationKey: undefined, accountId: 'acc_1' },
    ...{ teamId, teamName, productId, productKey, revision, reason: 'held', until: '2027-11-24' },
    ...{ issuedAt: 0, notBefore: 0, expiresAt: 0, renewAfter: 0, thumbprint: '', status: undefined },
    ...more,
  };
}

/** Hears these whole answers one after the other, and says which of the leases at revisions 3 to 8 are over then. */
function overAfter(...answers: Entitlement[][]): number[] {
  const over = new OverLeases(() => 'acc_1');
  for (const items of answers) over.hear('share', items);
  return [3, 4, 5, 6, 7, 8].filter((revision) => over.has(lease(revision)));
}

describe('a lease is over', () => {
  it('when the server has said no at its revision or a later one', () => {
    assert.deepEqual(overAfter([no(5)]), [3, 4, 5]);
  });

  it('not when the server has only ever said yes', () => {
    assert.deepEqual(overAfter([yes(5)], [yes(8)]), []);
  });

  it('still when the licence was given anew: only leases that were issued since count', () => {
    assert.deepEqual(overAfter([no(5)], [yes(7)]), [3, 4, 5]);
    assert.deepEqual(overAfter([no(5)], [yes(5)]), [3, 4]);
  });

  it('whatever an answer says that was overtaken', () => {
    assert.deepEqual(overAfter([no(5)], [yes(4)]), [3, 4, 5]);
  });

  it('when a whole answer leaves its team out, and when the team is there again as far as it is older', () => {
    assert.deepEqual(overAfter([]), [3, 4, 5, 6, 7, 8]);
    assert.deepEqual(overAfter([], [yes(7)]), [3, 4, 5, 6]);
  });

  it('not by an answer about another product or team', () => {
    const over = new OverLeases(() => 'acc_1');
    over.hear('paint', []);
    over.hear('share', [yes(5), { ...no(9), teamId: 'team_2' }]);
    assert.equal(over.has(lease(3)), false);
    assert.equal(over.has(lease(9, { teamId: 'team_2' })), true);
  });

  it('while another account is signed in, and by no answer that came before anybody was', () => {
    let accountId: string | undefined;
    const over = new OverLeases(() => accountId);
    over.hear('share', []);
    assert.equal(over.has(lease(3)), false);
    accountId = 'acc_2';
    assert.equal(over.has(lease(3)), true);
    accountId = undefined;
    assert.equal(over.has(lease(3)), false);
  });

  it('for good once it is named', () => {
    const over = new OverLeases(() => 'acc_1');
    over.add(['lease_3']);
    over.hear('share', [yes(3)]);
    assert.deepEqual([over.has(lease(3)), over.has(lease(4))], [true, false]);
  });
});
