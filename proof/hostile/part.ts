import { assertChain } from '../../server/tests/harness/chain.ts';
import type { ProofPart } from '../part.ts';
import type { Description } from './document.ts';
import type { Hunted } from './hunt.ts';
import { hunt } from './hunt.ts';
import { growthOf } from './memory.ts';
import { openScene } from './scene.ts';

export const part: ProofPart = {
  name: 'hostile',
  about: 'calls every operation of openapi.json with what nobody should send, in every role',
  shortSeconds: 20,
  async run({ seconds, seed, say }) {
    const scene = await openScene();
    try {
      const hunted = await hunt(scene, { seconds, seed, say });
      const { db } = scene.app.ground;
      const violations = [...hunted.violations, ...neverAsked(scene.description, hunted)];
      await scene.app.settled();
      const streams = await db.selectFrom('stream').select('id').execute();
      let events = 0;
      for (const { id } of streams) events += await assertChain(db, id);
      return {
        operations: hunted.calls,
        faults: 0,
        violations,
        figures: {
          callsPerSecond: Math.round(hunted.calls / hunted.seconds),
          operations: hunted.operations.size,
          slowestMilliseconds: Math.round(hunted.slowestMilliseconds),
          heapBytesACall: Math.round(growthOf(hunted.samples) ?? 0),
          residentMegabytes: Math.round((hunted.samples.at(-1)?.residentBytes ?? 0) / 2 ** 20),
          statuses: JSON.stringify(hunted.statuses),
          streams: streams.length,
          events,
        },
      };
    } finally {
      await scene.close();
    }
  },
};

/** By then chance has come to every operation, also to those that it seldom asks. */
const MANY_CALLS = 50_000;

function neverAsked({ operations }: Description, { calls, operations: asked }: Hunted): string[] {
  if (calls < MANY_CALLS) return [];
  return operations.filter(({ id }) => !asked.has(id)).map(({ id }) => `${id} was never asked`);
}
