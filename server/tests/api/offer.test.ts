import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Customer } from '../../../contract/customer.ts';
import type { ErrorCode } from '../../../contract/error-code.ts';
import type { Offer } from '../../../contract/offer.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { refused } from '../harness/refused.ts';
import type { Market } from '../harness/sale-builder.ts';
import { contactOf, makeAccepted, makeCustomer, makeOffer, openMarket } from '../harness/sale-builder.ts';

const UNKNOWN = 'off_01h455vb4pex5vsknk084sn02q';
const GIBIBYTE = 1024 ** 3;

describe('an offer', () => {
  let app: TestApp;
  let market: Market;
  let customer: Customer;

  before(async () => {
    app = await createTestApp();
    market = await openMarket(app);
    customer = await makeCustomer(market.agent);
  });
  after(() => app.close());

  const offerOf = (quantity = 3) =>
    makeOffer(market.agent, { customerId: customer.id, productId: market.share, quantity });

  /** The link in the newest mail to the customer's contact. */
  const linkTo = async ({ contactEmail }: Customer) => {
    const link = (await app.mailsTo(contactEmail)).at(-1)?.link;
    assert.ok(link);
    // A link's id comes out of the mail as text.
    return { linkId: link.linkId as never, secret: link.secret };
  };

  /** Each mail a second after the last, so that it is clear which is the newest. */
  const sent = async (offer: Offer) => {
    app.clock.forward({ seconds: 1 });
    return market.agent.sendOffer({ offerId: offer.id, ifMatch: offer.version });
  };

  describe('is made', () => {
    it('from the price list, with the storage that comes along and the discount taken off once', async () => {
      const offer = await market.agent.makeOffer({
        body: {
          customerId: customer.id,
          lines: [
            { productId: market.share, quantity: 7, termMonths: 12, discountBasisPoints: 1250 },
            { productId: market.storage, quantity: 2, termMonths: 24 },
          ],
          message: 'As we said on the phone.\nRegards',
        },
      });
      assert.match(offer.number, /^A-2026-\d{6}$/);
      assert.deepEqual([offer.state, offer.phase, offer.version], ['inProgress', 'inProgress', 1]);
      assert.deepEqual(
        offer.lines.map(({ total, storageBytes }) => [total.amountMinor, storageBytes / GIBIBYTE]),
        [
          [220_500, 70],
          [45_600, 200],
        ],
      );
      assert.deepEqual(offer.total, { amountMinor: 266_100, currency: 'EUR' });
      assert.equal(offer.storageBytes, 270 * GIBIBYTE);
      assert.equal(offer.validUntil, '2026-04-01');
      assert.deepEqual([offer.agentName, offer.partnerName], ['Eva Lang', 'BIM Partner Sachsen']);
    });

    it('with a number of its own each time', async () => {
      const numbers = await Promise.all([offerOf(), offerOf(), offerOf()]);
      assert.equal(new Set(numbers.map(({ number }) => number)).size, 3);
    });

    const line = { quantity: 1, termMonths: 12 };
    const faults: readonly [string, ErrorCode, string, (market: Market) => object][] = [
      [
        'a product that does not exist',
        'productUnknown',
        'lines.0.productId',
        () => ({ ...line, productId: 'prod_01h455vb4pex5vsknk084sn02q' }),
      ],
      [
        'a term that has no price',
        'priceMissing',
        'lines.0.termMonths',
        ({ reviewed }) => ({ productId: reviewed, quantity: 1, termMonths: 24 }),
      ],
      [
        'a discount above the limit',
        'discountTooHigh',
        'lines.0.discountBasisPoints',
        ({ share }) => ({ ...line, productId: share, discountBasisPoints: 1501 }),
      ],
      [
        'none of a product',
        'invalidRequest',
        'lines.0.quantity',
        ({ share }) => ({ ...line, productId: share, quantity: 0 }),
      ],
      [
        'more than can be sold',
        'invalidRequest',
        'lines.0.quantity',
        ({ share }) => ({ ...line, productId: share, quantity: 10_001 }),
      ],
      [
        'half a licence',
        'invalidRequest',
        'lines.0.quantity',
        ({ share }) => ({ ...line, productId: share, quantity: 1.5 }),
      ],
    ];
    for (const [what, code, field, lineOf] of faults) {
      it(`not for ${what}`, async () => {
        const lines = [lineOf(market)];
        const error = await refused(
          market.agent.makeOffer({ body: { customerId: customer.id, lines } as never }),
          code,
        );
        assert.equal(error.problem?.fields?.[0]?.path, field);
      });
    }

    it('not with a date that is over or a year away, no lines, too many of them or a message without end', async () => {
      const lines = [{ productId: market.share, ...line }];
      const wrong = [
        ['validUntil', { lines, validUntil: '2026-03-01' }],
        ['validUntil', { lines, validUntil: '2027-06-01' }],
        ['validUntil', { lines, validUntil: '2026-02-30' }],
        ['lines', { lines: [] }],
        ['lines', { lines: Array.from({ length: 21 }, () => lines[0]) }],
        ['message', { lines, message: 'x'.repeat(2001) }],
      ] as const;
      for (const [field, body] of wrong) {
        const call = market.agent.makeOffer({ body: { customerId: customer.id, ...body } as never });
        assert.equal((await refused(call, 'invalidRequest')).problem?.fields?.[0]?.path, field);
      }
    });

    it('by the agent of the customer alone', async () => {
      const body = { customerId: customer.id, lines: [{ productId: market.share, ...line }] };
      await refused(market.otherAgent.makeOffer({ body }), 'notFound');
      await refused(market.staff.makeOffer({ body }), 'forbidden');
      await refused((await app.as('somebody@office.example')).makeOffer({ body }), 'forbidden');
      await refused(app.anonymous.makeOffer({ body }), 'notSignedIn');
    });

    it('once where the request is repeated under its key', async () => {
      const call = {
        body: { customerId: customer.id, lines: [{ productId: market.share, ...line }] },
        idempotencyKey: 'again',
      };
      const [one, other] = [await market.agent.makeOffer(call), await market.agent.makeOffer(call)];
      assert.deepEqual(other, one);
      await refused(
        market.agent.makeOffer({ ...call, body: { ...call.body, validUntil: '2026-03-20' } }),
        'idempotencyKeyReused',
      );
    });
  });

  describe('is changed', () => {
    it('under a version that rises, and only by who read the newest', async () => {
      const offer = await offerOf();
      const lines = [{ productId: market.share, quantity: 4, termMonths: 36 }];
      const changed = await market.agent.changeOffer({ offerId: offer.id, ifMatch: 1, body: { lines } });
      assert.deepEqual([changed.version, changed.total.amountMinor], [2, 388_800]);
      await refused(market.agent.changeOffer({ offerId: offer.id, ifMatch: 1, body: { lines } }), 'versionChanged');
      await refused(market.agent.sendOffer({ offerId: offer.id, ifMatch: 1 }), 'versionChanged');
      await refused(market.agent.cancelOffer({ offerId: offer.id, ifMatch: 1 }), 'versionChanged');
      const byPhone = { offerId: offer.id, ifMatch: 1, body: { acceptedBy: 'Connie' } };
      await refused(market.agent.acceptOfferByPhone(byPhone), 'versionChanged');
      const kept = await market.agent.getOffer({ offerId: offer.id });
      assert.deepEqual([kept.version, kept.lines[0]?.quantity], [2, 4]);
    });

    it('never without naming the version', async () => {
      const offer = await offerOf();
      const response = await app.request(`/v1/offers/${offer.id}`, {
        method: 'PATCH',
        headers: { cookie: market.agent.cookie, 'content-type': 'application/json' },
        body: '{}',
      });
      assert.equal(response.status, 428);
    });

    it('back into a draft where it was sent, and the link of its mail ends', async () => {
      const offer = await sent(await offerOf());
      const link = await linkTo(customer);
      const { linkId, secret } = link;
      assert.equal((await app.anonymous.openLink({ linkId, body: { secret } })).kind, 'offer');
      const changed = await market.agent.changeOffer({
        offerId: offer.id,
        ifMatch: offer.version,
        body: { message: 'Better now' },
      });
      assert.equal(changed.state, 'inProgress');
      await refused(app.anonymous.openLink({ linkId, body: { secret } }), 'linkEnded');
    });

    it('no more once it is accepted, nor by anybody else', async () => {
      const { id, version } = await makeAccepted(market.agent, { customerId: customer.id, productId: market.share });
      const call = { offerId: id, ifMatch: version, body: { message: 'Later' } };
      await refused(market.agent.changeOffer(call), 'offerNotChangeable');
      await refused(market.otherAgent.changeOffer(call), 'notFound');
      await refused(market.staff.changeOffer(call), 'forbidden');
      await refused(market.agent.changeOffer({ ...call, offerId: UNKNOWN }), 'notFound');
    });
  });

  describe('is sent', () => {
    it('to the contact, who accepts the version that it read', async () => {
      const offer = await sent(await offerOf(5));
      assert.deepEqual([offer.state, offer.sentAt], ['pending', app.clock.now().toISOString()]);
      const { linkId, secret } = await linkTo(customer);
      const opened = await app.anonymous.openLink({ linkId, body: { secret } });
      assert.ok(opened.kind === 'offer');
      assert.deepEqual(opened.offer, offer);

      const body = { secret, acceptedBy: 'Connie Contact' };
      await refused(app.anonymous.acceptOffer({ linkId, ifMatch: 9, body }), 'versionChanged');
      const accepted = await app.anonymous.acceptOffer({ linkId, ifMatch: offer.version, body });
      assert.deepEqual(accepted.acceptance, {
        channel: 'link',
        acceptedBy: 'Connie Contact',
        at: app.clock.now().toISOString(),
        recordedBy: null,
      });
      await refused(app.anonymous.acceptOffer({ linkId, ifMatch: offer.version, body }), 'offerAlreadyAccepted');
      await refused(
        app.anonymous.rejectOffer({ linkId, ifMatch: offer.version, body: { secret } }),
        'offerAlreadyAccepted',
      );
    });

    it('and declined, after which nobody sells it', async () => {
      const offer = await sent(await offerOf());
      const { linkId, secret } = await linkTo(customer);
      const declined = await app.anonymous.rejectOffer({
        linkId,
        ifMatch: offer.version,
        body: { secret, reason: 'Too many' },
      });
      assert.equal(declined.state, 'rejected');
      const read = { offerId: offer.id, ifMatch: offer.version };
      await refused(market.agent.sendOffer(read), 'offerRejected');
      await refused(market.agent.acceptOfferByPhone({ ...read, body: { acceptedBy: 'Connie' } }), 'offerRejected');
      await refused(market.agent.cancelOffer(read), 'offerRejected');
    });

    it('again, with a new link that ends the old one', async () => {
      const offer = await sent(await offerOf());
      const first = await linkTo(customer);
      await sent(offer);
      const second = await linkTo(customer);
      assert.notEqual(second.linkId, first.linkId);
      await refused(app.anonymous.openLink({ linkId: first.linkId, body: { secret: first.secret } }), 'linkEnded');
    });

    it('by its agent alone', async () => {
      const { id, version } = await offerOf();
      const read = { offerId: id, ifMatch: version };
      await refused(market.otherAgent.sendOffer(read), 'notFound');
      await refused(market.staff.sendOffer(read), 'forbidden');
      await refused(app.anonymous.sendOffer(read), 'notSignedIn');
    });
  });

  describe('is accepted on the phone', () => {
    it('with who, when and by whom it was recorded, and the contact hears at once', async () => {
      const own = await makeCustomer(market.agent);
      const { id, version } = await makeOffer(market.agent, { customerId: own.id, productId: market.share });
      const at = new Date(app.clock.now().getTime() - 60_000).toISOString();
      const offer = await market.agent.acceptOfferByPhone({
        offerId: id,
        ifMatch: version,
        body: { acceptedBy: 'Paul Phone', acceptedAt: at },
      });
      assert.deepEqual(offer.acceptance, { channel: 'phone', acceptedBy: 'Paul Phone', at, recordedBy: 'Eva Lang' });
      const mails = await app.mailsTo(contactOf(own.customerNumber));
      assert.equal(mails.length, 1);
      assert.match(mails[0]?.text ?? '', /Paul Phone/);
      const { linkId, secret } = await linkTo(own);
      assert.equal((await app.anonymous.openLink({ linkId, body: { secret } })).kind, 'dispute');
    });

    it('once, of two who record it at once', async () => {
      const { id, version } = await offerOf();
      const call = () =>
        market.agent.acceptOfferByPhone({ offerId: id, ifMatch: version, body: { acceptedBy: 'Connie' } });
      const answers = await Promise.allSettled([call(), call(), call()]);
      const codes = answers.map((answer) => (answer.status === 'rejected' ? answer.reason.code : 'accepted'));
      assert.deepEqual(codes.toSorted(), ['accepted', 'offerAlreadyAccepted', 'offerAlreadyAccepted']);
    });

    it('not in the future, before the offer was made, or by nobody', async () => {
      const { id, version } = await offerOf();
      const now = app.clock.now().getTime();
      const wrong = [
        { acceptedBy: 'Connie', acceptedAt: new Date(now + 3_600_000).toISOString() },
        { acceptedBy: 'Connie', acceptedAt: new Date(now - 2 * 86_400_000).toISOString() },
        { acceptedBy: '   ' },
        { acceptedBy: 'x'.repeat(121) },
      ];
      for (const body of wrong) {
        await refused(market.agent.acceptOfferByPhone({ offerId: id, ifMatch: version, body }), 'invalidRequest');
      }
      const body = { acceptedBy: 'Connie' };
      await refused(market.otherAgent.acceptOfferByPhone({ offerId: id, ifMatch: version, body }), 'notFound');
      await refused(market.staff.acceptOfferByPhone({ offerId: id, ifMatch: version, body }), 'forbidden');
    });
  });

  it('is withdrawn by its agent, and then its link says so', async () => {
    const offer = await sent(await offerOf());
    const { linkId, secret } = await linkTo(customer);
    const read = { offerId: offer.id, ifMatch: offer.version };
    await refused(market.otherAgent.cancelOffer(read), 'notFound');
    await refused(market.staff.cancelOffer(read), 'forbidden');
    assert.equal((await market.agent.cancelOffer(read)).state, 'cancelled');
    await refused(market.agent.cancelOffer(read), 'offerCancelled');
    const body = { secret, acceptedBy: 'Connie' };
    await refused(app.anonymous.acceptOffer({ linkId, ifMatch: offer.version, body }), 'offerCancelled');
  });

  it('is seen by its partner and by staff, and does not exist for anybody else', async () => {
    const { id } = await offerOf();
    assert.equal((await market.staff.getOffer({ offerId: id })).id, id);
    await refused(market.otherAgent.getOffer({ offerId: id }), 'notFound');
    await refused((await app.as('somebody@office.example')).getOffer({ offerId: id }), 'notFound');
    await refused(market.agent.getOffer({ offerId: UNKNOWN }), 'notFound');
    await refused(app.anonymous.getOffer({ offerId: id }), 'notSignedIn');
    await refused((await app.as('somebody@office.example')).listOffers(), 'forbidden');
    assert.deepEqual((await market.otherAgent.listOffers()).items, []);
  });

  it('expires after its last day: it cannot be sent or accepted, but be given a new date', async () => {
    const own = await makeCustomer(market.agent);
    const offer = await sent(await makeOffer(market.agent, { customerId: own.id, productId: market.share }));
    const { linkId, secret } = await linkTo(own);
    app.clock.forward({ days: 31 });
    const list = (phase: 'expired' | 'pending') =>
      market.agent.listOffers({ query: { customerId: own.id, phase } }).then(({ items }) => items.map(({ id }) => id));
    assert.deepEqual([await list('expired'), await list('pending')], [[offer.id], []]);

    const read = { offerId: offer.id, ifMatch: offer.version };
    await refused(
      app.anonymous.acceptOffer({ linkId, ifMatch: 1, body: { secret, acceptedBy: 'Connie' } }),
      'offerExpired',
    );
    const agent = await app.as('eva.lang@bim-partner-sachsen.example');
    await refused(agent.sendOffer(read), 'offerExpired');
    await refused(agent.acceptOfferByPhone({ ...read, body: { acceptedBy: 'Connie' } }), 'offerExpired');
    const again = await agent.changeOffer({ ...read, body: { validUntil: '2026-04-30' } });
    assert.equal((await agent.sendOffer({ offerId: offer.id, ifMatch: again.version })).phase, 'pending');
  });

  it('pages newest first', async () => {
    const own = await makeCustomer(market.agent);
    const made: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      app.clock.forward({ seconds: 1 });
      made.push((await makeOffer(market.agent, { customerId: own.id, productId: market.share })).id);
    }
    const first = await market.agent.listOffers({ query: { customerId: own.id, limit: 2 } });
    const last = await market.agent.listOffers({ query: { customerId: own.id, limit: 2, after: first.next ?? '' } });
    assert.deepEqual(
      [...first.items, ...last.items].map(({ id }) => id),
      made.toReversed(),
    );
    assert.equal(last.next, null);
  });

  it('leaves an event for each step, in ids and numbers alone', async () => {
    const own = await makeCustomer(market.agent, { name: 'Very Private Office' });
    const offer = await makeOffer(market.agent, { customerId: own.id, productId: market.share });
    const { version } = await market.agent.changeOffer({
      offerId: offer.id,
      ifMatch: 1,
      body: { message: 'A private word' },
    });
    await market.agent.sendOffer({ offerId: offer.id, ifMatch: version });
    await market.agent.acceptOfferByPhone({
      offerId: offer.id,
      ifMatch: version,
      body: { acceptedBy: 'Paula Private' },
    });
    const events = await app.ground.db
      .selectFrom('event')
      .select(['number', 'kind', 'data'])
      .where('streamId', '=', own.id)
      .orderBy('number')
      .execute();
    assert.deepEqual(
      events.map(({ number, kind }) => [number, kind]),
      [
        [1, 'customerAdded'],
        [2, 'offerMade'],
        [3, 'offerChanged'],
        [4, 'offerSent'],
        [5, 'offerAccepted'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(events), /private|@/i);
  });
});
