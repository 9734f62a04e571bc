import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import type { CalendarDate } from '../domain/calendar-date.ts';
import { createApp } from '../server/app.ts';
import { createMailboxTransport } from '../server/features/mailbox/mailbox.service.ts';
import type { ChangeFeed } from '../server/projection/change-feed.ts';
import { Projection } from '../server/projection/projection.ts';
import { groundOn } from './ground.ts';
import { BENCH_APPLICATION, BENCH_PRODUCT, fillProjection } from './holder-data.ts';
import { pin } from './pin.ts';

// The real application over a projection of so many holders that were made up, for bench/check.ts to ask. Without a
// database, so that ten millions fit; that one keeps the projection current takes a query four times a second.
pin([process.pid], 0);
const holders = Number(process.argv[2] ?? 1000);
const key = `nsk_${randomBytes(32).toString('base64url')}`;
const today = new Date().toISOString().slice(0, 10) as CalendarDate;
const hash = createHash('sha256').update(key).digest('base64');

const before = residentBytes();
const projection = new Projection(today, { accounts: 1, memberships: 1, teams: 1, subscriptions: 1 });
projection.catalogue.replace({
  products: [{ id: BENCH_PRODUCT, key: 'share', name: 'Share' }],
  applications: [{ id: BENCH_APPLICATION, productIds: [BENCH_PRODUCT] }],
  serviceKeys: [{ hash, applicationId: BENCH_APPLICATION }],
});
const asked = fillProjection(projection, holders);
const grownBytes = residentBytes() - before;

// What a feed is to a check: current, and showing the revision that was asked for.
const feed = {
  projection,
  current: projection,
  isCurrent: true,
  isUsable: true,
  shows: () => true,
} as unknown as ChangeFeed;
const ground = { ...groundOn(new pg.Pool({ max: 1 }), 'postgres://localhost'), feed };
const mail = createMailboxTransport(ground);
const app = createApp(ground, { checkResponses: false, version: 'bench', deploymentSource: 'bench', mail });
const server = createServer(app.listener);
server.listen(0, '127.0.0.1', () => {
  // A listening TCP server has an address of this shape.
  const { port } = server.address() as AddressInfo;
  process.send?.({ port, key, asked, grownBytes });
});

process.on('message', ({ decisions }: { decisions: number }) => {
  const application = projection.catalogue.application(BENCH_APPLICATION);
  if (!application) throw new Error('the bench has no application');
  let yes = 0;
  const began = performance.now();
  for (let index = 0; index < decisions; index += 1) {
    const one = asked[index % asked.length];
    if (one && projection.decide(application, one.accountId, 'share', one.teamId).decision) yes += 1;
  }
  const seconds = (performance.now() - began) / 1000;
  if (yes !== decisions) throw new Error('somebody was refused');
  process.send?.({ perSecond: decisions / seconds });
});

function residentBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}
