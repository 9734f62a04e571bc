import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { Entitlement } from './entitlement.ts';
import type { UseFacts } from './use-state.ts';
import { decideUse } from './use-state.ts';

function team(id: string, decision: boolean, reason = decision ? 'held' : 'noLicence'): Entitlement {
  const product = { productId: 'prod_share', productKey: 'share', productName: 'Share' };
  return { teamId: id, teamName: `Team ${id}`, ...product, decision, reason, until: null, revision: 7 };
}

const cases: [string, Partial<UseFacts>, string, string][] = [
  ['nothing heard yet', { contact: 'starting', entitlements: undefined }, 'unknown', 'starting'],
  ['nothing heard at all', { contact: 'lost', entitlements: undefined }, 'unknown', 'unreachable'],
  ['contact lost for too long', { contact: 'lost', entitlements: [team('a', true)] }, 'unknown', 'unreachable'],
  ['signed out', { contact: 'signedOut', entitlements: undefined }, 'locked', 'signedOut'],
  ['in no team', { entitlements: [] }, 'locked', 'noTeam'],
  ['in one team with a licence', { entitlements: [team('a', true)] }, 'unlocked', 'held'],
  ['in one team without', { entitlements: [team('a', false)] }, 'locked', 'noLicence'],
  ['in grace', { entitlements: [team('a', true, 'grace')] }, 'unlocked', 'grace'],
  ['a word of tomorrow', { entitlements: [team('a', false, 'onHoliday')] }, 'locked', 'onHoliday'],
  ['in two teams, none chosen', { entitlements: [team('a', true), team('b', false)] }, 'locked', 'chooseTeam'],
  ['in two teams, one chosen', { entitlements: [team('a', true), team('b', false)], teamId: 'a' }, 'unlocked', 'held'],
  [
    'the licence is in the other team',
    { entitlements: [team('a', true), team('b', false)], teamId: 'b' },
    'locked',
    'noLicence',
  ],
  ['not in the chosen team', { entitlements: [team('a', true)], teamId: 'c' }, 'locked', 'notMember'],
];

for (const [name, facts, state, reason] of cases) {
  it(`${name}: ${state} (${reason})`, () => {
    const decided = decideUse({ contact: 'known', entitlements: undefined, teamId: undefined, ...facts });
    assert.deepEqual([decided.state, decided.reason], [state, reason]);
  });
}

it('unlocks for nothing but a yes of the chosen or only team, while it counts', () => {
  const facts = fc.record({
    contact: fc.constantFrom('starting', 'known', 'lost', 'signedOut' as const),
    entitlements: fc.uniqueArray(
      fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.boolean()).map(([id, yes]) => team(id, yes)),
      { selector: ({ teamId }) => teamId },
    ),
    teamId: fc.constantFrom(undefined, 'a', 'b', 'c', 'd'),
  });
  fc.assert(
    fc.property(facts, ({ contact, entitlements, teamId }) => {
      const { state, team: used } = decideUse({ contact, entitlements, teamId });
      if (state !== 'unlocked') return;
      const item = entitlements.find((one) => one.teamId === used?.id);
      assert.equal(item?.decision, true);
      assert.ok(teamId === used?.id || entitlements.length === 1);
      assert.ok(contact === 'known' || contact === 'starting');
    }),
  );
});
