import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../server/app.ts';
import { createMailboxTransport } from '../server/features/mailbox/mailbox.service.ts';
import { makeBenchApplication, signInEverybody } from './devices.ts';
import { openBenchGround } from './ground.ts';
import { databasePids, pin } from './pin.ts';
import { makeBenchProduct, makeBenchTeam } from './team-data.ts';

const TEAMS = 32;
const HOLDERS = 50;

// The real application with signed-in devices that each hold a licence, for bench/lease.ts to ask. The database has the
// other core, with the generator.
const { ground, pool, stop } = await openBenchGround(12);
pin(await databasePids(pool), 1);
pin([process.pid], 0);
const productId = await makeBenchProduct(ground);
const applicationId = await makeBenchApplication(ground, productId);
for (let index = 0; index < TEAMS; index += 1) await makeBenchTeam(ground, pool, { productId, size: HOLDERS });
await pool.query(`
  update licence l set state = 'held', member_id = m.id, since = now()
    from (select id, team_id, row_number() over (partition by team_id order by id) as number from member) m
   where m.team_id = l.team_id and m.number = l.number`);
const devices = await signInEverybody(ground, pool, applicationId);
await pool.query('vacuum analyze');

const mail = createMailboxTransport(ground);
const app = createApp(ground, { checkResponses: false, version: 'bench', deploymentSource: 'bench', mail });
const server = createServer(app.listener);
server.listen(0, '127.0.0.1', () => {
  // A listening TCP server has an address of this shape.
  const { port } = server.address() as AddressInfo;
  process.send?.({ port, publicUrl: ground.settings.publicUrl, devices });
});
// The processor time that it has used so far; unlike a rate it holds when others use the machine as well.
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicroseconds: user + system });
});
for (const end of ['SIGTERM', 'disconnect']) {
  process.once(end, () => {
    server.closeAllConnections();
    void stop().then(() => process.exit(0));
  });
}
