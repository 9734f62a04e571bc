import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Bench } from './matrix.ts';
import { openBench } from './matrix.ts';
import { allCases, runMatrix } from './run-matrix.ts';
import type { Expectation } from './table/expectation.ts';
import type { World } from './world/world.ts';
import { buildWorld } from './world/world.ts';

/** The matrix of some of the table's lines as tests, one a line. */
export function describeMatrix(title: string, belongs: (expectation: Expectation) => boolean): void {
  describe(`who may do what: ${title}`, () => {
    let world: World;
    let bench: Bench;

    before(async () => {
      world = await buildWorld();
      bench = await openBench(world);
    });
    after(() => world.app.close());

    for (const one of allCases().filter(({ expectation }) => belongs(expectation))) {
      it(one.name, async () => {
        const { cells } = bench;
        bench.violations.length = 0;
        await runMatrix(bench, [one]);
        assert.deepEqual(bench.violations, []);
        assert.ok(bench.cells > cells, 'somebody asked');
      });
    }
  });
}
