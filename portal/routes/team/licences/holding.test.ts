import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Licence, Subscription } from '../../../../contract/licence.ts';
import { cellKey, holdingsOf, newerOf, withLicence } from './holding.ts';
import { changedCells, changesByOthers } from './holding-change.ts';
import { productFigures } from './product-figures.ts';

// Ids are branded by the server's answers; here plain words read better.
const subscription = (part: Partial<Record<keyof Subscription, unknown>>) =>
  ({
    id: 'sub_1',
    productId: 'prod_a',
    productName: 'A',
    kind: 'namedLicence',
    quantity: 2,
    held: 0,
    reserved: 0,
    free: 2,
    endsOn: '2027-01-31',
    phase: 'active',
    ...part,
  }) as Subscription;
const licence = (part: Partial<Record<keyof Licence, unknown>>) =>
  ({
    id: 'lic_1',
    number: 1,
    productId: 'prod_a',
    subscriptionId: 'sub_1',
    state: 'free',
    memberId: null,
    ...part,
  }) as Licence;

describe('holdingsOf', () => {
  it('shows the licence that works, whichever comes first', () => {
    const subscriptions = [subscription({ id: 'sub_1', phase: 'suspended' }), subscription({ id: 'sub_2' })];
    const old = licence({ id: 'lic_old', state: 'held', memberId: 'mem_1' });
    const young = licence({ id: 'lic_new', subscriptionId: 'sub_2', state: 'held', memberId: 'mem_1' });
    for (const licences of [
      [old, young],
      [young, old],
    ]) {
      const holding = holdingsOf({ subscriptions, licences }).get(cellKey('mem_1', 'prod_a'));
      assert.deepEqual([holding?.licence.id, holding?.works], ['lic_new', true]);
    }
  });

  it('tells a licence that does not work, and forgets one that has ended', () => {
    const licences = [licence({ state: 'held', memberId: 'mem_1' })];
    const worksIn = (phase: string) =>
      holdingsOf({ subscriptions: [subscription({ phase })], licences }).get(cellKey('mem_1', 'prod_a'))?.works;
    assert.deepEqual(['active', 'grace', 'suspended', 'terminated'].map(worksIn), [true, true, false, undefined]);
  });
});

describe('withLicence', () => {
  const before = { revision: 4, subscriptions: [subscription({})], licences: [licence({}), licence({ id: 'lic_2' })] };

  it('counts again what its subscription has', () => {
    const after = withLicence(before, licence({ state: 'reserved', memberId: 'mem_1' }), 5);
    const { held, reserved, free } = after.subscriptions[0] ?? assert.fail();
    assert.deepEqual([after.revision, held, reserved, free], [5, 0, 1, 1]);
  });

  it('keeps what is newer than an answer that was overtaken', () => {
    assert.equal(newerOf({ ...before, revision: 3 }, before), before);
    assert.equal(newerOf({ ...before, revision: 5 }, before).revision, 5);
    assert.equal(newerOf(before, undefined), before);
  });
});

describe('changes by others', () => {
  const holdings = (...held: string[]) =>
    holdingsOf({
      subscriptions: [subscription({})],
      licences: held.map((memberId, index) => licence({ id: `lic_${index}`, state: 'held', memberId })),
    });

  it('are the cells that differ', () => {
    assert.deepEqual(changedCells(holdings('mem_1', 'mem_2'), holdings('mem_2', 'mem_3')), [
      { key: 'mem_1 prod_a', before: 'held', after: 'none' },
      { key: 'mem_3 prod_a', before: 'none', after: 'held' },
    ]);
  });

  it('leave out what this page does itself, and hear who overrules it', () => {
    const own = new Map([['mem_1 prod_a', 'held' as const]]);
    const given = changedCells(holdings(), holdings('mem_1', 'mem_2'));
    assert.deepEqual(
      changesByOthers(given, own).map(({ key }) => key),
      ['mem_2 prod_a'],
    );
    const taken = changedCells(holdings('mem_1'), holdings());
    assert.deepEqual(
      changesByOthers(taken, own).map(({ key }) => key),
      ['mem_1 prod_a'],
    );
    assert.deepEqual(changesByOthers(changedCells(holdings(), holdings('mem_1')), own).length, 1);
  });
});

describe('productFigures', () => {
  it('sums up what works and keeps the rest visible', () => {
    const figures = productFigures([
      subscription({ quantity: 20, held: 12, reserved: 2, free: 6 }),
      subscription({ id: 'sub_2', quantity: 5, held: 1, free: 4, endsOn: '2026-12-31', phase: 'grace' }),
      subscription({ id: 'sub_3', quantity: 9, held: 9, free: 0, phase: 'suspended' }),
      subscription({ id: 'sub_4', quantity: 9, phase: 'terminated' }),
      subscription({ id: 'sub_5', productId: 'prod_s', kind: 'storage', quantity: 100 }),
    ]);
    assert.equal(figures.length, 1);
    const [{ total, held, reserved, free, terms } = assert.fail()] = figures;
    assert.deepEqual([total, held, reserved, free], [25, 13, 2, 10]);
    assert.deepEqual(
      terms.map(({ id }) => id as string),
      ['sub_2', 'sub_1', 'sub_3'],
    );
  });
});
