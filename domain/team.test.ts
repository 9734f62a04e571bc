import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Member, TeamRole } from './team.ts';
import {
  decideAcceptance,
  decideHandOver,
  decideInvite,
  decideRemoval,
  decideRoleChange,
  invitationEndsOn,
  memberStates,
  teamRoles,
} from './team.ts';
import { day, idOf } from './tests/values.ts';

const role = fc.constantFrom(...teamRoles);
const state = fc.constantFrom(...memberStates);

const member = (differing: Partial<Member> = {}): Member => ({
  id: idOf('mem', 1),
  role: 'member',
  state: 'accepted',
  external: false,
  ...differing,
});

const anyMember: fc.Arbitrary<Member> = fc.record({
  id: fc.constantFrom(idOf('mem', 1), idOf('mem', 2)),
  role,
  state,
  external: fc.boolean(),
});

const reasonOf = (decision: { ok: boolean; reason?: string }): string =>
  decision.ok ? 'yes' : (decision.reason ?? '');

const invitations = [
  ['owner', { role: 'administrator', external: false }, undefined, 'yes'],
  ['administrator', { role: 'administrator', external: false }, undefined, 'yes'],
  ['administrator', { role: 'member', external: true }, undefined, 'yes'],
  ['owner', { role: 'owner', external: false }, undefined, 'roleNotAllowed'],
  ['licenceManager', { role: 'member', external: false }, undefined, 'roleNotAllowed'],
  ['member', { role: 'member', external: false }, undefined, 'roleNotAllowed'],
  ['owner', { role: 'licenceManager', external: true }, undefined, 'externalRole'],
  ['owner', { role: 'member', external: false }, 'accepted', 'alreadyMember'],
  ['owner', { role: 'member', external: false }, 'invited', 'alreadyInvited'],
  ['owner', { role: 'member', external: false }, 'removed', 'yes'],
] as const;

for (const [actor, invitation, known, expected] of invitations) {
  const whom = `${invitation.external ? 'an external' : 'a'} ${invitation.role}${known ? ` who is ${known}` : ''}`;
  test(`inviting ${whom} as ${actor}: ${expected}`, () => {
    assert.equal(reasonOf(decideInvite(actor, invitation, known && { state: known })), expected);
  });
}

test('somebody removed is invited again, somebody new is not', () => {
  const invitation = { role: 'member', external: false } as const;
  assert.deepEqual(decideInvite('owner', invitation, { state: 'removed' }), { ok: true, value: { again: true } });
  assert.deepEqual(decideInvite('owner', invitation, undefined), { ok: true, value: { again: false } });
});

const roleChanges: readonly (readonly [TeamRole, Member | undefined, TeamRole, string])[] = [
  ['owner', member(), 'administrator', 'yes'],
  ['administrator', member(), 'administrator', 'yes'],
  ['administrator', member({ role: 'administrator' }), 'member', 'yes'],
  ['owner', member({ state: 'invited' }), 'licenceManager', 'yes'],
  ['licenceManager', member(), 'licenceManager', 'roleNotAllowed'],
  ['member', undefined, 'member', 'roleNotAllowed'],
  ['owner', undefined, 'member', 'memberNotFound'],
  ['owner', member({ state: 'removed' }), 'administrator', 'memberRemoved'],
  ['administrator', member({ role: 'owner' }), 'member', 'ownerRoleFixed'],
  ['owner', member({ role: 'owner' }), 'member', 'ownerRoleFixed'],
  ['owner', member(), 'owner', 'ownerRoleFixed'],
  ['owner', member({ external: true }), 'administrator', 'externalRole'],
  ['owner', member(), 'member', 'roleUnchanged'],
];

for (const [actor, whom, to, expected] of roleChanges) {
  test(`${actor} makes ${whom ? `a ${whom.state} ${whom.role}` : 'nobody'} ${to}: ${expected}`, () => {
    assert.equal(reasonOf(decideRoleChange(actor, whom, to)), expected);
  });
}

const removals: readonly (readonly [TeamRole, number, Member | undefined, string])[] = [
  ['owner', 9, member(), 'yes'],
  ['administrator', 9, member({ role: 'administrator' }), 'yes'],
  ['administrator', 9, member({ state: 'invited' }), 'yes'],
  ['member', 1, member(), 'yes'],
  ['licenceManager', 1, member({ role: 'licenceManager' }), 'yes'],
  ['licenceManager', 9, member(), 'roleNotAllowed'],
  ['member', 9, undefined, 'roleNotAllowed'],
  ['owner', 9, undefined, 'memberNotFound'],
  ['owner', 9, member({ state: 'removed' }), 'memberRemoved'],
  ['administrator', 9, member({ role: 'owner' }), 'ownerStays'],
  ['owner', 1, member({ role: 'owner' }), 'ownerStays'],
  ['administrator', 9, member({ role: 'owner', state: 'invited' }), 'ownerStays'],
];

for (const [actor, serial, whom, expected] of removals) {
  const name = serial === 1 ? 'itself' : (whom && `a ${whom.state} ${whom.role}`) || 'nobody';
  test(`${actor} removes ${name}: ${expected}`, () => {
    assert.equal(reasonOf(decideRemoval({ id: idOf('mem', serial), role: actor }, whom)), expected);
  });
}

test('no decision but handing over makes or unmakes an owner, whoever asks', () => {
  fc.assert(
    fc.property(role, anyMember, role, (actor, whom, to) => {
      const change = decideRoleChange(actor, whom, to);
      if (change.ok) assert.ok(change.value.before !== 'owner' && change.value.after !== 'owner');
      assert.equal(decideInvite(actor, { role: 'owner', external: false }, undefined).ok, false);
      if (whom.role === 'owner') assert.equal(decideRemoval({ id: whom.id, role: actor }, whom).ok, false);
    }),
  );
});

test('a licence manager and a member appoint, invite and remove nobody but leave', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('licenceManager', 'member'),
      anyMember,
      role,
      fc.boolean(),
      (actor, whom, to, external) => {
        assert.equal(decideRoleChange(actor, whom, to).ok, false);
        assert.equal(decideInvite(actor, { role: to, external }, undefined).ok, false);
        assert.equal(decideRemoval({ id: idOf('mem', 3), role: actor }, whom).ok, false);
        assert.equal(decideHandOver(actor, whom).ok, false);
      },
    ),
  );
});

test('nobody external ever gets a role that manages', () => {
  fc.assert(
    fc.property(role, anyMember, role, (actor, whom, to) => {
      const outsider = { ...whom, external: true };
      if (to !== 'member') assert.equal(decideRoleChange(actor, outsider, to).ok, false);
      if (to !== 'member') assert.equal(decideInvite(actor, { role: to, external: true }, undefined).ok, false);
      assert.equal(decideHandOver(actor, outsider).ok, false);
    }),
  );
});

const handOvers: readonly (readonly [TeamRole, Member | undefined, string])[] = [
  ['owner', member(), 'yes'],
  ['owner', member({ state: 'invited' }), 'yes'],
  ['administrator', member(), 'roleNotAllowed'],
  ['owner', undefined, 'memberNotFound'],
  ['owner', member({ state: 'removed' }), 'memberRemoved'],
  ['owner', member({ role: 'owner' }), 'alreadyOwner'],
  ['owner', member({ external: true }), 'externalRole'],
];

for (const [actor, whom, expected] of handOvers) {
  test(`${actor} hands over to ${whom ? `a ${whom.state} ${whom.role}` : 'nobody'}: ${expected}`, () => {
    assert.equal(reasonOf(decideHandOver(actor, whom)), expected);
  });
}

const acceptances: readonly (readonly [Member | undefined, string, string])[] = [
  [member({ state: 'invited' }), '2026-12-08', 'yes'],
  [member({ state: 'invited' }), '2026-12-09', 'invitationExpired'],
  [member({ state: 'invited', role: 'owner' }), '2027-12-09', 'yes'],
  [member({ state: 'accepted' }), '2026-12-01', 'alreadyAccepted'],
  [member({ state: 'removed' }), '2026-12-01', 'memberRemoved'],
  [undefined, '2026-12-01', 'memberNotFound'],
];

for (const [whom, today, expected] of acceptances) {
  test(`on ${today} ${whom ? `a ${whom.state} ${whom.role}` : 'nobody'} accepts: ${expected}`, () => {
    const invitation = { endsOn: invitationEndsOn(day('2026-11-24')), today: day(today) };
    assert.equal(reasonOf(decideAcceptance(whom, invitation)), expected);
  });
}

test('only an owner claims the team by accepting', () => {
  const invitation = { endsOn: day('2026-12-08'), today: day('2026-12-01') };
  for (const each of teamRoles) {
    const decision = decideAcceptance(member({ state: 'invited', role: each }), invitation);
    assert.deepEqual(decision, { ok: true, value: { claims: each === 'owner' } });
  }
});
