import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { assertChain } from '../harness/chain.ts';
import { refused } from '../harness/refused.ts';
import { addMember, invite, makeTeam } from '../harness/team-builder.ts';

describe('teams', () => {
  let app: TestApp;
  let serial = 0;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  const arrange = () => {
    serial += 1;
    return makeTeam(app, `owner${serial}@office.example`, `Team ${serial}`);
  };

  it('is made by anybody, free of charge, and is its maker’s at once', async () => {
    const anna = await app.as('anna@office.example');
    const team = await anna.makeTeam({ body: { name: '  Büro Nord ' } });

    assert.equal(team.name, 'Büro Nord');
    assert.equal(team.claimed, true);
    assert.equal(team.mine?.role, 'owner');
    assert.match(team.slug, /^buro-nord-[0-9a-z]{8}$/);
    assert.deepEqual(
      (await anna.listTeams()).items.map(({ id }) => id),
      [team.id],
    );
  });

  it('refuses a name that nobody can see or that is too long', async () => {
    const anna = await app.as('anna@office.example');
    await refused(anna.makeTeam({ body: { name: '\u200b' } }), 'invalidRequest');
    await refused(anna.makeTeam({ body: { name: 'x'.repeat(81) } }), 'invalidRequest');
  });

  it('is renamed by whoever read it last; its earlier names are kept', async () => {
    const { teamId, owner } = await arrange();
    const renamed = await owner.renameTeam({ teamId, body: { name: 'New name' }, ifMatch: 1 });

    assert.equal(renamed.name, 'New name');
    assert.equal(renamed.version, 2);
    await refused(owner.renameTeam({ teamId, body: { name: 'Late' }, ifMatch: 1 }), 'versionChanged');
    const names = await app.ground.db.selectFrom('teamName').select('name').where('teamId', '=', teamId).execute();
    assert.equal(names.length, 2);
  });

  it('demands the version that was read, which it told as its ETag', async () => {
    const { teamId, owner } = await arrange();
    const read = await app.request(`/v1/teams/${teamId}`, { headers: { cookie: owner.cookie } });
    assert.equal(read.headers.get('etag'), '"1"');
    const answer = await app.request(`/v1/teams/${teamId}`, {
      method: 'PATCH',
      headers: { cookie: owner.cookie, 'content-type': 'application/json' },
      body: '{"name":"x"}',
    });
    assert.equal(answer.status, 428);
  });

  it('does not exist for those who have nothing to do with it', async () => {
    const { teamId, ownerMemberId } = await arrange();
    const stranger = await app.as('stranger@else.example');
    await refused(stranger.getTeam({ teamId }), 'notFound');
    await refused(stranger.listMembers({ teamId }), 'notFound');
    await refused(stranger.renameTeam({ teamId, body: { name: 'Mine' }, ifMatch: 1 }), 'notFound');
    await refused(stranger.inviteMembers({ teamId, body: { people: [{ email: 'a@b.example' }] } }), 'notFound');
    await refused(stranger.changeMember({ teamId, memberId: ownerMemberId, body: { role: 'member' } }), 'notFound');
    await refused(stranger.removeMember({ teamId, memberId: ownerMemberId }), 'notFound');
    await refused(stranger.offerOwnership({ teamId, body: { memberId: ownerMemberId } }), 'notFound');
    await refused(stranger.acceptOwnership({ teamId }), 'notFound');
    await refused(stranger.correctOwner({ teamId, body: { ownerEmail: 'a@b.example' } }), 'notFound');
    await refused(stranger.getStorage({ teamId }), 'notFound');
    await refused(app.anonymous.getTeam({ teamId }), 'notSignedIn');
  });

  it('names what became of each address that was invited', async () => {
    const { teamId, owner } = await arrange();
    const people = [
      { email: 'One@Office.example', name: 'One' },
      { email: 'one@office.example' },
      { email: 'no address' },
    ];
    const { results } = await owner.inviteMembers({ teamId, body: { people } });

    assert.deepEqual(
      results.map(({ outcome }) => outcome),
      ['invited', 'repeated', 'invalidEmail'],
    );
    const again = await owner.inviteMembers({ teamId, body: { people: [{ email: 'one@office.example' }] } });
    assert.equal(again.results[0]?.outcome, 'alreadyMember');
    const { items } = await owner.listMembers({ teamId });
    assert.equal(items.find(({ email }) => email === 'one@office.example')?.state, 'invited');
    assert.equal(items.length, 2);
  });

  it('takes no external administrator and lets no licence manager invite', async () => {
    const team = await arrange();
    const { teamId, owner } = team;
    const external = { email: 'guest@else.example', role: 'administrator' as const, external: true };
    await refused(owner.inviteMembers({ teamId, body: { people: [external] } }), 'externalRole');
    const { person } = await addMember(app, team, `manager${serial}@office.example`, { role: 'licenceManager' });
    await refused(person.inviteMembers({ teamId, body: { people: [{ email: 'a@b.example' }] } }), 'forbidden');
  });

  it('changes roles by owner and administrators only, and never the owner’s', async () => {
    const team = await arrange();
    const { teamId, owner, ownerMemberId } = team;
    const { memberId, person } = await addMember(app, team, `worker${serial}@office.example`);
    await refused(person.changeMember({ teamId, memberId, body: { role: 'administrator' } }), 'forbidden');
    assert.equal(
      (await owner.changeMember({ teamId, memberId, body: { role: 'administrator' } })).role,
      'administrator',
    );
    await refused(
      person.changeMember({ teamId, memberId: ownerMemberId, body: { role: 'member' } }),
      'ownerCannotLeave',
    );
  });

  it('lets everybody leave but the owner, who hands over first', async () => {
    const team = await arrange();
    const { teamId, owner, ownerMemberId } = team;
    const { memberId, person } = await addMember(app, team, `heir${serial}@office.example`);
    await refused(owner.removeMember({ teamId, memberId: ownerMemberId }), 'ownerCannotLeave');

    await refused(person.acceptOwnership({ teamId }), 'ownershipNotOffered');
    await refused(person.offerOwnership({ teamId, body: { memberId } }), 'forbidden');
    await owner.offerOwnership({ teamId, body: { memberId } });
    await refused(owner.removeMember({ teamId, memberId: ownerMemberId }), 'ownerCannotLeave');
    const taken = await person.acceptOwnership({ teamId });

    assert.equal(taken.owner.memberId, memberId);
    await owner.removeMember({ teamId, memberId: ownerMemberId });
    await refused(owner.getTeam({ teamId }), 'notFound');
    await assertChain(app.ground.db, teamId);
  });

  it('offers no ownership to somebody who has not accepted the invitation', async () => {
    const team = await arrange();
    const memberId = await invite(team, `invited${serial}@office.example`);
    await refused(team.owner.offerOwnership({ teamId: team.teamId, body: { memberId } }), 'memberNotAccepted');
  });

  it('has free storage in the first three teams of an owner', async () => {
    const mila = await app.as('mila@office.example');
    const quotas: number[] = [];
    for (const name of ['One', 'Two', 'Three', 'Four']) {
      const team = await mila.makeTeam({ body: { name } });
      app.clock.forward({ seconds: 1 });
      quotas.push((await mila.getStorage({ teamId: team.id })).quotaBytes);
    }
    const free = 2 * 1024 ** 3;
    assert.deepEqual(quotas, [free, free, free, 0]);
  });

  it('shows its events to those whom they concern, with the names of today', async () => {
    const team = await arrange();
    const { teamId, owner } = team;
    const { person, memberId } = await addMember(app, team, `seen${serial}@office.example`);
    await owner.changeMember({ teamId, memberId, body: { role: 'licenceManager' } });
    await owner.changeMember({ teamId, memberId, body: { role: 'member' } });

    const all = await owner.listRecord({ query: { streamId: teamId } });
    assert.deepEqual(
      all.items.map(({ kind }) => kind),
      ['memberRoleChanged', 'memberRoleChanged', 'memberInvited', 'teamMade'],
    );
    assert.equal(all.items[0]?.names[memberId], `seen${serial}@office.example`);
    const own = await person.listRecord({ query: { streamId: teamId } });
    assert.deepEqual(
      own.items.map(({ kind }) => kind),
      ['memberRoleChanged', 'memberRoleChanged', 'memberInvited'],
    );
    const stranger = await app.as('stranger@else.example');
    assert.deepEqual((await stranger.listRecord({ query: { streamId: teamId } })).items, []);

    const first = await owner.listRecord({ query: { streamId: teamId, limit: 3 } });
    assert.ok(first.next);
    const second = await owner.listRecord({ query: { streamId: teamId, limit: 3, after: first.next } });
    assert.deepEqual(
      second.items.map(({ kind }) => kind),
      ['teamMade'],
    );
    assert.equal(second.next, null);
  });
});

describe('a file of people', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  it('is read and explained before anything is written', async () => {
    const { readFile } = await import('node:fs/promises');
    const team = await makeTeam(app, 'files@office.example');
    const file = await readFile(new URL('../fixtures/files/people-entra.csv', import.meta.url));
    const read = await team.owner.readPeopleFile({ teamId: team.teamId, body: new Uint8Array(file) });

    assert.equal(read.people.length, 82);
    assert.equal(read.disabled.length, 5);
    assert.equal(read.people.filter(({ external }) => external).length, 3);
    assert.equal((await team.owner.listMembers({ teamId: team.teamId })).items.length, 1);
  });

  it('tells wrong rows, and who is in the team already', async () => {
    const { readFile } = await import('node:fs/promises');
    const team = await makeTeam(app, 'posledni@chyba.example');
    const file = await readFile(new URL('../fixtures/files/people-with-mistakes.csv', import.meta.url));
    const read = await team.owner.readPeopleFile({ teamId: team.teamId, body: new Uint8Array(file) });

    assert.deepEqual(
      read.faults.map(({ line, reason }) => [line, reason]),
      [
        [3, 'invalidEmail'],
        [7, 'tooManyCells'],
        [9, 'nameTooLong'],
      ],
    );
    assert.deepEqual(
      read.known.map(({ email }) => email),
      ['posledni@chyba.example'],
    );
  });

  it('is refused where it is no table', async () => {
    const team = await makeTeam(app, 'nocsv@office.example');
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);
    await refused(team.owner.readPeopleFile({ teamId: team.teamId, body: png }), 'fileNotTable');
    const odd = new TextEncoder().encode('a,b,c\n1,2,3\n');
    await refused(team.owner.readPeopleFile({ teamId: team.teamId, body: odd }), 'fileUnknownColumns');
    const stranger = await app.as('stranger@else.example');
    await refused(stranger.readPeopleFile({ teamId: team.teamId, body: odd }), 'notFound');
  });
});
