import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Entitlement } from './entitlement.ts';
import { EntitlementTopic } from './entitlement-topic.ts';

function entitlement(fields: Partial<Entitlement>): Entitlement {
  return {
    teamId: 'team_1',
    teamName: 'Studio',
    productId: 'prod_share',
    productKey: 'share',
    productName: 'Share',
    decision: false,
    reason: 'noLicence',
    until: null,
    revision: 1,
    ...fields,
  };
}

describe('what is known of a product', () => {
  it('is nothing before the first answer, even when the stream was faster', () => {
    const topic = new EntitlementTopic('share');
    assert.equal(topic.update(entitlement({})), false);
    assert.equal(topic.entitlements, undefined);
  });

  for (const name of ['share', 'prod_share']) {
    it(`leaves out other products when named ${name}`, () => {
      const topic = new EntitlementTopic(name);
      const other = entitlement({ productId: 'prod_other', productKey: 'other', decision: true });
      topic.replace([entitlement({}), other]);
      assert.equal(topic.update(other), false);
      assert.deepEqual(topic.entitlements, [entitlement({})]);
    });
  }

  it('loses the teams that a whole answer leaves out', () => {
    const topic = new EntitlementTopic('share');
    topic.replace([entitlement({}), entitlement({ teamId: 'team_2' })]);
    topic.replace([entitlement({ teamId: 'team_2' })]);
    assert.deepEqual(
      topic.entitlements?.map(({ teamId }) => teamId),
      ['team_2'],
    );
  });

  it('ends at the highest revision, in whatever order it is told', () => {
    const told = fc.array(fc.record({ revision: fc.nat(50), whole: fc.boolean() }), { minLength: 1 });
    fc.assert(
      fc.property(told, (messages) => {
        const topic = new EntitlementTopic('share');
        topic.replace([entitlement({ revision: 0 })]);
        for (const { revision, whole } of messages) {
          if (whole) topic.replace([entitlement({ revision })]);
          else topic.update(entitlement({ revision }));
        }
        assert.equal(topic.entitlements?.[0]?.revision, Math.max(...messages.map(({ revision }) => revision)));
      }),
    );
  });

  it('takes the later word at the same revision', () => {
    const topic = new EntitlementTopic('share');
    topic.replace([entitlement({ decision: true, reason: 'held' })]);
    topic.update(entitlement({ decision: false, reason: 'suspended' }));
    assert.equal(topic.entitlements?.[0]?.reason, 'suspended');
  });
});
