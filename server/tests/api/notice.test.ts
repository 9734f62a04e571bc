import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { simpleParser } from 'mailparser';
import type { LinkId, NoticeId } from '../../../domain/id.ts';
import { noticeJobs } from '../../features/notice/notice.jobs.ts';
import { ConfigError } from '../../platform/config-error.ts';
import { silentLog } from '../../platform/log.ts';
import type { MailTransport } from '../../platform/mail.ts';
import { createSmtpTransport } from '../../platform/mail.ts';
import { PASSWORD } from '../harness/account-builder.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { assertChain } from '../harness/chain.ts';
import type { MailServer } from '../harness/mail-server.ts';
import { startMailServer } from '../harness/mail-server.ts';
import { refused } from '../harness/refused.ts';
import type { Market } from '../harness/sale-builder.ts';
import { contactOf, makeCustomer, makeOffer, openMarket } from '../harness/sale-builder.ts';
import { invite, makeTeam } from '../harness/team-builder.ts';

const FROM = 'Namesake <no-reply@vendor.example>';
const transportTo = (url: string) => createSmtpTransport({ url, from: FROM, host: 'localhost' });

describe('notices', () => {
  let app: TestApp;
  let market: Market;
  let server: MailServer;
  let transport: MailTransport;
  let serial = 0;
  /** What happens right after the mail server took a message, before anybody has noted it. */
  let afterHandOver = () => {};

  before(async () => {
    server = await startMailServer();
    transport = transportTo(server.url);
    const mail: MailTransport = {
      async handOver(message) {
        const answer = await transport.handOver(message);
        afterHandOver();
        return answer;
      },
      close: () => transport.close(),
    };
    app = await createTestApp({ mail, log: silentLog });
    market = await openMarket(app);
  });
  after(async () => {
    transport.close();
    await app.close();
    await server.close();
  });

  /** Somebody signs up, and so is owed a mail with a link. */
  async function owed(): Promise<{ email: string; noticeId: NoticeId }> {
    serial += 1;
    app.clock.forward({ seconds: 1 });
    const email = `reader${serial}@office.example`;
    await app.anonymous.signUp({ body: { email, name: 'Reader', password: PASSWORD } });
    await app.settled();
    const { items } = await market.staff.listNotices();
    const notice = items.find(({ to }) => to === email);
    assert.ok(notice);
    return { email, noticeId: notice.id };
  }

  const stateOf = async (noticeId: NoticeId) => {
    const { items } = await market.staff.listNotices();
    const notice = items.find(({ id }) => id === noticeId);
    assert.ok(notice, 'the notice is listed');
    return notice;
  };

  const run = (job: { noticeId: NoticeId; tries?: number }, mail: MailTransport = transport) =>
    noticeJobs(app.ground, mail)[0]?.handle(job);

  /** As the job does that waits for the notice now. */
  const tryAgain = async (noticeId: NoticeId, mail?: MailTransport) =>
    run({ noticeId, tries: (await stateOf(noticeId)).attempts }, mail);

  const waitingJobs = async (noticeId: NoticeId) => {
    const { rows } = await sql<{ data: object }>`
      select data from job.job where name = 'notice-send' and data->>'noticeId' = ${noticeId} and state in ('created', 'retry')
    `.execute(app.ground.db);
    return rows.map(({ data }) => data);
  };

  const linkOf = async (message: Buffer | undefined) => {
    const { text = '' } = await simpleParser(message ?? '');
    const [, linkId = '', secret = ''] = /\/l\/(link_[0-9a-z]{26})#([\w-]+)/.exec(text) ?? [];
    return { linkId: linkId as LinkId, body: { secret } };
  };

  /** Runs with a mail server that answers every recipient with this. */
  async function answering<T>(answer: MailServer['answer'], work: () => Promise<T>): Promise<T> {
    server.answer = answer;
    try {
      return await work();
    } finally {
      server.answer = undefined;
    }
  }

  const refuse = <T>(work: () => Promise<T>) => answering({ code: 550, text: 'no such mailbox here' }, work);

  it('reach the mail server with everything that a mail needs', async () => {
    const { email, noticeId } = await owed();
    const raw = server.messages.at(-1);
    const mail = await simpleParser(raw ?? '');

    assert.equal(mail.messageId, `<${noticeId}@localhost>`);
    assert.equal(mail.from?.text, '"Namesake" <no-reply@vendor.example>');
    assert.equal([mail.to].flat()[0]?.text, email);
    assert.equal(mail.subject, 'Confirm your e-mail address');
    assert.equal(mail.date?.getTime(), Math.floor(app.clock.now().getTime() / 1000) * 1000);
    assert.equal(mail.headers.get('auto-submitted'), 'auto-generated');
    assert.match(String(mail.html), /<h1/);
    await app.anonymous.confirmAccount(await linkOf(raw));
    const notice = await stateOf(noticeId);
    assert.deepEqual([notice.state, notice.attempts, notice.lastError], ['accepted', 1, null]);
    assert.equal(notice.acceptedAt, app.clock.now().toISOString());
  });

  it('go out again, the same to the byte, when the server died before it noted the first time', async () => {
    let crashes = 1;
    afterHandOver = () => {
      if (crashes-- > 0) throw new Error('killed');
    };
    const before = server.messages.length;
    const { noticeId } = await owed();
    while ((await stateOf(noticeId)).state !== 'accepted') await app.settled();
    afterHandOver = () => {};

    const [first, second, ...more] = server.messages.slice(before);
    assert.ok(first && second);
    assert.deepEqual(first, second);
    assert.deepEqual(more, []);
  });

  it('are handed over once when the job comes again', async () => {
    const { noticeId } = await owed();
    const before = server.messages.length;
    await tryAgain(noticeId);
    assert.equal(server.messages.length, before);
  });

  it('wait for a mail server that is down, and go out when it is back', async () => {
    const port = Number(new URL(server.url).port);
    transport.close();
    await server.close();
    transport = transportTo(`smtp://127.0.0.1:${port}`);
    const { noticeId } = await owed();
    const waiting = await stateOf(noticeId);
    assert.deepEqual([waiting.state, waiting.attempts], ['queued', 1]);
    assert.match(waiting.lastError ?? '', /ECONNREFUSED/);
    assert.equal(waiting.nextAttemptAt, new Date(app.clock.now().getTime() + 60_000).toISOString());
    const jobs = await app.ground.db.selectFrom('notice').select('id').where('state', '=', 'queued').execute();
    assert.deepEqual(jobs, [{ id: noticeId }]);

    server = await startMailServer(port);
    await tryAgain(noticeId);
    const accepted = await stateOf(noticeId);
    assert.deepEqual([accepted.state, accepted.attempts], ['accepted', 2]);
    assert.deepEqual([accepted.lastError, accepted.nextAttemptAt], [null, null]);
  });

  it('fail after most of a day of "try later"', async () => {
    await answering({ code: 451, text: 'greylisted, try later' }, async () => {
      const { noticeId } = await owed();
      const begun = app.clock.now();
      let last = await stateOf(noticeId);
      while (last.state === 'queued') {
        assert.match(last.lastError ?? '', /451 greylisted/);
        app.clock.forward({ seconds: (Date.parse(last.nextAttemptAt ?? '') - app.clock.now().getTime()) / 1000 });
        await tryAgain(noticeId);
        last = await stateOf(noticeId);
      }
      assert.deepEqual([last.state, last.attempts, last.nextAttemptAt], ['failed', 10, null]);
      const hours = (app.clock.now().getTime() - begun.getTime()) / 3_600_000;
      assert.ok(hours > 23 && hours <= 24, `${hours} hours`);
    });
  });

  it('fail at once when the mail server refuses, with its reason', async () => {
    const { noticeId } = await refuse(owed);
    const failed = await stateOf(noticeId);
    assert.deepEqual([failed.state, failed.attempts, failed.nextAttemptAt], ['failed', 1, null]);
    assert.match(failed.lastError ?? '', /550 no such mailbox here/);
    await tryAgain(noticeId);
    assert.equal((await stateOf(noticeId)).attempts, 1);
  });

  it('that cannot be written wait with their reason, and fail like those that nobody takes', async () => {
    const { noticeId } = await answering({ code: 451, text: 'later' }, owed);
    await app.ground.db.updateTable('notice').set({ kind: 'offerSent' }).where('id', '=', noticeId).execute();
    await tryAgain(noticeId);
    const waiting = await stateOf(noticeId);
    assert.deepEqual([waiting.state, waiting.attempts], ['queued', 2]);
    assert.match(waiting.lastError ?? '', /cannot be written/);
    for (let tries = 2; tries < 10; tries += 1) await tryAgain(noticeId);
    assert.equal((await stateOf(noticeId)).state, 'failed');
    await app.ground.db.updateTable('notice').set({ kind: 'accountConfirmation' }).where('id', '=', noticeId).execute();
  });

  it('is tried once for each job that was queued for it, also when a job that broke off comes again', async () => {
    const busy = { code: 451, text: 'busy' };
    const { noticeId } = await answering(busy, owed);
    assert.equal((await stateOf(noticeId)).attempts, 1);
    await answering(busy, async () => run({ noticeId }));
    assert.equal((await stateOf(noticeId)).attempts, 1, 'its successor is on its way');
    const waiting = await waitingJobs(noticeId);
    assert.deepEqual(waiting, [{ noticeId, tries: 1 }]);
    await run({ noticeId, tries: 1 });
    assert.equal((await stateOf(noticeId)).state, 'accepted');
  });

  it('is tried on as before when two processes had the same try in hand', async () => {
    const busy = { code: 451, text: 'busy' };
    const { noticeId } = await answering(busy, owed);
    // The second hand-over begins and ends while the first has not been written down.
    const slow: MailTransport = {
      async handOver(mail) {
        await run({ noticeId, tries: 1 });
        return transport.handOver(mail);
      },
      close: () => {},
    };
    await answering(busy, async () => run({ noticeId, tries: 1 }, slow));
    assert.equal((await stateOf(noticeId)).attempts, 2);
    assert.deepEqual((await waitingJobs(noticeId)).at(-1), { noticeId, tries: 2 });
    assert.equal((await waitingJobs(noticeId)).length, 2, 'the one that was run by hand, and its one successor');
    await run({ noticeId, tries: 2 });
    assert.equal((await stateOf(noticeId)).state, 'accepted');
  });

  it('keep secrets out of the reason', async () => {
    const secret = 'k'.repeat(43);
    const { noticeId } = await answering({ code: 554, text: `bad link /l/link_1#${secret}` }, owed);
    const { lastError } = await stateOf(noticeId);
    assert.match(lastError ?? '', /554 bad link/);
    assert.ok(!lastError?.includes(secret));
  });

  it('are sent again by staff, with a new link in place of the old', async () => {
    const { email, noticeId } = await refuse(owed);
    const { linkId: oldLink } = await app.ground.db
      .selectFrom('notice')
      .select('linkId')
      .where('id', '=', noticeId)
      .executeTakeFirstOrThrow();
    app.clock.forward({ days: 5 });
    const again = await market.staff.sendNoticeAgain({ noticeId });
    await app.settled();

    assert.deepEqual([again.state, again.to, again.attempts], ['queued', email, 0]);
    assert.equal((await stateOf(again.id)).state, 'accepted');
    const link = await linkOf(server.messages.at(-1));
    assert.notEqual(link.linkId, oldLink);
    const old = await app.ground.db
      .selectFrom('link')
      .select('endedAt')
      .where('id', '=', oldLink)
      .executeTakeFirstOrThrow();
    assert.ok(old.endedAt);
    await app.anonymous.confirmAccount(link);
    assert.ok(!(await market.staff.listNotices()).items.some(({ id }) => id === noticeId));
    await refused(market.staff.sendNoticeAgain({ noticeId }), 'noticeNotFailed');
    await refused(market.staff.sendNoticeAgain({ noticeId: again.id }), 'noticeNotFailed');
  });

  it("are sent again as part of the customer's record, once for a repeated request", async () => {
    app.clock.forward({ seconds: 1 });
    const customer = await makeCustomer(market.agent);
    const offer = await makeOffer(market.agent, { customerId: customer.id, productId: market.share });
    await refuse(async () => {
      await market.agent.sendOffer({ offerId: offer.id, ifMatch: offer.version });
      await app.settled();
    });
    const { items } = await market.staff.listNotices({ query: { state: 'failed' } });
    const failed = items.find(({ to }) => to === contactOf(customer.customerNumber));
    assert.ok(failed);
    const call = { noticeId: failed.id, idempotencyKey: `again-${failed.id}` };
    const again = await market.staff.sendNoticeAgain(call);
    assert.deepEqual(await market.staff.sendNoticeAgain(call), again);

    const events = await app.ground.db
      .selectFrom('event')
      .select('data')
      .where('streamId', '=', customer.id)
      .where('kind', '=', 'noticeSentAgain')
      .execute();
    assert.deepEqual(events, [{ data: { noticeId: again.id, before: failed.id } }]);
    await assertChain(app.ground.db, customer.id);
  });

  it('are not sent again once their matter has gone on', async () => {
    const team = await makeTeam(app, 'owner@office.example');
    app.clock.forward({ seconds: 1 });
    const memberId = await refuse(async () => {
      const invited = await invite(team, 'guest@office.example');
      await app.settled();
      return invited;
    });
    const { items } = await market.staff.listNotices({ query: { state: 'failed' } });
    const failed = items.find(({ to }) => to === 'guest@office.example');
    assert.ok(failed);
    await team.owner.removeMember({ teamId: team.teamId, memberId });
    await refused(market.staff.sendNoticeAgain({ noticeId: failed.id }), 'linkEnded');
  });

  it('are for staff alone', async () => {
    const { noticeId } = await refuse(owed);
    const somebody = await app.as('somebody@office.example');
    for (const client of [somebody, market.agent]) {
      await refused(client.listNotices(), 'forbidden');
      await refused(client.sendNoticeAgain({ noticeId }), 'forbidden');
    }
    await refused(app.anonymous.listNotices(), 'notSignedIn');
    await refused(app.anonymous.sendNoticeAgain({ noticeId }), 'notSignedIn');
    await refused(market.staff.sendNoticeAgain({ noticeId: app.ground.newId('ntc') }), 'notFound');
  });

  it('are listed newest first, page by page', async () => {
    await owed();
    await owed();
    const all = (await market.staff.listNotices({ query: { limit: 500 } })).items;
    const first = await market.staff.listNotices({ query: { limit: 2 } });
    assert.deepEqual(first.items, all.slice(0, 2));
    const second = await market.staff.listNotices({ query: { limit: 2, after: first.next ?? '' } });
    assert.deepEqual(second.items, all.slice(2, 4));
    assert.ok(all.every((notice, index) => index === 0 || notice.queuedAt <= (all[index - 1]?.queuedAt ?? '')));
  });
});

describe('the mail server', () => {
  it('needs an address that is one', () => {
    for (const url of ['', 'mail.vendor.example', 'http://mail.vendor.example']) {
      assert.throws(() => transportTo(url), ConfigError);
    }
  });
});
