import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Member } from '../../../../contract/team.ts';
import type { TeamStanding } from '../team-standing.ts';
import { personItems } from './person-items.ts';

const owner: TeamStanding = {
  memberId: 'mem_owner',
  isOwner: true,
  seesPeople: true,
  seesLicences: true,
  managesPeople: true,
  managesLicences: true,
  renames: true,
};
const manager: TeamStanding = {
  ...owner,
  memberId: 'mem_manager',
  isOwner: false,
  managesPeople: false,
  renames: false,
};
// The menu asks for these fields alone.
const member = (part: Partial<Member>) =>
  ({ id: 'mem_1', role: 'member', state: 'accepted', external: false, ...part }) as Member;

describe('menu of a person', () => {
  it('offers an owner every other role, removal and the ownership', () => {
    const items = personItems(member({}), owner);
    assert.deepEqual(items.roles, ['administrator', 'licenceManager']);
    assert.deepEqual(
      [items.removes, items.offersOwnership, items.invitation, items.leaves],
      [true, true, false, false],
    );
  });

  it('offers an invitation again or withdraws it, and no ownership before it is accepted', () => {
    const items = personItems(member({ state: 'invited' }), owner);
    assert.deepEqual([items.invitation, items.removes, items.offersOwnership], [true, false, false]);
  });

  it('keeps external people plain members', () => {
    const items = personItems(member({ external: true }), owner);
    assert.deepEqual([items.roles.length, items.offersOwnership, items.removes], [0, false, true]);
  });

  it('touches the owner with nothing but a move', () => {
    const items = personItems(member({ id: 'mem_owner' as Member['id'], role: 'owner' }), owner);
    assert.deepEqual(items, {
      moves: true,
      roles: [],
      invitation: false,
      removes: false,
      leaves: false,
      offersOwnership: false,
    });
  });

  it('lets a licence manager move licences and leave, no more', () => {
    const own = personItems(member({ id: 'mem_manager' as Member['id'], role: 'licenceManager' }), manager);
    assert.deepEqual([own.leaves, own.moves, own.removes, own.roles.length], [true, true, false, 0]);
    assert.equal(personItems(member({}), manager).leaves, false);
  });
});
