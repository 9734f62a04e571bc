import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEngine } from '../../server/db/engine.ts';
import type { ProofOptions, ProofOutcome, ProofPart } from '../part.ts';
import { openRing, race } from './race.ts';
import { manyTeamSizes, teamSizes } from './world.ts';

export const part: ProofPart = {
  name: 'races',
  about: 'several servers on one database race for licences; every answer, the tables and the record are judged',
  shortSeconds: 60,
  run: runRaces,
};

const PROCESSES = 3;
const LANES = 8;
const OPERATIONS = 15;
const LONG_SECONDS = 600;

async function runRaces({ seconds, seed, say }: ProofOptions): Promise<ProofOutcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'namesake-races-'));
  // Nobody pulls the plug here, so the database need not wait for the disk.
  const engine = await startEngine({ dataFolder: folder, forTests: true });
  try {
    const began = performance.now();
    const sizes = seconds < LONG_SECONDS ? teamSizes : manyTeamSizes;
    const ring = await openRing(engine.url, sizes);
    say(`${sizes.length} teams were made in ${Math.round((performance.now() - began) / 1000)} s`);
    const scene = { processes: PROCESSES, lanes: LANES, operations: OPERATIONS };
    return { faults: 0, ...(await race(ring, { seconds, seed, say, ...scene })) };
  } finally {
    await engine.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
