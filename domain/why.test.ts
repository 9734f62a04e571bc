import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import fc from 'fast-check';
import { addDays } from './calendar-date.ts';
import type { EntitlementFacts, TakenTerm } from './entitlement.ts';
import { decideEntitlement } from './entitlement.ts';
import type { SubscriptionTerm } from './subscription.ts';
import { memberStates } from './team.ts';
import { day, idOf } from './tests/values.ts';
import { decideWhy } from './why.ts';
import type { RemedyCode, WhyCheckName } from './why-code.ts';
import { whyCodes } from './why-code.ts';
import type { WhyFacts } from './why-fact.ts';

const today = day('2026-11-24');
const at = '2026-11-24T10:00:00.000Z';
const termEnding = (endsOn: string): SubscriptionTerm => ({ endsOn: day(endsOn), graceDays: 30, suspendedDays: 90 });
const active = termEnding('2027-11-23');
const inGrace = termEnding('2026-11-01');
const suspended = termEnding('2026-10-01');
const ended = termEnding('2025-10-01');
const taken = (term: SubscriptionTerm, assignment: TakenTerm['assignment'] = 'holding'): TakenTerm => ({
  licenceId: idOf('lic', 1),
  assignment,
  term,
});

const person = { isPerson: true, managesPeople: false, managesLicences: false, buys: false };
const manager = { isPerson: false, managesPeople: true, managesLicences: true, buys: true };
const otherTeam = { teamId: idOf('team', 9), teamName: 'Brücken' };
const fresh = { at, secondsAgo: 60, place: 'WS-114', state: 'unlocked' } as const;

type Differing = Partial<Omit<WhyFacts, 'entitlement'>> & { readonly entitlement?: Partial<EntitlementFacts> };

/** An accepted member with a licence that works, whose application has picked it up; but for what differs. */
const facts = ({ entitlement = {}, ...differing }: Differing = {}): WhyFacts => ({
  entitlement: {
    account: { confirmed: true },
    productKnown: true,
    teamKnown: true,
    member: { state: 'accepted' },
    licences: [taken(active)],
    subscriptions: [active],
    ...entitlement,
  },
  reader: person,
  invitationEndsOn: undefined,
  claims: false,
  acceptedAt: at,
  removedAt: undefined,
  free: 0,
  otherTeam: undefined,
  order: undefined,
  lease: undefined,
  clockOffsetSeconds: 0,
  contact: fresh,
  leaseSeconds: 86_400,
  ownerName: 'Anna',
  partnerName: 'BIM Partner',
  ...differing,
});

const without = { licences: [] } as const;
const invited = { member: { state: 'invited' }, licences: [], subscriptions: [] } as const;
const removed = { member: { state: 'removed' }, licences: [], subscriptions: [] } as const;

const cases: readonly (readonly [what: string, facts: WhyFacts, problems: string[], remedy: RemedyCode | undefined])[] =
  [
    ['a holder whose application has it', facts(), [], undefined],
    [
      'a holder in grace',
      facts({ entitlement: { licences: [taken(inGrace)], subscriptions: [inGrace] } }),
      [],
      undefined,
    ],
    ['nobody has made an account', facts({ entitlement: { account: undefined } }), ['account missing'], 'makeAccount'],
    [
      'a mailbox that was not proven',
      facts({ entitlement: { account: { confirmed: false } } }),
      ['account notConfirmed'],
      'confirmAccount',
    ],
    [
      'an open invitation',
      facts({ entitlement: invited, acceptedAt: undefined, invitationEndsOn: today, contact: undefined }),
      ['invitation open'],
      'acceptInvitation',
    ],
    [
      'an open invitation with a licence kept',
      facts({ entitlement: { ...invited, licences: [taken(active, 'reservation')] }, acceptedAt: undefined }),
      ['invitation open'],
      'acceptInvitation',
    ],
    [
      'an invitation whose last day is over',
      facts({ entitlement: invited, acceptedAt: undefined, invitationEndsOn: addDays(today, -1) }),
      ['invitation ended'],
      'inviteAgain',
    ],
    [
      'an invitation that was withdrawn',
      facts({ entitlement: removed, acceptedAt: undefined, removedAt: at }),
      ['invitation ended'],
      'inviteAgain',
    ],
    [
      'an owner who has not confirmed the team',
      facts({ entitlement: invited, acceptedAt: undefined, claims: true }),
      ['invitation claim'],
      'confirmTeam',
    ],
    ['somebody removed', facts({ entitlement: removed, removedAt: at }), ['membership removed'], 'invite'],
    [
      'somebody outside',
      facts({ entitlement: { member: undefined, licences: [] }, acceptedAt: undefined }),
      ['membership notMember'],
      'invite',
    ],
    ['a team that does not exist', facts({ entitlement: { teamKnown: false } }), ['membership notMember'], 'invite'],
    [
      'a product that is none',
      facts({ entitlement: { productKnown: false } }),
      ['licence productUnknown'],
      'askVendor',
    ],
    ['no licence while some are free', facts({ entitlement: without, free: 2 }), ['licence none'], 'giveLicence'],
    ['no licence and none free', facts({ entitlement: without }), ['licence noneFree'], 'freeLicence'],
    [
      'a team that bought nothing',
      facts({ entitlement: { licences: [], subscriptions: [] } }),
      ['licence noSubscription'],
      'orderLicences',
    ],
    [
      'a licence in another team',
      facts({ entitlement: without, free: 2, otherTeam }),
      ['licence none', 'otherTeam found'],
      'chooseTeam',
    ],
    [
      'a licence whose term is over',
      facts({ entitlement: { licences: [taken(suspended)], subscriptions: [suspended] } }),
      ['licence stopped', 'term suspended'],
      'renew',
    ],
    [
      'a licence whose term is over, while others are free',
      facts({ entitlement: { licences: [taken(ended)], subscriptions: [ended, active] }, free: 1 }),
      ['licence stopped', 'term ended'],
      'giveLicence',
    ],
    [
      'a team whose terms are over',
      facts({ entitlement: { licences: [], subscriptions: [ended, suspended] } }),
      ['licence noneFree', 'term suspended'],
      'renew',
    ],
    [
      'a team whose order waits for the vendor',
      facts({ entitlement: { licences: [], subscriptions: [] }, order: { waitsFor: 'review', number: undefined } }),
      ['licence noSubscription', 'order review'],
      'waitForVendor',
    ],
    [
      'an order on its way while a licence is free',
      facts({ entitlement: without, free: 1, order: { waitsFor: 'inProgress', number: undefined } }),
      ['licence none'],
      'giveLicence',
    ],
    ['a clock that is an hour ahead', facts({ clockOffsetSeconds: 3600 }), ['clock off'], 'setClock'],
    ['a clock that is late', facts({ clockOffsetSeconds: -301 }), ['clock off'], 'setClock'],
    ['a clock within five minutes', facts({ clockOffsetSeconds: 300 }), [], undefined],
    [
      'a licence that no application has asked for',
      facts({ contact: undefined }),
      ['contact never'],
      'startApplication',
    ],
    [
      'a licence that the application has not picked up',
      facts({ contact: { ...fresh, state: 'locked' } }),
      ['contact notPickedUp'],
      'connect',
    ],
    [
      'an application that was silent for longer than a lease',
      facts({ contact: { ...fresh, secondsAgo: 86_401 } }),
      ['contact silent'],
      'connect',
    ],
    [
      'a silent application with a lease',
      facts({
        contact: { ...fresh, secondsAgo: 86_401 },
        lease: { until: '2026-11-25T10:00:00.000Z', isRevoked: false },
      }),
      [],
      undefined,
    ],
  ];

for (const [what, each, problems, remedy] of cases) {
  test(`${what}: ${remedy ?? 'nothing to do'}`, () => {
    const why = decideWhy(each, today);
    const found = why.checks.filter(({ state }) => state === 'problem').map(({ check, code }) => `${check} ${code}`);
    assert.deepEqual(found, problems);
    assert.equal(why.remedy?.code, remedy);
  });
}

test('a lease says until when it works without network, and that it runs out once the licence was taken', () => {
  const leased = (isRevoked: boolean) => {
    const { checks } = decideWhy(facts({ lease: { until: at, isRevoked } }), today);
    return checks.find(({ check }) => check === 'lease');
  };
  assert.deepEqual(leased(false), { check: 'lease', state: 'ok', code: 'live', data: { at } });
  assert.equal(leased(true)?.code, 'runsOut');
});

describe('who can do it', () => {
  const noLicence = { entitlement: without, free: 1 };
  const noTerm = { entitlement: { licences: [], subscriptions: [] } };
  const waiting = { ...noTerm, order: { waitsFor: 'pending', number: 'R-1' } } as const;
  const byWhom: readonly (readonly [string, Differing, object])[] = [
    ['a member asks the owner for a licence', noLicence, { by: 'owner', ownerName: 'Anna' }],
    ['a manager gives it', { ...noLicence, reader: manager }, { by: 'you' }],
    ['a stranger learns no name', { entitlement: { member: undefined }, ownerName: undefined }, { by: 'owner' }],
    ['a member asks the owner to order', noTerm, { by: 'owner', ownerName: 'Anna' }],
    ['the owner asks the partner', { ...noTerm, reader: manager }, { by: 'partner', partnerName: 'BIM Partner' }],
    [
      'the owner of a team without partner asks the vendor',
      { ...noTerm, reader: manager, partnerName: undefined },
      { by: 'vendor' },
    ],
    ['the owner completes the order', { ...waiting, reader: manager }, { by: 'you' }],
    ['a member asks the owner to complete it', waiting, { by: 'owner', ownerName: 'Anna' }],
    ['a person sets its own clock', { clockOffsetSeconds: 900 }, { by: 'you' }],
    ['a manager tells the person to', { clockOffsetSeconds: 900, reader: manager }, { by: 'person' }],
    ['another team is chosen by oneself', { ...noLicence, otherTeam }, { by: 'you', ...otherTeam }],
  ];
  for (const [what, differing, data] of byWhom) {
    it(what, () => assert.deepEqual(decideWhy(facts(differing), today).remedy?.data, data));
  }

  it('a manager learns nothing of the person’s other teams', () => {
    const why = decideWhy(facts({ ...noLicence, otherTeam, reader: manager }), today);
    assert.ok(!JSON.stringify(why).includes(otherTeam.teamName));
  });
});

const anyTerm = fc.record({
  endsOn: fc.integer({ min: -200, max: 100 }).map((days) => addDays(today, days)),
  graceDays: fc.nat(30),
  suspendedDays: fc.nat(90),
});
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const anyFacts: fc.Arbitrary<WhyFacts> = fc.record({
  entitlement: fc.record({
    account: fc.option(fc.record({ confirmed: fc.boolean() }), { nil: undefined, freq: 9 }),
    productKnown: fc.boolean(),
    teamKnown: fc.boolean(),
    member: fc.option(fc.record({ state: fc.constantFrom(...memberStates) }), { nil: undefined, freq: 9 }),
    licences: fc.array(
      fc.record({
        licenceId: fc.nat(255).map((serial) => idOf('lic', serial)),
        assignment: fc.constantFrom('holding' as const, 'reservation' as const),
        term: anyTerm,
      }),
      { maxLength: 3 },
    ),
    subscriptions: fc.array(anyTerm, { maxLength: 3 }),
  }),
  reader: fc.record({
    isPerson: fc.boolean(),
    managesPeople: fc.boolean(),
    managesLicences: fc.boolean(),
    buys: fc.boolean(),
  }),
  invitationEndsOn: maybe(fc.integer({ min: -20, max: 20 }).map((days) => addDays(today, days))),
  claims: fc.boolean(),
  acceptedAt: maybe(fc.constant(at)),
  removedAt: maybe(fc.constant(at)),
  free: fc.nat(3),
  otherTeam: maybe(fc.constant(otherTeam)),
  order: maybe(
    fc.record({
      waitsFor: fc.constantFrom('inProgress' as const, 'pending' as const, 'review' as const, 'disputed' as const),
      number: maybe(fc.constant('R-1')),
    }),
  ),
  lease: maybe(fc.record({ until: fc.constant(at), isRevoked: fc.boolean() })),
  clockOffsetSeconds: maybe(fc.integer({ min: -1000, max: 1000 })),
  contact: maybe(
    fc.record({
      at: fc.constant(at),
      secondsAgo: fc.nat(200_000),
      place: maybe(fc.constant('WS-114')),
      state: maybe(fc.constantFrom('unlocked' as const, 'locked' as const)),
    }),
  ),
  leaseSeconds: fc.constant(86_400),
  ownerName: maybe(fc.constant('Anna')),
  partnerName: maybe(fc.constant('BIM Partner')),
});

const licenceSide: ReadonlySet<WhyCheckName> = new Set([
  'account',
  'invitation',
  'membership',
  'licence',
  'otherTeam',
  'term',
  'order',
]);

test('a "no" has a problem of the licence’s side and one remedy; a "yes" has no problem of that side', () => {
  fc.assert(
    fc.property(anyFacts, (each) => {
      const why = decideWhy(each, today);
      const { decision, reason } = decideEntitlement(each.entitlement, today);
      assert.deepEqual([why.decision, why.reason], [decision === 'granted', reason]);
      const problems = why.checks.filter(({ check, state }) => state === 'problem' && licenceSide.has(check));
      if (why.decision) assert.deepEqual(problems, []);
      else {
        assert.ok(problems.length > 0, `a problem that explains ${reason}`);
        assert.ok(why.remedy);
      }
    }),
    { numRuns: 5000 },
  );
});

test('each check is made once, in the order of the list; there is a remedy exactly where there is a problem', () => {
  fc.assert(
    fc.property(anyFacts, (each) => {
      const { checks, remedy } = decideWhy(each, today);
      assert.deepEqual(
        checks.map(({ check }) => check),
        Object.keys(whyCodes),
      );
      for (const { check, code } of checks) assert.ok((whyCodes[check] as readonly string[]).includes(code));
      assert.equal(
        remedy !== null,
        checks.some(({ state }) => state === 'problem'),
      );
    }),
  );
});

test('somebody who manages learns of no other team, and whoever is told to do it can', () => {
  fc.assert(
    fc.property(anyFacts, (each) => {
      const { checks, remedy } = decideWhy(each, today);
      if (!each.reader.isPerson) {
        assert.equal(checks.find(({ check }) => check === 'otherTeam')?.state, 'unknown');
        assert.notEqual(remedy?.code, 'chooseTeam');
      }
      if (remedy?.code === 'giveLicence') assert.equal(remedy.data.by === 'you', each.reader.managesLicences);
      if (remedy?.data.by === 'person') assert.ok(!each.reader.isPerson);
    }),
    { numRuns: 1000 },
  );
});
