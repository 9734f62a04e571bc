import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ReceiptState } from '../../../contract/receipt.ts';
import type { ApplicationId, ProductId, TeamId } from '../../../domain/id.ts';
import { receiptTopic, teamOfReceiptTopic } from '../../features/receipt/receipt.service.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { makeApplication, makeDeviceToken } from '../harness/application-builder.ts';
import { refused } from '../harness/refused.ts';
import { addLicences, addMember, makeProduct, makeTeam } from '../harness/team-builder.ts';

describe('receipts', () => {
  let app: TestApp;
  let productId: ProductId;
  let applicationId: ApplicationId;
  let serial = 0;

  before(async () => {
    app = await createTestApp();
    productId = await makeProduct(app);
    await makeProduct(app, { key: 'other' });
    applicationId = await makeApplication(app, 'sketchpad', [productId]);
  });
  after(() => app.close());

  /** A holder with a device, ten seconds after the licence was given. */
  async function arrange() {
    serial += 1;
    const team = await makeTeam(app, `owner${serial}@office.example`);
    const { teamId, owner } = team;
    await addLicences(app, { teamId, productId, quantity: 2 });
    const { memberId, person } = await addMember(app, team, `person${serial}@office.example`);
    const give = () => owner.giveLicence({ teamId, body: { productId, memberId } });
    const given = await give();
    const take = () => owner.takeLicence({ teamId, licenceId: given.licence.id, body: { memberId } });
    app.clock.forward({ seconds: 10 });
    const device = await makeDevice(person.accountId, 'WS-114');
    const receipts = async () => (await owner.listReceipts({ teamId })).items;
    return { team, teamId, owner, memberId, person, given, give, take, device, receipts };
  }

  async function makeDevice(accountId: Parameters<typeof makeDeviceToken>[2], place: string) {
    const token = await makeDeviceToken(app, applicationId, accountId);
    await app.ground.db
      .updateTable('deviceToken')
      .set({ place })
      .where('accountId', '=', accountId)
      .where('place', 'is', null)
      .execute();
    const client = app.withHeaders({ authorization: `Bearer ${token}` });
    const send = (teamId: TeamId, revision: number, state: ReceiptState = 'unlocked', product = 'share') =>
      client.sendReceipt({ body: { teamId, productId: product, revision, state } });
    return { client, send };
  }

  it('show those who manage the team what was picked up, when and where', async () => {
    const { teamId, memberId, given, device, receipts } = await arrange();
    await device.send(teamId, given.revision);
    const now = app.clock.now().toISOString();
    assert.deepEqual(await receipts(), [
      {
        memberId,
        productId,
        applicationName: 'sketchpad',
        place: 'WS-114',
        state: 'unlocked',
        revision: given.revision,
        at: now,
        lastContactAt: now,
        takenAt: null,
      },
    ]);
  });

  it('say when a licence was taken and when the device locked', async () => {
    const { teamId, given, device, take, receipts } = await arrange();
    await device.send(teamId, given.revision);
    app.clock.forward({ seconds: 30 });
    const taken = await take();
    const takenAt = app.clock.now().toISOString();
    app.clock.forward({ seconds: 2 });
    await device.send(teamId, taken.revision, 'locked');
    const [receipt] = await receipts();
    assert.deepEqual(
      [receipt?.state, receipt?.takenAt, receipt?.at],
      ['locked', takenAt, app.clock.now().toISOString()],
    );
  });

  it('never put an older one over a newer one', async () => {
    const { teamId, given, device, take, receipts } = await arrange();
    const taken = await take();
    await device.send(teamId, taken.revision, 'locked');
    const before = await receipts();
    app.clock.forward({ seconds: 5 });
    await device.send(teamId, given.revision, 'unlocked');
    assert.deepEqual(await receipts(), before);
  });

  it('end at the newest, whatever order they come in at once', async () => {
    const { teamId, owner, device, receipts } = await arrange();
    for (let version = 1; version <= 12; version += 1) {
      await owner.renameTeam({ teamId, body: { name: `Name ${version}` }, ifMatch: version });
    }
    const { revision } = await owner.listLicences({ teamId });
    const revisions = Array.from({ length: revision }, (_, index) => index + 1).toSorted(
      (one, other) => ((one * 7) % 11) - ((other * 7) % 11),
    );
    await Promise.all(revisions.map((one) => device.send(teamId, one, one === revision ? 'unlocked' : 'locked')));
    assert.deepEqual(
      (await receipts()).map((one) => [one.revision, one.state]),
      [[revision, 'unlocked']],
    );
  });

  it('keep the moment of the pick-up while nothing changes for the device, and note the contact', async () => {
    const { team, teamId, owner, given, device, receipts } = await arrange();
    await device.send(teamId, given.revision);
    const pickedUpAt = app.clock.now().toISOString();
    app.clock.forward({ seconds: 60 });
    await owner.renameTeam({ teamId, body: { name: 'Renamed' }, ifMatch: 1 });
    const { revision } = await team.owner.listLicences({ teamId });
    await device.send(teamId, revision);
    const [receipt] = await receipts();
    assert.deepEqual(
      [receipt?.at, receipt?.lastContactAt, receipt?.revision],
      [pickedUpAt, app.clock.now().toISOString(), revision],
    );
  });

  it('count as a new pick-up where the licence was given anew meanwhile', async () => {
    const { teamId, given, device, take, give, receipts } = await arrange();
    await device.send(teamId, given.revision);
    await take();
    app.clock.forward({ seconds: 60 });
    const again = await give();
    app.clock.forward({ seconds: 1 });
    await device.send(teamId, again.revision);
    assert.equal((await receipts())[0]?.at, app.clock.now().toISOString());
  });

  it('stand apart for each device, the newest first, and go when it signs out', async () => {
    const { teamId, given, device, person, receipts } = await arrange();
    const laptop = await makeDevice(person.accountId, 'Laptop');
    await device.send(teamId, given.revision);
    app.clock.forward({ seconds: 5 });
    await laptop.send(teamId, given.revision);
    assert.deepEqual(
      (await receipts()).map(({ place }) => place),
      ['Laptop', 'WS-114'],
    );
    await app.ground.db
      .updateTable('deviceToken')
      .set({ revokedAt: app.clock.now() })
      .where('place', '=', 'Laptop')
      .execute();
    assert.deepEqual(
      (await receipts()).map(({ place }) => place),
      ['WS-114'],
    );
  });

  it('are told to open pages and are no event of the record', async () => {
    const { teamId, owner, given, device } = await arrange();
    const { revision: before } = await owner.listLicences({ teamId });
    const heard: string[] = [];
    const stop = app.ground.pulse.subscribe(receiptTopic(teamId), ({ topic }) => heard.push(topic));
    await device.send(teamId, given.revision);
    await device.send(teamId, given.revision - 1);
    stop();
    assert.deepEqual(heard.map(teamOfReceiptTopic), [teamId]);
    assert.equal((await owner.listLicences({ teamId })).revision, before);
  });

  it('are taken from an application about its own product in a team of its account alone', async () => {
    const { teamId, given, device, person } = await arrange();
    const other = await arrange();
    await refused(device.send(other.teamId, 1), 'notFound');
    await refused(device.send(app.ground.newId('team'), 1), 'notFound');
    await refused(device.send(teamId, given.revision, 'unlocked', 'other'), 'notFound');
    await refused(device.send(teamId, given.revision + 1), 'invalidRequest');
    const body = { teamId, productId: 'share', revision: 1, state: 'unlocked' } as const;
    await refused(person.sendReceipt({ body }), 'forbidden');
    await refused(app.anonymous.sendReceipt({ body }), 'notSignedIn');
    assert.deepEqual(await other.receipts(), []);
  });

  it('are shown to a plain member about itself, and to nobody outside', async () => {
    const { team, teamId, given, device, person } = await arrange();
    await device.send(teamId, given.revision);
    const { person: colleague } = await addMember(app, team, `colleague${serial}@office.example`);
    const stranger = await app.as('stranger@else.example');
    assert.equal((await person.listReceipts({ teamId })).items.length, 1);
    assert.deepEqual((await colleague.listReceipts({ teamId })).items, []);
    await refused(stranger.listReceipts({ teamId }), 'notFound');
    await refused(device.client.listReceipts({ teamId }), 'tokenScope');
  });

  it('are counted for each device', async () => {
    const { teamId, given, device, person } = await arrange();
    for (let tries = 0; tries < 120; tries += 1) await device.send(teamId, given.revision);
    const error = await refused(device.send(teamId, given.revision), 'tooManyRequests');
    assert.ok((error.problem?.retryAfterSeconds ?? 0) > 0);
    await (await makeDevice(person.accountId, 'Laptop')).send(teamId, given.revision);
  });
});
