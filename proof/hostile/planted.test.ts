import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { ask } from './ask.ts';
import { makeCall } from './call-maker.ts';
import type { Draft } from './draft.ts';
import type { HuntOptions } from './hunt.ts';
import { hunt, senderOf } from './hunt.ts';
import type { Entered, Scene } from './scene.ts';
import { openScene } from './scene.ts';

const SEED = 11;

// One story: the same calls find nothing in the application as it is, and each fault that is planted in it.
describe('the fuzzer', () => {
  let scene: Scene;
  let entered: Entered;
  before(async () => {
    scene = await openScene();
    entered = await scene.enter();
  });
  after(() => scene.close());

  const options = (more: Partial<HuntOptions>): HuntOptions => ({
    seed: SEED,
    seconds: 120,
    say: () => {},
    enter: async () => entered,
    ...more,
  });

  /** The violations that calls of one operation alone find, in process. */
  async function foundBy(id: string, calls = 40): Promise<string> {
    const material = { description: scene.description, ...entered, seed: SEED };
    const drafts: Draft[] = [];
    for (let number = 1; drafts.length < calls; number += 1) {
      const draft = makeCall(material, number);
      if (draft.operation?.id === id) drafts.push(draft);
    }
    const calling = (number: number) => drafts[number % drafts.length];
    const { violations } = await hunt(scene, options({ calls, calling }), (draft) => ask(scene.app, draft));
    return violations.join('\n');
  }

  it('finds nothing where nothing is planted', async () => {
    const { violations, calls, statuses, done } = await hunt(scene, options({ calls: 250 }), senderOf(scene, SEED));
    assert.deepEqual(violations, []);
    assert.equal(calls, 250);
    assert.ok((statuses[200] ?? 0) > 20, 'calls come through');
    assert.ok(done.has('getMe') && !done.has('changePassword'), `${[...done]} were done`);
  });

  it('finds an answer 5xx: a column that the code reads is gone', async () => {
    const { db } = scene.app.ground;
    await sql`alter table notice rename column kind to planted`.execute(db);
    const found = await foundBy('listNotices');
    await sql`alter table notice rename column planted to kind`.execute(db);
    assert.match(found, /listNotices answered 500.*call \d+ of seed 11.*curl -X GET '\/v1\/notices'.*column/s);
  });

  it('finds an answer off its schema: an account has a language that the document does not name', async () => {
    const { db } = scene.app.ground;
    await sql`alter table account drop constraint if exists account_language_check`.execute(db);
    await sql`update account set language = 'xx'`.execute(db);
    const found = await foundBy('getMe');
    await sql`update account set language = 'en'`.execute(db);
    assert.match(found, /answered 200 off its schema: data\/account\/language must be equal/);
  });

  it('finds a prototype that a call has changed', async () => {
    const prototype: object = Object.prototype;
    const { violations } = await hunt(scene, options({ calls: 1 }), (draft) => {
      Reflect.set(prototype, 'planted', true);
      return ask(scene.app, draft);
    });
    Reflect.deleteProperty(prototype, 'planted');
    assert.match(violations.join('\n'), /prototype of all objects/);
  });

  /** A call that leaves nothing behind by itself. */
  const cheap = (number: number): Draft => ({
    ...makeCall({ description: scene.description, ...entered, seed: SEED }, number),
    operation: undefined,
    ...{ method: 'GET', path: '/v1/deployment', params: {}, query: [], headers: [], bytes: undefined, strays: true },
  });

  it('finds memory that every call leaves behind', async () => {
    const leak: Buffer[] = [];
    const { violations } = await hunt(
      scene,
      options({ calls: 240, sampleCalls: 20, calling: cheap }),
      async (draft) => {
        leak.push(Buffer.alloc(200_000, 1));
        return ask(scene.app, draft);
      },
    );
    assert.match(violations.join('\n'), /memory grows by \d{6} bytes a call/);
    assert.equal(leak.length, 240);
  });

  it('finds a call that never ends', async () => {
    const { violations } = await hunt(scene, options({ calls: 1, hangsMilliseconds: 50 }), () => new Promise(() => {}));
    assert.match(violations.join('\n'), /took 60000 ms|was not answered/);
  });
});
