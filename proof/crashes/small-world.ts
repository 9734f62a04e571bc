import pg from 'pg';
import type { Client } from '../../contract/client.ts';
import type { MemberId, ProductId } from '../../domain/id.ts';
import type { MailTransport } from '../../server/platform/mail.ts';
import { createSmtpTransport } from '../../server/platform/mail.ts';
import type { TestApp } from '../../server/tests/harness/app.ts';
import { createTestApp } from '../../server/tests/harness/app.ts';
import type { MailServer } from '../../server/tests/harness/mail-server.ts';
import { startMailServer } from '../../server/tests/harness/mail-server.ts';
import { makeCustomer, openMarket } from '../../server/tests/harness/sale-builder.ts';
import { addLicences, addMember, makeTeam } from '../../server/tests/harness/team-builder.ts';
import { chanceOf } from '../chance.ts';
import { createCaller } from './caller.ts';
import { checkLedger } from './check-ledger.ts';
import { checkNotices } from './check-notices.ts';
import type { Ledger } from './ledger.ts';
import { openLedger } from './ledger.ts';
import type { LicenceTeam } from './licence-load.ts';
import { handOutOnce, tellAll } from './licence-load.ts';
import type { MailedLink } from './sale-load.ts';
import { sellOnce } from './sale-load.ts';
import { passTime } from './settle.ts';
import { mailOfBytes } from './taken-mail.ts';

/** The load and the checkers on an application in this process, in which a test plants a fault. */
export interface SmallWorld {
  readonly app: TestApp;
  readonly pool: pg.Pool;
  readonly ledger: Ledger;
  readonly team: LicenceTeam;
  /** What the load was refused although it is possible. */
  readonly refusals: string[];
  /** Hands licences out so often; of every change the first answer is lost on its way. */
  handOut(times: number): Promise<void>;
  /** Sells so often: on the phone and for a team that is known, or by the links that are mailed. */
  sell(times: number, by?: 'phone' | 'links' | 'linksUnread'): Promise<void>;
  /** Repeats what was answered. @returns What was answered otherwise. */
  repeat(): Promise<readonly string[]>;
  /** From now on every mail is taken twice, as if the first answer were lost; what is sent is changed by how often it was. */
  repeatMails(change: MailChange | undefined): void;
  /** Waits until the jobs are done, and says what the checkers say. */
  check(): Promise<string[]>;
  close(): Promise<void>;
}

const OWNER_EMAIL = 'owner@office.example';
const MEMBERS = 3;

type Sent = Parameters<MailTransport['handOver']>[0];
type MailChange = (sent: Sent, time: number) => Sent;

export async function openSmallWorld(): Promise<SmallWorld> {
  const mails = await startMailServer();
  const transport = createSmtpTransport({
    url: mails.url,
    from: 'Namesake <a@vendor.example>',
    host: 'vendor.example',
  });
  const repeating = repeatingMails(transport);
  const app = await createTestApp({ mail: repeating });
  const pool = new pg.Pool({ connectionString: app.databaseUrl, max: 2 });
  const market = await openMarket(app);
  const customer = await makeCustomer(market.agent);
  const sold = await market.agent.makeTeam({
    body: { name: 'Sold', customerId: customer.id, ownerEmail: OWNER_EMAIL },
  });
  const { team, ownerCookie } = await makeLicenceTeam(app, market.share);
  const caller = createCaller('', losingFirstAnswers(app));
  const ledger = await openLedger(pool, { teamIds: [team.teamId], productId: market.share });
  const refusals: string[] = [];
  const chance = chanceOf(1);
  const watch = tellAll();
  /** The link in the mail about a thing; nobody reads a mail about an order where links are unread. */
  const linkTo = async (kind: string, subjectId: string, isRead: boolean) => {
    await app.settled();
    const { rows } = await pool.query<{ id: string }>(
      'select id from link where kind = $1 and subject_id = $2 and ended_at is null',
      [kind, subjectId],
    );
    const { link } = readMails(mails).find(({ link: found }) => found?.linkId === rows[0]?.id) ?? {};
    // Whoever mails a link names it.
    return isRead || kind === 'offer' ? (link as MailedLink | undefined) : undefined;
  };
  const repeat = async (times: number, work: () => Promise<void>) => {
    for (let count = 0; count < times; count += 1) {
      await work().catch((error: unknown) => refusals.push(String(error)));
    }
  };
  const handing = { ...team, owner: caller.clientOf(ownerCookie) };
  return {
    app,
    pool,
    ledger,
    team: handing,
    refusals,
    handOut: (times) => repeat(times, () => handOutOnce(handing, { caller, ledger, chance, watch })),
    sell: (times, by = 'phone') =>
      repeat(times, () =>
        sellOnce({
          ...{ caller, ledger, customer, chance: { ...chance, happens: () => by !== 'phone' } },
          ...{ agent: caller.clientOf(market.agent.cookie), agentEmail: 'eva.lang@bim-partner-sachsen.example' },
          ...{
            anybody: caller.clientOf(),
            team: { teamId: sold.id, ownerEmail: OWNER_EMAIL },
            linkTo: (kind, subjectId) => linkTo(kind, subjectId, by === 'links'),
          },
        }),
      ),
    async repeat() {
      await caller.repeatRest();
      return caller.unlike;
    },
    repeatMails(change) {
      repeating.change = change;
    },
    async check() {
      await app.settled();
      await passTime({ ask: async (text, values) => (await pool.query(text, values)).rows });
      await app.settled();
      return [...(await checkLedger(pool, ledger)), ...(await checkNotices(pool, ledger, readMails(mails)))];
    },
    async close() {
      await pool.end();
      transport.close();
      await mails.close();
      await app.close();
    },
  };
}

async function makeLicenceTeam(app: TestApp, productId: ProductId) {
  const team = await makeTeam(app, OWNER_EMAIL);
  await addLicences(app, { teamId: team.teamId, productId, quantity: 2 });
  const members: MemberId[] = [];
  for (let index = 0; index < MEMBERS; index += 1) {
    members.push((await addMember(app, team, `member${index}@office.example`)).memberId);
  }
  const owner: Client = team.owner;
  return { team: { teamId: team.teamId, owner, members, licences: 2 }, ownerCookie: team.owner.cookie };
}

/** Where there is a change every mail is taken and the answer is lost, once. */
function repeatingMails(mail: MailTransport): MailTransport & { change: MailChange | undefined } {
  const times = new Map<string, number>();
  return {
    change: undefined,
    async handOver(sent) {
      if (!this.change) return mail.handOver(sent);
      const time = times.get(sent.id) ?? 0;
      times.set(sent.id, time + 1);
      const answer = await mail.handOver(this.change(sent, time));
      return time === 0 ? { outcome: 'delayed', reason: 'the answer is lost' } : answer;
    },
    close: () => mail.close(),
  };
}

/** The change is made, and whoever asked for it hears nothing; the second time the answer comes. */
function losingFirstAnswers(app: TestApp) {
  const seen = new Set<string>();
  return async (path: string, init: RequestInit): Promise<Response> => {
    const response = await app.request(path, init);
    const key = new Headers(init.headers).get('idempotency-key');
    if (!response.ok || key === null || seen.has(key)) return response;
    seen.add(key);
    throw new Error('cut off');
  };
}

function readMails({ messages }: MailServer) {
  return messages.map((raw) => mailOfBytes([/^to: (\S+)/im.exec(raw.toString('latin1'))?.[1] ?? ''], raw));
}
