import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { OrderId } from '../../../domain/id.ts';
import { createGround } from '../../create-ground.ts';
import { createPool } from '../../db/database.ts';
import { checkArchive } from '../../features/backup/archive-check.ts';
import { writeBackupFile } from '../../features/backup/backup-file.service.ts';
import { restoreBackup } from '../../features/backup/restore.service.ts';
import { noticeJobs } from '../../features/notice/notice.jobs.ts';
import { orderJobs } from '../../features/order/order.jobs.ts';
import { createJobs } from '../../platform/jobs.ts';
import { silentLog } from '../../platform/log.ts';
import type { MailTransport } from '../../platform/mail.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import type { EmptyDatabase } from '../harness/empty-database.ts';
import { createEmptyDatabase } from '../harness/empty-database.ts';
import { makeAccepted, makeCustomer, openMarket } from '../harness/sale-builder.ts';

const busy: MailTransport = { handOver: async () => ({ outcome: 'delayed', reason: 'busy' }), close: () => {} };

describe('what was owed when the backup was made', () => {
  let app: TestApp;
  let database: EmptyDatabase;
  let orderId: OrderId;
  let folder: string;

  before(async () => {
    app = await createTestApp({ mail: busy });
    folder = await mkdtemp(path.join(tmpdir(), 'namesake-owed-'));
    const file = path.join(folder, 'owed.tar.gz');
    orderId = await backUpInTheMiddle(file);
    database = await createEmptyDatabase();
    await restoreBackup({ file, manifest: (await checkArchive(file)).manifest }, database.url);
  });
  after(async () => {
    await rm(folder, { recursive: true });
    await database.drop();
    await app.close();
  });

  it('is done once after the restore, and not again at the next start', async () => {
    const { rows } = await database.pool.query<{ id: string }>(`select id from notice where state = 'queued'`);
    assert.ok(rows.length >= 2, 'mails wait');
    assert.equal(await stateOfOrder(), 'inProgress');

    const handed = await runServer();
    assert.equal(await stateOfOrder(), 'completed');
    const licences = await database.pool.query('select count(*)::int as count from licence');
    assert.equal(licences.rows[0].count, 3);
    for (const { id } of rows) assert.equal(handed.filter((mail) => mail.startsWith(id)).length, 1, id);
    assert.equal(new Set(handed).size, handed.length, 'each once');

    assert.deepEqual(await runServer(), []);
  });

  it('is tried as often as this version says, whatever an earlier one has made of the queue', async () => {
    const tries = async () =>
      (await database.pool.query(`select retry_limit from job.queue where name = 'order-process'`)).rows;
    await database.pool.query(`update job.queue set retry_limit = 99 where name = 'order-process'`);
    await runServer();
    assert.deepEqual(await tries(), [{ retry_limit: 7 }]);
  });

  const stateOfOrder = async () =>
    (await database.pool.query<{ state: string }>('select state from "order" where id = $1', [orderId])).rows[0]?.state;

  /** A backup of a moment in which an order is being processed: somebody holds the team meanwhile. */
  async function backUpInTheMiddle(file: string): Promise<OrderId> {
    const market = await openMarket(app);
    const customer = await makeCustomer(market.agent);
    const body = { name: 'Team', customerId: customer.id, ownerEmail: 'owner@owed.example' };
    const team = await market.agent.makeTeam({ body });
    const offer = await makeAccepted(market.agent, { customerId: customer.id, productId: market.share, quantity: 3 });
    const holder = new pg.Client({ connectionString: app.databaseUrl });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select from stream where id = $1 for update', [team.id]);
    const order = await market.agent.placeOrder({ body: { offerId: offer.id, teamId: team.id } });
    const options = {
      connectionString: app.databaseUrl,
      serverKey: randomBytes(32),
      seed: 'demo',
      withKey: false,
    } as const;
    await writeBackupFile(file, options);
    await holder.query('rollback');
    await holder.end();
    return order.id;
  }

  /** Works on the restored database until nothing is left to do; answers the ids of the mails that left. */
  async function runServer(): Promise<string[]> {
    const handed: string[] = [];
    const transport: MailTransport = {
      async handOver({ id }) {
        handed.push(id);
        return { outcome: 'accepted' };
      },
      close: () => {},
    };
    const { settings, serverKey, clock } = app.ground;
    const pool = createPool({ connectionString: database.url });
    const jobs = createJobs({ connectionString: database.url, log: silentLog, timeZone: settings.timeZone });
    const ground = createGround({
      pool,
      connectionString: database.url,
      clock,
      log: silentLog,
      jobs,
      settings,
      serverKey,
    });
    await jobs.start([...orderJobs(ground), ...noticeJobs(ground, transport)]);
    await settled(pool);
    await jobs.stop();
    await pool.end();
    return handed;
  }
});

async function settled(pool: pg.Pool): Promise<void> {
  for (const deadline = Date.now() + 20_000; ; ) {
    const { rows } = await pool.query<{ open: number }>(
      `select count(*)::int as open from job.job where name in ('order-process', 'notice-send') and state < 'completed'`,
    );
    if (rows[0]?.open === 0) return;
    if (Date.now() > deadline) throw new Error('jobs are still open after twenty seconds');
    await delay(20);
  }
}
