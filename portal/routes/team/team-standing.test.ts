import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Team } from '../../../contract/team.ts';
import { standingIn } from './team-standing.ts';

// Only the role counts here.
const mine = (role: string) => ({ memberId: 'mem_1', role }) as Team['mine'];

describe('standingIn', () => {
  const cases = [
    { role: 'owner', people: true, licences: true, sees: true, renames: true },
    { role: 'administrator', people: true, licences: true, sees: true, renames: true },
    { role: 'licenceManager', people: false, licences: true, sees: true, renames: false },
    { role: 'member', people: false, licences: false, sees: false, renames: false },
  ];
  for (const { role, people, licences, sees, renames } of cases) {
    it(role, () => {
      const standing = standingIn({ mine: mine(role), claimed: true }, false);
      assert.deepEqual(
        [standing.managesPeople, standing.managesLicences, standing.seesLicences, standing.renames],
        [people, licences, sees, renames],
      );
    });
  }

  it('lets staff look and change nothing', () => {
    const standing = standingIn({ mine: null, claimed: true }, true);
    assert.deepEqual([standing.seesLicences, standing.managesLicences, standing.managesPeople], [true, false, false]);
  });

  it('shows an agent neither people nor licences', () => {
    const standing = standingIn({ mine: null, claimed: true }, false);
    assert.deepEqual([standing.seesPeople, standing.seesLicences], [false, false]);
  });

  it('gives nothing out in a team that is not confirmed', () =>
    assert.equal(standingIn({ mine: mine('owner'), claimed: false }, false).managesLicences, false));
});
