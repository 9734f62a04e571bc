import { chanceOf } from '../chance.ts';
import type { ProofPart } from '../part.ts';
import { gapsBetween, unknownRoutes } from './completeness.ts';
import { openBench } from './matrix.ts';
import { askAtRandom } from './random.ts';
import { allCases, runMatrix } from './run-matrix.ts';
import { expectations, others } from './table/expectations.ts';
import { buildWorld } from './world/world.ts';

const SHORT_SECONDS = 20;

export const part: ProofPart = {
  name: 'authorisation',
  about:
    'Every address by everybody, about their own and about others’ things: what is not allowed is as if it were not there.',
  shortSeconds: SHORT_SECONDS,
  async run({ seconds, seed, say }) {
    const started = performance.now();
    // A long run has the time for everybody of every place.
    const world = await buildWorld({ everybody: seconds > SHORT_SECONDS });
    try {
      const bench = await openBench(world);
      bench.violations.push(
        ...gapsBetween(expectations, bench.document),
        ...unknownRoutes(world.app, bench.document, others),
      );
      await runMatrix(bench, allCases());
      const fixed = bench.cells;
      say(`${fixed} cells of the matrix, ${bench.violations.length} violations`);
      await askAtRandom(bench, chanceOf(seed), started + seconds * 1000);
      return {
        operations: bench.cells,
        faults: 0,
        violations: bench.violations,
        figures: {
          routes: bench.document.length + Object.keys(others).length,
          callers: world.callers.length,
          cells: fixed,
          randomCalls: bench.cells - fixed,
          seconds: Math.round((performance.now() - started) / 1000),
        },
      };
    } finally {
      await world.app.close();
    }
  },
};
