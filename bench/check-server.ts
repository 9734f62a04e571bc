import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createApp } from '../server/app.ts';
import { makeServiceKey } from '../server/features/catalogue/application-key.service.ts';
import { giveLicence } from '../server/features/licence/licence.service.ts';
import { createMailboxTransport } from '../server/features/mailbox/mailbox.service.ts';
import type { AccountCaller } from '../server/platform/caller.ts';
import { openBenchGround } from './ground.ts';
import { makeBenchProduct, makeBenchTeam } from './team-data.ts';

const HOLDERS = 50;

// The real application with one team of holders, for bench/check.ts to ask.
const { ground, pool, stop } = await openBenchGround(12);
const productId = await makeBenchProduct(ground);
const team = await makeBenchTeam(ground, pool, { productId, size: HOLDERS });
const caller = { kind: 'account', accountId: team.ownerId } as AccountCaller; // nothing else of it is asked for
for (const memberId of team.memberIds) {
  await giveLicence(ground, caller, { teamId: team.teamId, productId, memberId, repeat: undefined });
}
const applicationId = ground.newId('app');
await ground.db.insertInto('application').values({ id: applicationId, key: 'bench', name: 'Bench' }).execute();
await ground.db.insertInto('applicationProduct').values({ applicationId, productId }).execute();
const { rows } = await pool.query<{ account_id: string }>('select account_id from member');
await pool.query('analyze');

const mail = createMailboxTransport(ground);
const app = createApp(ground, { checkResponses: false, version: 'bench', deploymentSource: 'bench', mail });
const server = createServer(getRequestListener(app.http.fetch));
const key = await makeServiceKey(ground, 'bench');
server.listen(0, '127.0.0.1', () => {
  // A listening TCP server has an address of this shape.
  const { port } = server.address() as AddressInfo;
  process.send?.({ port, key, teamId: team.teamId, accountIds: rows.map((row) => row.account_id) });
});
process.on('SIGTERM', () => {
  server.closeAllConnections();
  void stop().then(() => process.exit(0));
});
