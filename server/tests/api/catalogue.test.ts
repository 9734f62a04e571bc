import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findService, makeServiceKey } from '../../features/catalogue/application-key.service.ts';
import { syncCatalogue } from '../../features/catalogue/catalogue-sync.service.ts';
import type { Deployment } from '../../features/catalogue/deployment-file.ts';
import { readDeploymentFile } from '../../features/catalogue/deployment-file.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { refused } from '../harness/refused.ts';

describe('the catalogue', () => {
  let app: TestApp;
  let file: Deployment;

  before(async () => {
    app = await createTestApp();
    file = await readDeploymentFile();
    await syncCatalogue(app.ground, file);
  });
  after(() => app.close());

  const staff = () => app.as('otto@vendor.example');
  const agent = () => app.as('eva.lang@bim-partner-sachsen.example');
  const events = () => app.ground.db.selectFrom('event').select(['kind', 'data']).orderBy('number').execute();

  it('writes one event for each thing that it takes over, and none where nothing is new', async () => {
    const before = await events();
    const kinds = Object.groupBy(before, ({ kind }) => kind);
    assert.equal(kinds.productAdded?.length, 3);
    assert.equal(kinds.priceChanged?.length, 28);
    assert.equal(kinds.partnerAdded?.length, 2);
    assert.equal(kinds.applicationAdded?.length, 1);
    assert.deepEqual(kinds.staffChanged?.[0]?.data, { added: 1, removed: 0 });

    await syncCatalogue(app.ground, file);
    assert.equal((await events()).length, before.length);
  });

  it('taken over by several servers that start at once is taken over once', async () => {
    const other = await createTestApp();
    await Promise.all(Array.from({ length: 4 }, () => syncCatalogue(other.ground, file)));
    const { rows } = await other.ground.db
      .selectFrom('event')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .execute()
      .then((rows) => ({ rows }));
    await other.close();
    assert.equal(rows[0]?.count, 35);
  });

  it('shows an agent the prices in the currency of its partner, and how much it may take off', async () => {
    const list = await (await agent()).getPriceList();
    const share = list.products.find(({ key }) => key === 'share');
    assert.equal(list.currency, 'EUR');
    assert.equal(list.discountLimitBasisPoints, 1500);
    assert.deepEqual(
      list.prices.filter(({ productId }) => productId === share?.id).map(({ unitPriceMinor }) => unitPriceMinor),
      [36_000, 68_400, 97_200],
    );
    assert.ok(list.prices.every(({ currency }) => currency === 'EUR'));
  });

  it('shows another agent other prices', async () => {
    const list = await (await app.as('petr.novak@cad-studio-praha.example')).getPriceList();
    assert.deepEqual([list.currency, list.discountLimitBasisPoints], ['CZK', 1000]);
  });

  it('is whole for staff alone', async () => {
    const catalogue = await (await staff()).getCatalogue();
    assert.deepEqual(
      catalogue.partners.map(({ key, agents }) => [key, agents]),
      [
        ['bim-partner-sachsen', ['eva.lang@bim-partner-sachsen.example']],
        ['cad-studio-praha', ['petr.novak@cad-studio-praha.example']],
      ],
    );
    assert.deepEqual(catalogue.applications[0]?.productKeys, ['share']);
    await refused((await agent()).getCatalogue(), 'forbidden');
    await refused((await app.as('nobody@office.example')).getCatalogue(), 'forbidden');
    await refused(app.anonymous.getCatalogue(), 'notSignedIn');
  });

  it('has no price list for who is no agent', async () => {
    await refused((await staff()).getPriceList(), 'forbidden');
    await refused((await app.as('nobody@office.example')).getPriceList(), 'forbidden');
    await refused(app.anonymous.getPriceList(), 'notSignedIn');
  });

  it('retires what the file no longer names, and takes it back under the same id', async () => {
    const before = await (await staff()).getCatalogue();
    const { storage: _, ...products } = file.products;
    const { 'cad-studio-praha': __, ...partners } = file.partners;
    await syncCatalogue(app.ground, { ...file, products, partners, applications: {}, staff: file.staff });

    const less = await (await staff()).getCatalogue();
    assert.deepEqual(
      less.products.map(({ key, retired }) => [key, retired]),
      [
        ['share', false],
        ['exchange-server', false],
        ['storage', true],
      ],
    );
    assert.equal((await (await agent()).getPriceList()).products.length, 2);
    assert.deepEqual(less.applications, []);
    await refused((await app.as('petr.novak@cad-studio-praha.example')).getPriceList(), 'forbidden');

    await syncCatalogue(app.ground, file);
    const after = await (await staff()).getCatalogue();
    const byKey = (prices: typeof after.prices) => prices.map((price) => JSON.stringify(price)).toSorted();
    assert.deepEqual({ ...after, prices: byKey(after.prices) }, { ...before, prices: byKey(before.prices) });
  });

  it('records a changed price with what it was', async () => {
    const [first, ...others] = file.products.share?.prices ?? [];
    assert.ok(first && file.products.share);
    const share = { ...file.products.share, prices: [{ ...first, unitPriceMinor: 39_900 }, ...others] };
    await syncCatalogue(app.ground, { ...file, products: { ...file.products, share } });
    const { kind, data } = (await events()).at(-1) ?? {};
    const { before, after, currency } = data ?? {};
    assert.deepEqual(
      { kind, before, after, currency },
      { kind: 'priceChanged', before: 36_000, after: 39_900, currency: 'EUR' },
    );
    await syncCatalogue(app.ground, file);
  });

  it('knows an application by a key of which only the hash is kept', async () => {
    const key = await makeServiceKey(app.ground, 'sketchpad');
    assert.ok(key);
    const stored = await app.ground.db.selectFrom('applicationKey').selectAll().execute();
    assert.equal(JSON.stringify(stored).includes(key), false);
    const application = (await (await staff()).getCatalogue()).applications[0];
    assert.deepEqual(await findService(app.ground, key), { kind: 'service', applicationId: application?.id });
    assert.equal(await findService(app.ground, `${key}x`), undefined);
    assert.equal(await makeServiceKey(app.ground, 'nobody'), undefined);
  });
});
