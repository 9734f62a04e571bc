import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccountId } from '../domain/id.ts';
import { createApp } from '../server/app.ts';
import { createPool } from '../server/db/database.ts';
import { createMailboxTransport } from '../server/features/mailbox/mailbox.service.ts';
import { groundOn } from './ground.ts';

// One server process of several on one database, for bench/push.ts and bench/stream.ts.
const url = process.argv[2] ?? '';
const secret = Buffer.from(process.argv[3] ?? '', 'hex');
const pool = createPool({ connectionString: url });
const ground = { ...groundOn(pool, url), serverKey: secret };
await ground.feed.start();
const mail = createMailboxTransport(ground);
const app = createApp(ground, { checkResponses: false, version: 'bench', deploymentSource: 'bench', mail });
const server = createServer(app.listener);
server.listen(0, '127.0.0.1', () => {
  // A listening TCP server has an address of this shape.
  process.send?.({ port: (server.address() as AddressInfo).port });
});

process.on('message', async ({ session }: { session?: AccountId }) => {
  if (session) {
    const cookies = await app.identity.startSession(session);
    process.send?.({ cookie: cookies.map((value) => value.split(';')[0]).join('; ') });
    return;
  }
  globalThis.gc?.();
  process.send?.({ residentBytes: process.memoryUsage.rss() });
});
