import type { CalendarDate } from '../domain/calendar-date.ts';
import { loadProjection } from '../server/projection/load-projection.ts';
import type { Figure, Round } from './figure.ts';
import { figureOf } from './figure.ts';
import { openBenchGround } from './ground.ts';
import { makeHolders } from './holder-data.ts';

const HOLDERS = 1_000_000;
const ROUNDS = 5;
const WANTED_MILLISECONDS = 3000;

/** How long a process reads a million holders from PostgreSQL before it serves anybody. */
export async function benchLoad(): Promise<Figure[]> {
  const { pool, stop } = await openBenchGround(4);
  try {
    await makeHolders(pool, HOLDERS);
    const today = new Date().toISOString().slice(0, 10) as CalendarDate; // a date by its form
    const rounds: Round[] = [];
    for (let index = 0; index <= ROUNDS; index += 1) {
      const began = performance.now();
      const { projection } = await loadProjection(pool, today);
      const value = performance.now() - began;
      if (projection.memberships.count !== HOLDERS) throw new Error('not everybody was loaded');
      if (index > 0) rounds.push({ value, baseline: WANTED_MILLISECONDS });
    }
    return [figureOf(`loading ${HOLDERS} holders from PostgreSQL`, 'ms', rounds, 1, 'less')];
  } finally {
    await stop();
  }
}
