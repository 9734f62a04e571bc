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
    assert.equal(topic.update(entitlement({})), 'other');
    assert.equal(topic.entitlements, undefined);
  });

  for (const name of ['share', 'prod_share']) {
    it(`leaves out other products when named ${name}`, () => {
      const topic = new EntitlementTopic(name);
      const other = entitlement({ productId: 'prod_other', productKey: 'other', decision: true });
      topic.replace([entitlement({}), other], 0);
      assert.equal(topic.update(other), 'other');
      assert.deepEqual(topic.entitlements, [entitlement({})]);
    });
  }

  it('loses the teams that a whole answer leaves out', () => {
    const topic = new EntitlementTopic('share');
    topic.replace([entitlement({}), entitlement({ teamId: 'team_2' })], 0);
    topic.replace([entitlement({ teamId: 'team_2' })], 0);
    assert.deepEqual(
      topic.entitlements?.map(({ teamId }) => teamId),
      ['team_2'],
    );
  });

  it('ends at the highest revision, in whatever order the stream and an answer to an earlier question come', () => {
    const story = fc.record({ told: fc.array(fc.nat(50)), answered: fc.nat(50), at: fc.nat(10) });
    fc.assert(
      fc.property(story, ({ told, answered, at }) => {
        const topic = new EntitlementTopic('share');
        topic.replace([entitlement({ revision: 0 })], topic.told);
        const asked = topic.told;
        for (const revision of told.slice(0, at)) topic.update(entitlement({ revision }));
        topic.replace([entitlement({ revision: answered })], asked);
        for (const revision of told.slice(at)) topic.update(entitlement({ revision }));
        assert.equal(topic.entitlements?.[0]?.revision, Math.max(answered, ...told));
      }),
    );
  });

  it('goes back where the answer to a later question does, as after a restore', () => {
    const topic = new EntitlementTopic('share');
    topic.replace([entitlement({ revision: 3 })], topic.told);
    assert.equal(topic.update(entitlement({ revision: 9, decision: true, reason: 'held' })), 'kept');
    const asked = topic.told;
    assert.equal(topic.update(entitlement({ revision: 4 })), 'older', 'by itself it may have been overtaken');
    topic.replace([entitlement({ revision: 4 })], asked);
    assert.equal(topic.entitlements?.[0]?.revision, 4);
    assert.equal(topic.entitlements?.[0]?.decision, false);
  });

  it('takes the later word at the same revision', () => {
    const topic = new EntitlementTopic('share');
    topic.replace([entitlement({ decision: true, reason: 'held' })], 0);
    topic.update(entitlement({ decision: false, reason: 'suspended' }));
    assert.equal(topic.entitlements?.[0]?.reason, 'suspended');
  });
});
