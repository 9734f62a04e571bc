import type { Client } from '../../contract/client.ts';
import { createClient } from '../../contract/client.ts';
import type { EmailAddress } from '../../domain/email-address.ts';
import type { AccountId, TokenId } from '../../domain/id.ts';
import type { App } from '../../server/app.ts';
import { createApp } from '../../server/app.ts';
import { createGround } from '../../server/create-ground.ts';
import { createPool } from '../../server/db/database.ts';
import { createMailboxTransport } from '../../server/features/mailbox/mailbox.service.ts';
import type { AccountCaller } from '../../server/platform/caller.ts';
import type { Ground } from '../../server/platform/ground.ts';
import { createJobs } from '../../server/platform/jobs.ts';
import { silentLog } from '../../server/platform/log.ts';

/** Somebody with an account, as the world of a race knows them. */
export interface Person {
  readonly accountId: AccountId;
  readonly email: EmailAddress;
}

/** A whole server, without its port: application, jobs and projection of its own on a database that others use as well. */
export interface RaceServer {
  readonly ground: Ground;
  readonly app: App;
  /** The same calls as over HTTP, in process: guard, shapes, keys and all. */
  client(person: Person): Promise<Client>;
  caller(person: Person): AccountCaller;
  /** Moves this server's calendar. */
  setDays(days: number): void;
  close(): Promise<void>;
}

export interface RaceServerOptions {
  readonly databaseUrl: string;
  readonly secret: string;
  readonly connections: number;
  /** Whether it does the jobs that any of the servers has queued. */
  readonly doesJobs: boolean;
}

const PUBLIC_URL = 'http://localhost:4280';
const DAY_MILLISECONDS = 86_400_000;

export async function openRaceServer(options: RaceServerOptions): Promise<RaceServer> {
  const { databaseUrl, secret, connections, doesJobs } = options;
  let days = 0;
  const clock = { now: () => new Date(Date.now() + days * DAY_MILLISECONDS) };
  const pool = createPool({ connectionString: databaseUrl, maxConnections: connections });
  const jobs = createJobs({ connectionString: databaseUrl, log: silentLog, timeZone: 'Europe/Berlin' });
  const serverKey = Buffer.from(secret, 'hex');
  const ground = createGround({
    pool,
    connectionString: databaseUrl,
    clock,
    log: silentLog,
    jobs,
    settings,
    serverKey,
  });
  const mail = createMailboxTransport(ground);
  const app = createApp(ground, { checkResponses: true, version: 'race', deploymentSource: 'race', mail });
  await jobs.start(doesJobs ? app.jobKinds : []);
  await ground.feed.start();
  const clients = new Map<AccountId, Promise<Client>>();
  return {
    ground,
    app,
    client({ accountId }) {
      const client = clients.get(accountId) ?? openClient(app, accountId, addressOf(clients.size));
      clients.set(accountId, client);
      return client;
    },
    caller: ({ accountId, email }) => ({
      kind: 'account',
      accountId,
      email,
      name: 'Person',
      language: 'en',
      sessionId: 'tok_none' as TokenId,
    }),
    setDays: (wanted) => {
      days = wanted;
    },
    async close() {
      await ground.feed.stop();
      await jobs.stop();
      await pool.end();
    },
  };
}

/** Everybody has an address of their own: tries are counted by it. */
const addressOf = (index: number): string => `10.0.${index >> 8}.${index & 255}`;

async function openClient(app: App, accountId: AccountId, remoteAddress: string): Promise<Client> {
  const cookie = (await app.identity.startSession(accountId)).map((value) => value.split(';')[0]).join('; ');
  const env = { incoming: { socket: { remoteAddress } } };
  return createClient({
    headers: () => ({ cookie, host: 'localhost:4280' }),
    fetch: async (path, init) => app.http.fetch(new Request(PUBLIC_URL + path, init), env),
  });
}

const settings: Ground['settings'] = {
  vendorName: 'Vendor',
  accentColour: '#00695c',
  languages: ['en'],
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  freeStorageBytes: 2 * 1024 ** 3,
  offerValidDays: 30,
  invitationDays: 14,
  signingKeyDays: 90,
  publicUrl: PUBLIC_URL,
  demo: true,
};
