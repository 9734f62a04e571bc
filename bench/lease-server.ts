import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../server/app.ts';
import { createMailboxTransport } from '../server/features/mailbox/mailbox.service.ts';
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
const applicationId = ground.newId('app');
await ground.db.insertInto('application').values({ id: applicationId, key: 'bench', name: 'Bench' }).execute();
await ground.db.insertInto('applicationProduct').values({ applicationId, productId }).execute();
for (let index = 0; index < TEAMS; index += 1) await makeBenchTeam(ground, pool, { productId, size: HOLDERS });
await pool.query(`
  update licence l set state = 'held', member_id = m.id, since = now()
    from (select id, team_id, row_number() over (partition by team_id order by id) as number from member) m
   where m.team_id = l.team_id and m.number = l.number`);
const devices = await signIn();
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

/** Signs everybody in on a device. */
async function signIn(): Promise<{ token: string; teamId: string }[]> {
  const { rows } = await pool.query<{ account_id: string; team_id: string }>('select account_id, team_id from member');
  const signedIn = rows.map((row) => ({ ...row, token: randomBytes(32).toString('base64url') }));
  await pool.query(
    `insert into device_token (id, hash, account_id, application_id, created_at, expires_at)
     select t.id, t.hash, t.account_id, $4, now(), now() + interval '90 days'
       from unnest($1::text[], $2::bytea[], $3::text[]) as t (id, hash, account_id)`,
    [
      signedIn.map(() => ground.newId('tok')),
      signedIn.map(({ token }) => createHash('sha256').update(token).digest()),
      signedIn.map((row) => row.account_id),
      applicationId,
    ],
  );
  return signedIn.map(({ token, team_id }) => ({ token, teamId: team_id }));
}
