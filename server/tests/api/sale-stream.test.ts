import assert from 'node:assert/strict';
import { after, before, describe, it, mock } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { SaleMessage } from '../../../contract/entitlement.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { CustomerId, PartnerId, TokenId } from '../../../domain/id.ts';
import { replaceAgents, replaceStaff } from '../../features/catalogue/catalogue-sync.queries.ts';
import { importCustomerFile } from '../../features/customer/customer-import.service.ts';
import { SaleWatch } from '../../features/entitlement/sale-watch.ts';
import type { SignedIn, TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import type { Market } from '../harness/sale-builder.ts';
import { makeCustomer, openMarket } from '../harness/sale-builder.ts';
import type { OpenStream } from '../harness/stream-reader.ts';
import { openStream } from '../harness/stream-reader.ts';
import { makeTeam } from '../harness/team-builder.ts';

const HEADER = 'customerNumber,name,country,language,coreLicences,contactName,contactEmail,partner';
const SAXONY = 'bim-partner-sachsen';
const PRAGUE = 'cad-studio-praha';
const ANY = { customerId: null, revision: 0 };

describe('the stream of a portal page tells of sales', () => {
  let app: TestApp;
  let market: Market;
  let customerNumber = 10_000;
  const streams: OpenStream[] = [];

  before(async () => {
    app = await createTestApp();
    market = await openMarket(app);
  });
  after(async () => {
    for (const stream of streams) await stream.close();
    await app.close();
  });

  /** Opens a page for each of them and lets it hear what it is told at the beginning. */
  async function open(...people: readonly SignedIn[]): Promise<OpenStream[]> {
    const opened = await Promise.all(people.map(({ cookie }) => openStream(app, { cookie })));
    streams.push(...opened);
    await heardBy(opened);
    return opened;
  }

  /** What pages were told of sales, once the pause between two looks is over. */
  async function heardBy(pages: readonly OpenStream[]) {
    await app.ground.feed.catchUp();
    await delay(300);
    const heard = await Promise.all(pages.map((page) => page.rest()));
    return heard.map((messages) => messages.filter(({ event }) => event === 'sale').map(({ data }) => data));
  }

  /** Adds customers in one go. */
  async function add(...groups: { partner: string; count: number }[]) {
    const rows = groups.flatMap(({ partner, count }) =>
      Array.from({ length: count }, () => {
        customerNumber += 1;
        return `${customerNumber},Office,DE,de,3,Connie,connie@office.example,${partner}`;
      }),
    );
    const { outcome } = await importCustomerFile(app.ground, Buffer.from([HEADER, ...rows].join('\n')));
    assert.equal(outcome, 'imported');
  }

  const partnerId = async (key: string): Promise<PartnerId> =>
    (await app.ground.db.selectFrom('partner').select('id').where('key', '=', key).executeTakeFirstOrThrow()).id;
  const customersOf = async (partner: string): Promise<ReadonlySet<unknown>> => {
    const query = app.ground.db.selectFrom('customer').select('id');
    return new Set((await query.where('partnerId', '=', await partnerId(partner)).execute()).map(({ id }) => id));
  };
  const agentsOf = async (partner: string): Promise<EmailAddress[]> => {
    const query = app.ground.db.selectFrom('agent').select('email');
    return (await query.where('partnerId', '=', await partnerId(partner)).execute()).map(({ email }) => email);
  };

  it('nobody who is neither staff nor agent, and such pages listen to no customer', async () => {
    const subscribeAll = mock.method(app.ground.pulse, 'subscribeAll');
    const { owner } = await makeTeam(app, 'owner@office.example');
    const pages = await open(owner, market.staff);
    assert.equal(subscribeAll.mock.callCount(), 1, 'the page of the staff alone listens');
    subscribeAll.mock.restore();
    const { id } = await makeCustomer(market.agent);
    assert.deepEqual(await heardBy(pages), [[], [{ customerId: id, revision: 1 }]]);
  });

  it('agents, of the customers of their own partner', async () => {
    const pages = await open(market.agent, market.otherAgent);
    const { id } = await makeCustomer(market.agent);
    assert.deepEqual(await heardBy(pages), [[{ customerId: id, revision: 1 }], []]);
  });

  it('agents, of their own among very many', async () => {
    const pages = await open(market.agent);
    await add({ partner: PRAGUE, count: 250 }, { partner: SAXONY, count: 3 }, { partner: PRAGUE, count: 247 });
    const [heard] = await heardBy(pages);
    const own = await customersOf(SAXONY);
    assert.equal(heard?.length, 3);
    assert.ok(heard.every(({ customerId }) => own.has(customerId)));
    await add({ partner: PRAGUE, count: 500 });
    assert.deepEqual(await heardBy(pages), [[]]);
  });

  it('agents and staff in one message, where very many of theirs changed', async () => {
    const pages = await open(market.agent, market.staff);
    await add({ partner: SAXONY, count: 500 });
    assert.deepEqual(await heardBy(pages), [[ANY], [ANY]]);
  });

  it('staff, of every customer', async () => {
    const pages = await open(market.staff);
    await add({ partner: PRAGUE, count: 2 }, { partner: SAXONY, count: 1 });
    const [heard] = await heardBy(pages);
    const named = new Set(heard?.map(({ customerId }) => customerId));
    const [prague, saxony] = [await customersOf(PRAGUE), await customersOf(SAXONY)];
    assert.deepEqual([...named].map((id) => [prague.has(id), saxony.has(id)]).toSorted(), [
      [false, true],
      [true, false],
      [true, false],
    ]);
  });

  it('staff and agents that any may have changed, after everything was read anew', async () => {
    const { owner } = await makeTeam(app, 'other-owner@office.example');
    const pages = await open(market.agent, market.staff, owner);
    await app.ground.feed.reload();
    assert.deepEqual(await heardBy(pages), [[ANY], [ANY], []]);
  });

  it('no agent of a customer that went over to another partner', async () => {
    const pages = await open(market.agent, market.otherAgent);
    const { id } = await makeCustomer(market.agent);
    assert.deepEqual(await heardBy(pages), [[{ customerId: id, revision: 1 }], []]);
    const moved = { partnerId: await partnerId(PRAGUE) };
    await app.ground.db.updateTable('customer').set(moved).where('id', '=', id).execute();
    app.ground.feed.tell(id);
    assert.deepEqual(await heardBy(pages), [[], [{ customerId: id, revision: 0 }]]);
  });

  it('nobody who was dismissed, and again whoever is called back', async () => {
    const { db, feed } = app.ground;
    const saxony = await partnerId(SAXONY);
    const agents = await agentsOf(SAXONY);
    const staff = (await db.selectFrom('staff').select('email').execute()).map(({ email }) => email);
    const { id } = await makeCustomer(market.agent);

    // Also of so many that nobody asks whose they are.
    for (const count of [1, 1200]) {
      const pages = await open(market.agent, market.staff);
      await replaceAgents(db, saxony, []);
      await replaceStaff(db, []);
      await add({ partner: SAXONY, count });
      assert.deepEqual(await heardBy(pages), [[], []]);

      await replaceAgents(db, saxony, agents);
      await replaceStaff(db, staff);
      await feed.reload();
      assert.deepEqual(await heardBy(pages), [[ANY], [ANY]]);
      feed.tell(id);
      assert.deepEqual(await heardBy(pages), [[{ customerId: id, revision: 0 }], [{ customerId: id, revision: 0 }]]);
    }
  });

  it('with one query for each burst', async () => {
    const { db, pulse } = app.ground;
    let queries = 0;
    const counted = db.withPlugin({
      transformQuery({ node }) {
        queries += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    const row = await db
      .selectFrom('account')
      .selectAll()
      .where('id', '=', market.agent.accountId)
      .executeTakeFirstOrThrow();
    const heard: SaleMessage[] = [];
    const watch = new SaleWatch(
      { db: counted, pulse },
      {
        kind: 'account',
        accountId: row.id,
        email: row.email,
        name: row.name,
        language: 'en',
        sessionId: 'tok_none' as TokenId,
      },
      { tell: (message) => heard.push(message), tellNotices: () => {}, fail: (error) => assert.ifError(error) },
    );
    const burst = async (topics: readonly CustomerId[]) => {
      [queries, heard.length] = [0, 0];
      for (const [revision, topic] of topics.entries()) pulse.publish({ topic, revision });
      await delay(300);
      return { queries, heard: [...heard] };
    };
    watch.lookAnew();
    await delay(300);
    assert.deepEqual([queries, heard], [1, [ANY]]);
    const own = [...(await customersOf(SAXONY))] as CustomerId[];
    const unknown = (count: number) => Array.from({ length: count }, () => app.ground.newId('cus'));
    assert.deepEqual(await burst(own.slice(0, 500)), { queries: 1, heard: [ANY] });
    assert.deepEqual(await burst(unknown(500)), { queries: 1, heard: [] });
    assert.deepEqual(await burst(unknown(20_000)), { queries: 1, heard: [ANY] });
    const [first] = own;
    assert.ok(first);
    assert.deepEqual(await burst([first, first]), { queries: 1, heard: [{ customerId: first, revision: 1 }] });
    watch.stop();
    assert.deepEqual(await burst(own), { queries: 0, heard: [] });
  });

  it('tells the staff, and nobody else, that a mail was handed over', async () => {
    const pages = await Promise.all([market.staff, market.agent].map(({ cookie }) => openStream(app, { cookie })));
    streams.push(...pages);
    await heardBy(pages);
    await makeCustomer(market.agent);
    const team = await makeTeam(app, 'owner-of-notices@office.example');
    await team.owner.inviteMembers({ teamId: team.teamId, body: { people: [{ email: 'invited@office.example' }] } });
    await app.settled();
    await delay(600);
    const [staff = [], agent = []] = await Promise.all(pages.map((page) => page.rest()));
    assert.ok(staff.some(({ event }) => event === 'notice'));
    assert.ok(!agent.some(({ event }) => event === 'notice'));
  });
});
