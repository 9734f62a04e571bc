import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestApp } from '../../server/tests/harness/app.ts';
import { createTestApp } from '../../server/tests/harness/app.ts';
import { openMarket } from '../../server/tests/harness/sale-builder.ts';
import { checkRecord, RecordCheck } from './check-record.ts';
import type { SoldTeam } from './sold-team.ts';
import { sellTeam } from './sold-team.ts';

describe('the record check', () => {
  let app: TestApp;
  let team: SoldTeam;

  before(async () => {
    app = await createTestApp();
    team = await sellTeam(app, await openMarket(app), { licences: 4, members: 4, invited: 3 });
  });
  after(() => app.close());

  const person = (index: number) => team.memberIds[index] ?? assert.fail('there is no such member');
  const invitee = (index: number) => team.invitedIds[index] ?? assert.fail('there is no such invitee');
  const give = async (memberId: ReturnType<typeof person>) => {
    const { owner, teamId, productId } = team;
    return (await owner.giveLicence({ teamId, body: { productId, memberId } })).licence.id;
  };

  it('finds nothing wrong with a team in which everything has happened', async () => {
    const { owner, teamId } = team;
    const check = new RecordCheck(app.databaseUrl);
    assert.deepEqual(await check.check(), []);

    const first = await give(person(0));
    await owner.moveLicence({ teamId, licenceId: first, body: { fromMemberId: person(0), toMemberId: person(1) } });
    await owner.takeLicence({ teamId, licenceId: first, body: { memberId: person(1) } });
    await give(person(2));
    await give(invitee(0));
    const kept = await give(invitee(1));
    await owner.takeLicence({ teamId, licenceId: kept, body: { memberId: invitee(1) } });
    await owner.removeMember({ teamId, memberId: invitee(0) });
    await owner.removeMember({ teamId, memberId: person(2) });
    await owner.changeMember({ teamId, memberId: person(3), body: { role: 'administrator' } });
    await owner.offerOwnership({ teamId, body: { memberId: person(3) } });
    await app.settled();

    assert.deepEqual(await check.check(), []);
    assert.deepEqual(await check.checkWhole(), []);
    assert.deepEqual(await checkRecord(app.databaseUrl), []);
    assert.ok(check.events > 20);
  });
});
