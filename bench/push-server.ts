import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccountId } from '../domain/id.ts';
import { createApp } from '../server/app.ts';
import { createPool } from '../server/db/database.ts';
import type { Giving, Taking } from '../server/features/licence/licence.service.ts';
import { giveLicence, takeLicence } from '../server/features/licence/licence.service.ts';
import { createMailboxTransport } from '../server/features/mailbox/mailbox.service.ts';
import type { AccountCaller } from '../server/platform/caller.ts';
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

/** What bench/push.ts and bench/stream.ts ask for. */
export type PushRequest =
  | { readonly ask: 'give'; readonly ownerId: AccountId; readonly gift: Omit<Giving, 'repeat'> }
  | { readonly ask: 'take'; readonly ownerId: AccountId; readonly taking: Omit<Taking, 'repeat'> }
  | { readonly ask: 'memory' };

process.on('message', async (request: PushRequest) => {
  if (request.ask === 'memory') {
    globalThis.gc?.();
    process.send?.({ residentBytes: process.memoryUsage.rss() });
    return;
  }
  const caller = { kind: 'account', accountId: request.ownerId } as AccountCaller; // nothing else of it is asked for
  // One clock for all processes of a machine.
  const began = process.hrtime.bigint();
  const { licence } =
    request.ask === 'give'
      ? await giveLicence(ground, caller, { ...request.gift, repeat: undefined })
      : await takeLicence(ground, caller, { ...request.taking, repeat: undefined });
  process.send?.({ licenceId: licence.id, began: String(began) });
});
