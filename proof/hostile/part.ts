import type { TestApp } from '../../server/tests/harness/app.ts';
import { assertChain } from '../../server/tests/harness/chain.ts';
import type { ProofPart } from '../part.ts';
import { inSnapshot } from '../record-check/snapshot.ts';
import { checkTables } from '../record-check/table-rules.ts';
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
      const cpu = process.cpuUsage();
      const hunted = await hunt(scene, { seconds, seed, say });
      const { user, system } = process.cpuUsage(cpu);
      const violations = [...hunted.violations, ...neverAsked(scene.description, hunted)];
      const record = await checkRecord(scene.app);
      const growth = growthOf(hunted.samples);
      return {
        operations: hunted.calls,
        faults: 0,
        violations: [...violations, ...record.faults],
        figures: {
          callsPerSecond: Math.round(hunted.calls / hunted.seconds),
          operations: hunted.operations.size,
          operationsDone: hunted.done.size,
          operationsOnlyRefused: onlyRefused(scene.description, hunted),
          cpuMicrosecondsACall: Math.round((user + system) / hunted.calls),
          slowestMilliseconds: Math.round(hunted.slowestMilliseconds),
          heapBytesACall: growth === undefined ? 'too few calls to tell' : Math.round(growth),
          residentMegabytes: Math.round((hunted.samples.at(-1)?.residentBytes ?? 0) / 2 ** 20),
          statuses: JSON.stringify(hunted.statuses),
          streams: record.streams,
          events: record.events,
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

/** The operations of which no call has got through, so that only their doors were tried. */
const onlyRefused = ({ operations }: Description, { done }: Hunted): string =>
  operations
    .filter(({ id }) => !done.has(id))
    .map(({ id }) => id)
    .join(' ');

const SETTLES = 12;

/** Whether every stream of the record still is a chain and the tables keep the rules, once no job adds to them any more. */
async function checkRecord(app: TestApp): Promise<{ streams: number; events: number; faults: string[] }> {
  for (let tries = 1; !(await isSettled(app)) && tries < SETTLES; ) tries += 1;
  const streams = await app.ground.db.selectFrom('stream').select('id').execute();
  const faults: string[] = [];
  let events = 0;
  for (const { id } of streams) {
    await assertChain(app.ground.db, id).then(
      (count) => {
        events += count;
      },
      (error: unknown) => void faults.push(`the chain of ${id}: ${String(error)}`),
    );
  }
  // Worlds are built with rows that no event tells of, so the tables are held against the rules by themselves.
  faults.push(...(await inSnapshot(app.databaseUrl, (snapshot) => checkTables(snapshot, { whole: true }))));
  return { streams: streams.length, events, faults };
}

const isSettled = (app: TestApp): Promise<boolean> =>
  app.settled().then(
    () => true,
    () => false,
  );
