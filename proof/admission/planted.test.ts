import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { MemberId, ProductId } from '../../domain/id.ts';
import type { TestApp } from '../../server/tests/harness/app.ts';
import { createTestApp } from '../../server/tests/harness/app.ts';
import { makeApplication, makeKey } from '../../server/tests/harness/application-builder.ts';
import type { TestTeam } from '../../server/tests/harness/team-builder.ts';
import { addLicences, addMember, makeProduct, makeTeam } from '../../server/tests/harness/team-builder.ts';
import { chanceOf } from '../chance.ts';
import type { Watch } from './watch.ts';
import { startWatch } from './watch.ts';

const EMAIL = 'member@office.example';

/** Gives a licence, takes it back, and goes on checking for a while; the fault is planted in between. */
describe('the watch over takes', () => {
  let app: TestApp;
  let server: Server;
  let team: TestTeam;
  let memberId: MemberId;
  let productId: ProductId;
  let serviceKey: string;

  before(async () => {
    app = await createTestApp();
    productId = await makeProduct(app);
    await makeApplication(app, 'sketchpad', [productId]);
    serviceKey = await makeKey(app, 'sketchpad');
    team = await makeTeam(app, 'owner@office.example');
    await addLicences(app, { teamId: team.teamId, productId, quantity: 1 });
    memberId = (await addMember(app, team, EMAIL)).memberId;
    server = createServer(app.listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(async () => {
    server.close();
    await once(server, 'close');
    await app.close();
  });

  // A listening TCP server has an address of this shape.
  const portOf = (one: Server): number => (one.address() as AddressInfo).port;
  const watchOne = (port = portOf(server), living: () => number | undefined = () => 1): Watch =>
    startWatch({
      servers: [{ name: 'the server', port, living }],
      ...{ host: 'localhost:4280', serviceKey, product: 'share', chance: chanceOf(1) },
      subjects: [{ teamId: team.teamId, memberId, email: EMAIL }],
    });

  async function giveAndTake(watch: Watch, plant: () => Promise<void>, milliseconds: number): Promise<void> {
    const { owner, teamId } = team;
    watch.giving(teamId, memberId);
    const given = await owner.giveLicence({ teamId, body: { productId, memberId } });
    watch.given(teamId, memberId, given.revision);
    await app.ground.feed.catchUp();
    await plant();
    watch.taking(teamId, memberId);
    const taken = await owner.takeLicence({ teamId, licenceId: given.licence.id, body: { memberId } });
    watch.taken(teamId, memberId, taken.revision);
    await delay(milliseconds);
    await watch.stop();
  }

  it('finds nothing where every process follows', async () => {
    const watch = watchOne();
    await giveAndTake(watch, async () => {}, 1500);
    assert.deepEqual(watch.violations, []);
    assert.ok(watch.decisions.no > 20, 'it was asked after the bound');
  });

  it('finds a yes that is not marked where the memory does not follow the record', async () => {
    const watch = watchOne();
    const mend = plantDeafness(app, { isCurrent: true });
    await giveAndTake(watch, mend.deafen, 1500);
    await mend.undo();
    assert.ok(watch.counts.unmarkedLate > 0);
    assert.match(watch.violations.join(), /unmarkedLate: the server said yes for mem_\w+ 1\d\d\d ms after the take/);
  });

  it('finds a no for somebody who was given a licence, where the memory does not follow', async () => {
    const watch = watchOne();
    const mend = plantDeafness(app, { isCurrent: true });
    await mend.deafen();
    const { owner, teamId } = team;
    watch.giving(teamId, memberId);
    const given = await owner.giveLicence({ teamId, body: { productId, memberId } });
    watch.given(teamId, memberId, given.revision);
    await delay(1500);
    await watch.stop();
    await mend.undo();
    await owner.takeLicence({ teamId, licenceId: given.licence.id, body: { memberId } });
    assert.ok(watch.counts.shutOut > 0);
    assert.match(watch.violations.join(), /shutOut: the server said no for mem_\w+ 1\d\d\d ms after the gift/);
  });

  /** Checks at a server that does what it is told to, for a moment. */
  async function watchBriefly(listener: RequestListener, living?: () => number | undefined): Promise<Watch> {
    const odd = createServer(listener).listen(0, '127.0.0.1');
    await once(odd, 'listening');
    const watch = watchOne(portOf(odd), living);
    await delay(100);
    await watch.stop();
    odd.close();
    return watch;
  }

  it('finds a server that lives and does not answer, and excuses one that was killed', async () => {
    const silent = await watchBriefly(({ socket }) => socket.destroy());
    assert.ok(silent.silent > 0);
    assert.match(silent.violations.join(), /silent: the server lives and has not answered a check/);
    let life = 0;
    const killed = await watchBriefly(
      ({ socket }) => socket.destroy(),
      () => (life += 1),
    );
    assert.ok(killed.unanswered > 0);
    assert.deepEqual(killed.violations, []);
  });

  it('finds a check that is refused', async () => {
    const watch = await watchBriefly((_request, answer) =>
      answer.writeHead(503).end(JSON.stringify({ status: 503, code: 'overloaded' })),
    );
    assert.match(watch.violations.join(), /refused: the server answered a check 503 overloaded/);
  });

  it('finds a yes from a memory that is older than a minute, though it is marked', async () => {
    const watch = watchOne();
    const mend = plantDeafness(app, { isCurrent: false, ageMilliseconds: 61_000 });
    await giveAndTake(watch, mend.deafen, 300);
    await mend.undo();
    assert.ok(watch.counts.tooOld > 0);
  });

  it('finds a yes that makes itself younger than the take', async () => {
    const watch = watchOne();
    const mend = plantDeafness(app, { isCurrent: false, ageMilliseconds: 10 });
    await giveAndTake(watch, mend.deafen, 1500);
    await mend.undo();
    assert.ok(watch.counts.ageUnderstated > 0);
  });
});

/** A feed that hears of nothing any more, and says of itself what it is told to. */
function plantDeafness({ ground: { feed } }: TestApp, says: { isCurrent: boolean; ageMilliseconds?: number }) {
  const lies = {
    isCurrent: says.isCurrent,
    isUsable: true,
    ageMilliseconds: says.ageMilliseconds ?? 0,
    catchUp: async () => {},
    shows: () => true,
    reach: async () => says.isCurrent,
  };
  return {
    async deafen() {
      await feed.stop();
      for (const [name, value] of Object.entries(lies))
        Object.defineProperty(feed, name, { configurable: true, value });
    },
    async undo() {
      for (const name of Object.keys(lies)) Reflect.deleteProperty(feed, name);
      await feed.start();
    },
  };
}
