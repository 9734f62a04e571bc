import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { addDays } from '../../domain/calendar-date.ts';
import type { EntitlementFacts } from '../../domain/entitlement.ts';
import { decideEntitlement } from '../../domain/entitlement.ts';
import type { ApplicationId, LicenceId, ProductId } from '../../domain/id.ts';
import { formatId } from '../../domain/id.ts';
import { phaseOn } from '../../domain/subscription.ts';
import { applyChanges } from './apply-changes.ts';
import type { Changes } from './projection.queries.ts';
import { dayOf, Projection } from './projection.ts';
import { phases } from './subscription-table.ts';

const idOf = <P extends 'acc' | 'team' | 'sub' | 'prod' | 'app'>(prefix: P, serial: number) => {
  const bytes = new Uint8Array(16).fill(7);
  new DataView(bytes.buffer).setUint32(12, serial);
  return formatId(prefix, bytes);
};

const START = '2026-03-01' as CalendarDate;
const TEAMS = 3;
const ACCOUNTS = 4;
const PRODUCTS = 2;
const appId: ApplicationId = idOf('app', 1);
const productIds: ProductId[] = Array.from({ length: PRODUCTS + 1 }, (_, serial) => idOf('prod', serial));
const emailOf = (account: number) => `person${account}@büro.example`;

interface World {
  readonly confirmed: readonly boolean[];
  readonly subscriptions: readonly { team: number; product: number; ends: number; grace: number; suspended: number }[];
  readonly standings: readonly {
    account: number;
    team: number;
    state: 'accepted' | 'invited' | 'removed' | null;
    licences: readonly number[];
  }[];
}

const world: fc.Arbitrary<World> = fc.record({
  confirmed: fc.array(fc.boolean(), { minLength: ACCOUNTS, maxLength: ACCOUNTS }),
  subscriptions: fc.array(
    fc.record({
      team: fc.nat({ max: TEAMS - 1 }),
      product: fc.nat({ max: PRODUCTS }),
      ends: fc.integer({ min: -200, max: 40 }),
      grace: fc.nat({ max: 30 }),
      suspended: fc.nat({ max: 90 }),
    }),
    { maxLength: 8 },
  ),
  standings: fc.uniqueArray(
    fc.record({
      account: fc.nat({ max: ACCOUNTS - 1 }),
      team: fc.nat({ max: TEAMS - 1 }),
      state: fc.constantFrom('accepted' as const, 'invited' as const, 'removed' as const, null),
      licences: fc.array(fc.nat({ max: 7 }), { maxLength: 3 }),
    }),
    { selector: ({ account, team }) => account * TEAMS + team, maxLength: ACCOUNTS * TEAMS },
  ),
});

/** A world as the database tells of it. */
function changesOf({ confirmed, subscriptions, standings }: World, revision: number): Changes {
  return {
    snapshot: '',
    highest: null,
    databaseStart: '',
    events: [],
    accounts: confirmed.map((isConfirmed, account) => ({
      id: idOf('acc', account),
      email: emailOf(account),
      confirmed: isConfirmed,
    })),
    teams: Array.from({ length: TEAMS }, (_, team) => ({
      id: idOf('team', team),
      name: `Team ${team}`,
      revision,
      subscriptions: subscriptions.flatMap((one, serial) =>
        one.team === team
          ? [
              {
                id: idOf('sub', serial),
                productId: productIds[one.product] ?? '',
                endsOn: dayOf(addDays(START, one.ends)),
                graceDays: one.grace,
                suspendedDays: one.suspended,
              },
            ]
          : [],
      ),
    })),
    standings: standings.map(({ account, team, state, licences }) => ({
      accountId: idOf('acc', account),
      teamId: idOf('team', team),
      state,
      subscriptionIds:
        state === 'removed' ? [] : own(subscriptions, team, licences).map((serial) => idOf('sub', serial)),
    })),
  };
}

const own = (subscriptions: World['subscriptions'], team: number, licences: readonly number[]) =>
  licences.filter((serial) => subscriptions[serial]?.team === team);

/** The same question, asked of the world itself. */
function factsOf({ confirmed, subscriptions, standings }: World, account: number, team: number, product: number) {
  const standing = standings.find((one) => one.account === account && one.team === team);
  const termOf = (serial: number) => {
    const { ends = 0, grace = 0, suspended = 0 } = subscriptions[serial] ?? {};
    return { endsOn: addDays(START, ends), graceDays: grace, suspendedDays: suspended };
  };
  const ofProduct = (serial: number) => subscriptions[serial]?.product === product;
  const isGone = standing === undefined || standing.state === null;
  const facts: EntitlementFacts = {
    account: { confirmed: confirmed[account] ?? false },
    productKnown: product < PRODUCTS,
    teamKnown: true,
    member: isGone ? undefined : { state: standing.state ?? 'removed' },
    licences: (isGone || standing.state === 'removed' ? [] : own(subscriptions, team, standing.licences))
      .filter(ofProduct)
      .map((serial) => ({
        licenceId: 'lic_' as LicenceId,
        assignment: standing?.state === 'accepted' ? 'holding' : 'reservation',
        term: termOf(serial),
      })),
    subscriptions: subscriptions.flatMap((one, serial) =>
      one.team === team && one.product === product ? [termOf(serial)] : [],
    ),
  };
  return facts;
}

function emptyProjection(): Projection {
  const projection = new Projection(START);
  projection.catalogue.replace({
    products: productIds.map((id, serial) => ({ id, key: `product${serial}`, name: `Product ${serial}` })),
    applications: [{ id: appId, productIds: productIds.slice(0, PRODUCTS) }],
    serviceKeys: [],
  });
  return projection;
}

function assertAnswers(projection: Projection, current: World, revision: number, today: CalendarDate): void {
  const application = projection.catalogue.application(appId);
  assert.ok(application);
  for (let account = 0; account < ACCOUNTS; account += 1) {
    for (let team = 0; team < TEAMS; team += 1) {
      for (let product = 0; product <= PRODUCTS; product += 1) {
        const { decision, reason, until } = decideEntitlement(factsOf(current, account, team, product), today);
        const expected = { decision: decision === 'granted', reason, until, revision };
        const teamId = idOf('team', team);
        const byId = projection.decide(application, idOf('acc', account), productIds[product] ?? '', teamId);
        assert.deepEqual(byId, expected);
        const byName = projection.decide(application, emailOf(account).toUpperCase(), `product${product}`, teamId);
        assert.deepEqual(byName, expected);
      }
    }
  }
}

describe('the projection', () => {
  it('answers as the domain does, after one world, after another one in its place, and on other days', () => {
    fc.assert(
      fc.property(world, world, fc.nat({ max: 400 }), (first, second, days) => {
        const projection = emptyProjection();
        applyChanges(projection, changesOf(first, 1));
        assertAnswers(projection, first, 1, START);
        // Subscriptions are never deleted: the second world has the first one's, with other terms where it names them.
        const subscriptions = first.subscriptions.map((one, serial) => {
          const other = second.subscriptions[serial];
          return other ? { ...other, team: one.team, product: one.product } : one;
        });
        const seen = new Set(second.standings.map(({ account, team }) => account * TEAMS + team));
        const kept = first.standings.filter(({ account, team }) => !seen.has(account * TEAMS + team));
        const merged = { ...second, subscriptions, standings: [...second.standings, ...kept] };
        applyChanges(projection, changesOf({ ...merged, standings: second.standings }, 2));
        applyChanges(projection, changesOf({ ...merged, standings: second.standings }, 2));
        assertAnswers(projection, merged, 2, START);
        const later = addDays(START, days);
        projection.setToday(later);
        assertAnswers(projection, merged, 2, later);
      }),
      { numRuns: 200 },
    );
  });

  it('says what does not exist', () => {
    const projection = emptyProjection();
    applyChanges(projection, changesOf({ confirmed: [true], subscriptions: [], standings: [] }, 5));
    const application = projection.catalogue.application(appId);
    assert.ok(application);
    const ask = (subject: string, product: string, teamId: string) => {
      const { reason, revision } = projection.decide(application, subject, product, teamId);
      return { reason, revision };
    };
    const [account, team] = [idOf('acc', 0), idOf('team', 0)];
    assert.deepEqual(ask('nobody@office.example', 'product0', team), { reason: 'accountUnknown', revision: 5 });
    assert.deepEqual(ask('acc_', 'product0', team), { reason: 'accountUnknown', revision: 5 });
    assert.deepEqual(ask('x'.repeat(10_000), 'product0', team), { reason: 'accountUnknown', revision: 5 });
    assert.deepEqual(ask(account, 'product2', team), { reason: 'productUnknown', revision: 5 });
    assert.deepEqual(ask(account, 'product0', idOf('team', 99)), { reason: 'teamNotFound', revision: null });
    assert.deepEqual(ask(account, 'product0', account), { reason: 'teamNotFound', revision: null });
  });

  it('finds an account under its new address and no longer under the old one', () => {
    const projection = emptyProjection();
    const put = (email: string) =>
      applyChanges(projection, {
        ...changesOf({ confirmed: [], subscriptions: [], standings: [] }, 1),
        accounts: [{ id: idOf('acc', 1), email, confirmed: true }],
      });
    for (let turn = 0; turn < 100; turn += 1) {
      put(`name${turn}@office.example`);
      assert.notEqual(projection.findAccount(`name${turn}@office.example`), -1);
      if (turn > 0) assert.equal(projection.findAccount(`name${turn - 1}@office.example`), -1);
    }
    assert.equal(projection.accounts.ids.count, 1);
  });

  it('keeps the phase of a subscription as the domain has it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -60, max: 60 }),
        fc.nat({ max: 40 }),
        fc.nat({ max: 100 }),
        fc.integer({ min: -300, max: 300 }),
        (ends, grace, suspended, days) => {
          const projection = emptyProjection();
          const subscriptions = [{ team: 0, product: 0, ends, grace, suspended }];
          applyChanges(projection, changesOf({ confirmed: [], subscriptions, standings: [] }, 1));
          const today = addDays(START, days);
          projection.setToday(today);
          const term = { endsOn: addDays(START, ends), graceDays: grace, suspendedDays: suspended };
          assert.equal(phases[projection.subscriptions.phase[0] ?? -1], phaseOn(term, today));
        },
      ),
    );
  });
});
