import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '../../../contract/client.ts';
import { createClient } from '../../../contract/client.ts';
import { parseEmailAddress } from '../../../domain/email-address.ts';
import type { AccountId } from '../../../domain/id.ts';
import { createApp } from '../../app.ts';
import { createGround } from '../../create-ground.ts';
import { createPool } from '../../db/database.ts';
import { createMailboxTransport } from '../../features/mailbox/mailbox.service.ts';
import type { Ground, Settings } from '../../platform/ground.ts';
import { createJobs } from '../../platform/jobs.ts';
import type { Log } from '../../platform/log.ts';
import { silentLog, standardLog } from '../../platform/log.ts';
import type { MailTransport } from '../../platform/mail.ts';
import { createTestDatabase } from './database.ts';
import { FakeClock } from './fake-clock.ts';

export interface Person {
  readonly email: string;
  readonly name?: string;
}

/** A person with an account: the typed client that acts for it, and what tests need to know of it. */
export interface SignedIn extends Client {
  readonly accountId: AccountId;
  readonly cookie: string;
}

export interface TestApp {
  readonly ground: Ground;
  /** Where its database is, for what stands beside it as another process does. */
  readonly databaseUrl: string;
  readonly clock: FakeClock;
  readonly anonymous: Client;
  /** Signs somebody in; the account is made on first mention, with its mailbox proven. */
  as(person: Person | string): Promise<SignedIn>;
  /** A client that sends these headers. */
  withHeaders(headers: Record<string, string>): Client;
  /** A request as it comes over the wire, from this machine unless another address is named. */
  request(path: string, init?: RequestInit, address?: string): Promise<Response>;
  /** The same application for a server of `node:http`. */
  readonly listener: RequestListener;
  /** The mails that somebody got, oldest first, once nothing is queued any more. */
  mailsTo(email: string): Promise<ReceivedMail[]>;
  /** Waits until no job is waiting or running. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface ReceivedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The link that it carries, taken apart. */
  readonly link: { readonly linkId: string; readonly secret: string } | undefined;
}

export const TEST_URL = 'http://localhost:4280';

/** What nobody expected is seen in the test's output; the rest is quiet. */
const testLog: Log = { ...silentLog, error: standardLog.error };

const testSettings: Settings = {
  vendorName: 'Vendor',
  accentColour: '#00695c',
  languages: ['en', 'de', 'cs'],
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  freeStorageBytes: 2 * 1024 ** 3,
  offerValidDays: 30,
  invitationDays: 14,
  signingKeyDays: 90,
  publicUrl: TEST_URL,
  demo: true,
};

/** The real application on a database of its own, with real jobs and a clock that the test moves. */
export async function createTestApp(
  options: {
    settings?: Partial<Settings>;
    log?: Log;
    mail?: MailTransport;
    checkResponses?: boolean;
    proxies?: readonly string[];
  } = {},
): Promise<TestApp> {
  const database = await createTestDatabase();
  const pool = createPool({ connectionString: database.url });
  const clock = new FakeClock();
  const log = options.log ?? testLog;
  const settings = { ...testSettings, ...options.settings };
  const jobs = createJobs({ connectionString: database.url, log, timeZone: settings.timeZone });
  const ground = createGround({
    pool,
    connectionString: database.url,
    clock,
    log,
    jobs,
    settings,
    serverKey: randomBytes(32),
  });
  const app = createApp(ground, {
    checkResponses: options.checkResponses ?? true,
    version: 'test',
    deploymentSource: 'test',
    mail: options.mail ?? createMailboxTransport(ground),
    proxies: options.proxies ?? [],
  });
  await jobs.start(app.jobKinds);
  await ground.feed.start();

  const request = async (path: string, init: RequestInit = {}, address = '127.0.0.1') => {
    const headers = new Headers(init.headers);
    if (!headers.has('host')) headers.set('host', 'localhost:4280');
    const env = { incoming: { socket: { remoteAddress: address } } };
    return app.http.fetch(new Request(TEST_URL + path, { ...init, headers }), env);
  };
  const withHeaders = (headers: Record<string, string>) =>
    createClient({ fetch: (path, init) => request(path, init), headers: () => headers });
  const signedIn = new Map<string, Promise<SignedIn>>();
  const settled = () => settle(pool);

  return {
    ground,
    databaseUrl: database.url,
    clock,
    anonymous: withHeaders({}),
    withHeaders,
    request,
    listener: app.listener,
    settled,
    as(person) {
      const { email, name } = typeof person === 'string' ? { email: person, name: person } : person;
      const known = signedIn.get(email) ?? signIn(email, name ?? email);
      signedIn.set(email, known);
      return known;
    },
    async mailsTo(email) {
      await settled();
      const rows = await ground.db
        .selectFrom('mailboxMessage')
        .select(['subject', 'bodyText', 'bodyHtml'])
        .where('recipient', '=', email)
        .orderBy('noticeId')
        .execute();
      return rows.map((row) => ({
        subject: row.subject,
        text: row.bodyText,
        html: row.bodyHtml,
        link: linkIn(row.bodyText),
      }));
    },
    async close() {
      await ground.feed.stop();
      await jobs.stop();
      await pool.end();
      await database.drop();
    },
  };

  async function signIn(text: string, name: string): Promise<SignedIn> {
    const email = parseEmailAddress(text);
    if (!email) throw new Error(`${text} is no e-mail address`);
    const known = await ground.db.selectFrom('account').select('id').where('email', '=', email).executeTakeFirst();
    const id = known?.id ?? ground.newId('acc');
    const account = { id, email, name, emailVerified: true, image: null };
    if (!known) await ground.db.insertInto('account').values(account).execute();
    await ground.feed.catchUp();
    const cookies = await app.identity.startSession(id);
    const cookie = cookies.map((value) => value.split(';')[0]).join('; ');
    return { ...withHeaders({ cookie }), accountId: id, cookie };
  }
}

function linkIn(text: string): ReceivedMail['link'] {
  const [, linkId, secret] = /\/l\/(link_[0-9a-z]{26})#([\w-]+)/.exec(text) ?? [];
  return linkId && secret ? { linkId, secret } : undefined;
}

async function settle(pool: { query(text: string): Promise<{ rows: { open: number }[] }> }): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const { rows } = await pool.query(
      "select count(*)::int as open from job.job where state in ('created', 'active', 'retry') and start_after <= now()",
    );
    if (rows[0]?.open === 0) return;
    if (Date.now() > deadline) throw new Error('jobs are still open after ten seconds');
    await delay(5);
  }
}
