import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../../../contract/client.ts';
import type { OrderId } from '../../../domain/id.ts';
import { createEmptyDatabase } from '../harness/empty-database.ts';
import type { DataFolderRun } from '../harness/server-process.ts';
import { createDataFolderRun } from '../harness/server-process.ts';

const AGENT = 'eva.lang@bim-partner-sachsen.example';
const OWNER = 'anna-lena.boehm@buero-sued.example';
const CUTS = 12;

describe('a server that dies', () => {
  let run: DataFolderRun;

  before(async () => {
    run = await createDataFolderRun();
  });
  after(() => run.remove());
  afterEach(() => run.killAll());

  it('keeps what it acknowledged, and does what it owes once when it is back', async () => {
    const first = await run.start();
    const enginePid = await run.enginePid();
    const eva = await first.as(AGENT);
    const { teamId, before, orders } = await placeOrders(eva, first.url, 4);
    await first.kill();
    await until(() => !existsSync(`/proc/${enginePid}`), 'the engine of the dead server is gone');

    const second = await run.start();
    const again = await second.as(AGENT);
    for (const orderId of orders) await completed(again, orderId);
    const owner = await second.as(OWNER);
    const { subscriptions } = await owner.listLicences({ teamId });
    assert.equal(subscriptions.length, before + orders.length);
    const mails = await mailsAbout(second.url, 'Büro Süd');
    await until(async () => (await mailsAbout(second.url, 'Büro Süd')) >= mails && mails > 0, 'the mails are there');
    assert.equal(await second.stop(), 0);
  });

  it('answers that the database is away, and goes on when it is back', async () => {
    const server = await run.start();
    const eva = await server.as(AGENT);
    process.kill(await run.enginePid(), 'SIGKILL');
    let refusals = 0;
    await until(async () => {
      const answered = await eva.listCustomers().then(
        () => true,
        (error: { code?: string }) => {
          assert.equal(error.code, 'databaseUnavailable', server.output());
          return false;
        },
      );
      if (!answered) refusals += 1;
      return answered && refusals > 0;
    }, 'the server answers again');
    const { orders } = await placeOrders(eva, server.url, 1);
    await completed(eva, orders[0] as OrderId);
    await server.stop();
  });

  it('lets no second one near its data', async () => {
    const server = await run.start();
    const { code, output } = await run.refused();
    assert.equal(code, 1);
    assert.match(output, new RegExp(`${server.pid}`));
    await server.stop();
  });
});

describe('a server whose database is lost while it starts', () => {
  it('begins again until it has started', async () => {
    const run = await createDataFolderRun();
    const database = await createEmptyDatabase();
    const cut = async () => {
      const { rowCount } = await database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
      );
      return rowCount ?? 0;
    };
    let isStarting = true;
    const starting = run
      .start({
        DATABASE_URL: database.url,
        NAMESAKE_DEPLOYMENT: 'deployment/demo.yaml',
        NAMESAKE_SMTP_URL: 'smtp://127.0.0.1:1',
      })
      .finally(() => {
        isStarting = false;
      });
    const cutting = async () => {
      let cuts = 0;
      // The pauses differ, so that the cuts come at many steps of the start.
      for (let pause = 10; cuts < CUTS && isStarting; pause = (pause * 7) % 127) {
        await delay(pause);
        cuts += await cut();
      }
      return cuts;
    };
    const [server, cuts] = await Promise.all([starting, cutting()]);
    assert.ok(cuts >= CUTS, `${cuts} connections were cut`);
    assert.match(server.output(), /is ready at/);
    await server.stop();
    await database.drop();
    await run.remove();
  });
});

describe('a server that cannot start', () => {
  let run: DataFolderRun;

  before(async () => {
    run = await createDataFolderRun();
  });
  after(() => run.remove());

  for (const { what, env, says } of [
    {
      what: 'without a mail server, outside a demo',
      env: { NAMESAKE_DEPLOYMENT: 'deployment/demo.yaml' },
      says: /NAMESAKE_SMTP_URL is missing/,
    },
    {
      what: 'as a demo that others could reach',
      env: { NAMESAKE_HOST: '0.0.0.0' },
      says: /NAMESAKE_HOST is 0\.0\.0\.0/,
    },
    { what: 'with a port that is none', env: { NAMESAKE_PORT: 'x' }, says: /NAMESAKE_PORT is no port number/ },
    {
      what: 'with a deployment that is not there',
      env: { NAMESAKE_DEPLOYMENT: 'nowhere.yaml', NAMESAKE_SMTP_URL: 'smtp://127.0.0.1:1' },
      says: /nowhere\.yaml cannot be read/,
    },
    {
      what: 'with a database that is not there',
      env: { DATABASE_URL: 'postgres://app@127.0.0.1:1/none' },
      says: /DATABASE_URL/,
    },
  ]) {
    it(`says why, ${what}`, async () => {
      const own = await createDataFolderRun();
      const { code, output } = await own.refused(env);
      await own.remove();
      assert.equal(code, 1, output);
      assert.match(output, says);
      assert.doesNotMatch(output, /\n\s+at /, 'a message for an administrator, no stack');
    });
  }

  it('says why, in a database that cannot hold every name', async () => {
    const plain = await createEmptyDatabase("encoding 'SQL_ASCII' locale_provider libc locale 'C'");
    const own = await createDataFolderRun();
    const { code, output } = await own.refused({ DATABASE_URL: plain.url });
    await own.remove();
    await plain.drop();
    assert.equal(code, 1, output);
    assert.match(output, /^DATABASE_URL names a database that keeps text as SQL_ASCII/);
  });
});

/** Places orders for the demo's team, one after the other, and answers as soon as the last one is acknowledged. */
async function placeOrders(eva: Client, _url: string, count: number) {
  const { items } = await eva.listCustomers({ query: { search: '123757' } });
  const customer = items[0];
  assert.ok(customer);
  const { teams } = await eva.getCustomer({ customerId: customer.id });
  const teamId = teams[0]?.id;
  assert.ok(teamId);
  const { products } = await eva.getPriceList();
  const product = products.find(({ key }) => key === 'share');
  assert.ok(product);
  const offers: Awaited<ReturnType<Client['makeOffer']>>[] = [];
  for (let index = 0; index < count; index += 1) {
    const lines = [{ productId: product.id, quantity: 1, termMonths: 12 }];
    const offer = await eva.makeOffer({ body: { customerId: customer.id, lines } });
    offers.push(
      await eva.acceptOfferByPhone({ offerId: offer.id, ifMatch: offer.version, body: { acceptedBy: 'Anna' } }),
    );
  }
  const before = teams[0]?.licenceCount ?? 0;
  const orders = await Promise.all(offers.map(({ id }) => eva.placeOrder({ body: { offerId: id, teamId } })));
  return { teamId, before: before > 0 ? 2 : 0, orders: orders.map(({ id }) => id) };
}

async function completed(eva: Client, orderId: OrderId): Promise<void> {
  await until(async () => (await eva.getOrder({ orderId })).state === 'completed', `order ${orderId} is completed`);
}

async function mailsAbout(url: string, text: string): Promise<number> {
  const response = await fetch(`${url}/v1/demo/mailbox`);
  const { items } = (await response.json()) as { items: { text: string }[] };
  return items.filter((mail) => mail.text.includes(text)).length;
}

async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 40_000;
  while (!(await holds())) {
    if (Date.now() > deadline) assert.fail(`waited too long until ${what}`);
    await delay(25);
  }
}
