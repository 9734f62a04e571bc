import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { importCustomerFile } from '../../features/customer/customer-import.service.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { refused } from '../harness/refused.ts';
import type { Market } from '../harness/sale-builder.ts';
import { makeAccepted, makeCustomer, openMarket } from '../harness/sale-builder.ts';

const CUSTOMERS = new URL('../fixtures/files/customers.csv', import.meta.url);
const UNKNOWN = 'cus_01h455vb4pex5vsknk084sn02q';

describe('customers', () => {
  let app: TestApp;
  let market: Market;

  before(async () => {
    app = await createTestApp();
    market = await openMarket(app);
    await importCustomerFile(app.ground, await readFile(CUSTOMERS));
  });
  after(() => app.close());

  const found = async (search: string, who = market.agent) =>
    (await who.listCustomers({ query: { search } })).items.map(({ name }) => name);

  describe('are found', () => {
    const searches: readonly [string, readonly string[]][] = [
      ['123757', ['Büro Süd Architekten PartG mbB']],
      ['1237', ['Büro Süd Architekten PartG mbB']],
      ['buro sud', ['Büro Süd Architekten PartG mbB']],
      ['Buero', ['Architekturbüro Groß + Weiß', 'Büro Süd Architekten PartG mbB', 'Ingenieurbüro von der Heide GmbH']],
      ['GROSS', ['Architekturbüro Groß + Weiß']],
      ['zürich', ['Tragwerk Zürich AG']],
      ['%', []],
      ['vltava', []],
    ];
    for (const [search, names] of searches) {
      it(`by "${search}"`, async () => assert.deepEqual(await found(search), names));
    }

    it('by staff whoever serves them', async () => {
      assert.deepEqual(await found('zak', market.staff), ['Stavební kancelář Žák a synové']);
      assert.deepEqual(await found('ŽÁK', market.otherAgent), ['Stavební kancelář Žák a synové']);
    });

    it('page by page, each once', async () => {
      const names: string[] = [];
      let after: string | undefined;
      do {
        const page = await market.staff.listCustomers({ query: { limit: 3, ...(after && { after }) } });
        names.push(...page.items.map(({ name }) => name));
        after = page.next ?? undefined;
      } while (after);
      assert.equal(names.length, 10);
      assert.equal(new Set(names).size, 10);
      assert.equal(names[0], 'Architekturbüro Groß + Weiß');
    });

    it('by nobody else', async () => {
      await refused((await app.as('somebody@office.example')).listCustomers(), 'forbidden');
      await refused(app.anonymous.listCustomers(), 'notSignedIn');
      await refused(market.agent.listCustomers({ query: { search: 'x'.repeat(101) } }), 'invalidRequest');
    });
  });

  it('of another partner do not exist', async () => {
    const [foreign] = (await market.otherAgent.listCustomers({ query: { search: 'vltava' } })).items;
    assert.ok(foreign);
    await refused(market.agent.getCustomer({ customerId: foreign.id }), 'notFound');
    await refused(market.agent.getCustomer({ customerId: UNKNOWN }), 'notFound');
    assert.equal((await market.staff.getCustomer({ customerId: foreign.id })).customer.partnerName, 'CAD Studio Praha');
  });

  it('get a proposal of one licence for each core licence that has none, on order or active', async () => {
    const { id: customerId } = await makeCustomer(market.agent, { coreLicences: 12 });
    const proposed = async () => {
      const { proposals } = await market.agent.getCustomer({ customerId });
      return proposals.map(({ productId: _, ...numbers }) => numbers);
    };
    assert.deepEqual(await proposed(), [{ coreLicences: 12, active: 0, onOrder: 0, proposed: 12 }]);

    const offer = await makeAccepted(market.agent, { customerId, productId: market.share, quantity: 5 });
    await market.agent.placeOrder({ body: { offerId: offer.id } });
    assert.deepEqual(await proposed(), [{ coreLicences: 12, active: 0, onOrder: 5, proposed: 7 }]);

    const team = await market.agent.makeTeam({
      body: { name: 'North', customerId, ownerEmail: 'olga@office.example' },
    });
    const more = await makeAccepted(market.agent, { customerId, productId: market.share, quantity: 9 });
    await market.agent.placeOrder({ body: { offerId: more.id, teamId: team.id } });
    await app.settled();
    assert.deepEqual(await proposed(), [{ coreLicences: 12, active: 9, onOrder: 5, proposed: 0 }]);
    const { teams } = await market.agent.getCustomer({ customerId });
    assert.deepEqual(teams, [
      {
        id: team.id,
        name: 'North',
        ownerEmail: 'olga@office.example',
        ownerName: null,
        claimed: false,
        memberCount: 1,
        licenceCount: 9,
      },
    ]);
  });

  describe('that are new', () => {
    const wanted = (customerNumber: string, more = {}) => ({
      customerNumber,
      name: 'New Office',
      country: 'DE',
      language: 'de' as const,
      coreLicences: 4,
      contactName: 'Nora Neu',
      contactEmail: 'Nora@New-Office.example',
      ...more,
    });

    it('are there at once in a demo, so that the sale goes on in the same call', async () => {
      await market.agent.requestCustomer({ body: wanted('800001') });
      const [customer] = (await market.agent.listCustomers({ query: { search: '800001' } })).items;
      assert.equal(customer?.contactEmail, 'nora@new-office.example');
    });

    it('get the same answer whether the number is free, taken or foreign', async () => {
      const answers = await Promise.all([
        market.agent.requestCustomer({ body: wanted('800002') }),
        market.agent.requestCustomer({ body: wanted('123757') }),
        market.agent.requestCustomer({ body: wanted('107919') }),
      ]);
      for (const answer of answers) assert.deepEqual(Object.keys(answer), ['requestId']);
      assert.deepEqual(await found('107919'), []);
      const { items } = await market.agent.listCustomerRequests({ query: { state: 'waiting' } });
      assert.deepEqual(items.map(({ customerNumber }) => customerNumber).toSorted(), ['107919', '123757']);
    });

    it('are made once where two agents ask for one number at once', async () => {
      await Promise.all([
        market.agent.requestCustomer({ body: wanted('800003') }),
        market.otherAgent.requestCustomer({ body: wanted('800003') }),
      ]);
      assert.equal((await market.staff.listCustomers({ query: { search: '800003' } })).items.length, 1);
    });

    it('are refused with the field that is wrong', async () => {
      const wrong = [
        ['customerNumber', { customerNumber: '12' }],
        ['name', { name: 'x'.repeat(161) }],
        ['country', { country: 'QQ' }],
        ['contactEmail', { contactEmail: 'nora at office' }],
        ['coreLicences', { coreLicences: -1 }],
        ['contactName', { contactName: 'No\u0000ra' }],
      ] as const;
      for (const [field, change] of wrong) {
        const error = await refused(market.agent.requestCustomer({ body: wanted('800009', change) }), 'invalidRequest');
        assert.equal(error.problem?.fields?.[0]?.path, field);
      }
    });

    it('are asked for by agents alone, and decided by staff alone', async () => {
      await refused(market.staff.requestCustomer({ body: wanted('800010') }), 'forbidden');
      const { requestId } = await market.agent.requestCustomer({ body: wanted('123757') });
      await refused(market.agent.confirmCustomerRequest({ requestId }), 'forbidden');
      await refused(market.agent.declineCustomerRequest({ requestId }), 'forbidden');
      await refused((await app.as('somebody@office.example')).listCustomerRequests(), 'forbidden');
      const theirs = await market.otherAgent.listCustomerRequests();
      assert.ok(theirs.items.every(({ partnerName }) => partnerName === 'CAD Studio Praha'));
    });

    it('whose number is taken go on waiting until they are declined, and the agent hears of it', async () => {
      const { requestId } = await market.agent.requestCustomer({ body: wanted('123757') });
      await refused(market.staff.confirmCustomerRequest({ requestId }), 'customerNumberTaken');
      const declined = await market.staff.declineCustomerRequest({ requestId });
      assert.equal(declined.state, 'declined');
      await refused(market.staff.declineCustomerRequest({ requestId }), 'customerRequestDecided');
      await refused(market.staff.confirmCustomerRequest({ requestId }), 'customerRequestDecided');
      await refused(market.staff.confirmCustomerRequest({ requestId: 'req_01h455vb4pex5vsknk084sn02q' }), 'notFound');
      const notices = await app.ground.db
        .selectFrom('notice')
        .select('recipient')
        .where('subjectId', '=', requestId)
        .execute();
      assert.deepEqual(notices, [{ recipient: 'eva.lang@bim-partner-sachsen.example' }]);
    });
  });

  it('wait for staff where the deployment is no demo', async () => {
    const own = await createTestApp({ settings: { demo: false } });
    const { agent, staff } = await openMarket(own);
    const body = { customerNumber: '4711', name: 'Office', country: 'DE', language: 'en', coreLicences: 1 } as const;
    const { requestId } = await agent.requestCustomer({
      body: { ...body, contactName: 'Connie', contactEmail: 'connie@office.example' },
    });
    assert.equal((await agent.listCustomers({ query: { search: '4711' } })).items.length, 0);
    const confirmed = await staff.confirmCustomerRequest({ requestId });
    const [customer] = (await agent.listCustomers({ query: { search: '4711' } })).items;
    await own.close();
    assert.equal(confirmed.state, 'confirmed');
    assert.equal(customer?.id, confirmed.customerId);
  });
});

describe('a file of customers', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
    await openMarket(app);
  });
  after(() => app.close());

  const HEADER = 'customerNumber,name,country,language,coreLicences,contactName,contactEmail,partner';
  const row = (number: number, name = 'Office', partner = 'cad-studio-praha') =>
    `${number},${name},CZ,cs,3,Jana,jana@office.example,${partner}`;
  const bytesOf = (...rows: string[]) => Buffer.from([HEADER, ...rows].join('\n'));
  const count = async () => (await app.ground.db.selectFrom('customer').select('id').execute()).length;

  it('is taken over as it is, and again without a change', async () => {
    const bytes = await readFile(CUSTOMERS);
    assert.deepEqual(await importCustomerFile(app.ground, bytes), {
      outcome: 'imported',
      added: 10,
      changed: 0,
      unchanged: 0,
    });
    assert.deepEqual(await importCustomerFile(app.ground, bytes), {
      outcome: 'imported',
      added: 0,
      changed: 0,
      unchanged: 10,
    });
  });

  it('changes what it says anew, with an event that names the fields and not their values', async () => {
    await importCustomerFile(app.ground, bytesOf(row(5001)));
    await importCustomerFile(app.ground, bytesOf(row(5001, 'Another Office')));
    const customer = await app.ground.db
      .selectFrom('customer')
      .select(['id', 'name'])
      .where('customerNumber', '=', '5001')
      .executeTakeFirstOrThrow();
    const events = await app.ground.db
      .selectFrom('event')
      .select(['number', 'kind', 'data'])
      .where('streamId', '=', customer.id)
      .orderBy('number')
      .execute();
    assert.equal(customer.name, 'Another Office');
    assert.deepEqual(
      events.map(({ number, kind, data }) => [number, kind, data.changed]),
      [
        [1, 'customerAdded', undefined],
        [2, 'customerChanged', ['name']],
      ],
    );
  });

  it('with wrong rows writes nothing and tells each by its line and reason', async () => {
    const before = await count();
    const wrong = '5012,Office,CZ,cs,many,Jana,jana at office,cad-studio-praha';
    const result = await importCustomerFile(
      app.ground,
      bytesOf(row(5010), row(5011, 'Office', 'unknown-partner'), wrong, row(5010)),
    );
    assert.ok(result.outcome === 'faulty');
    assert.deepEqual(
      result.faults.map(({ line, reason }) => [line, reason]),
      [
        [3, 'unknown'],
        [4, 'invalid'],
        [4, 'invalid'],
        [5, 'repeated'],
      ],
    );
    assert.equal(await count(), before);
  });

  it('that is no table is refused', async () => {
    const workbook = await importCustomerFile(app.ground, Buffer.from('PK\u0003\u0004…', 'latin1'));
    assert.ok(workbook.outcome === 'refused');
    assert.equal(workbook.refusal.reason, 'workbook');
    const columns = await importCustomerFile(app.ground, Buffer.from('name,email\nJana,jana@office.example'));
    assert.ok(columns.outcome === 'refused');
    assert.equal(columns.refusal.reason, 'missingColumns');
  });

  it('of some length says how far it is', async () => {
    const told: string[] = [];
    const rows = Array.from({ length: 1200 }, (_, index) => row(900_000 + index));
    const result = await importCustomerFile(app.ground, bytesOf(...rows), {
      onProgress: (done, total) => told.push(`${done}/${total}`),
    });
    assert.deepEqual(told, ['500/1200', '1000/1200', '1200/1200']);
    assert.deepEqual(result, { outcome: 'imported', added: 1200, changed: 0, unchanged: 0 });
  });
});
