import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Bench } from './matrix.ts';
import { openBench } from './matrix.ts';
import { allCases, runMatrix } from './run-matrix.ts';
import type { Expectation } from './table/expectation.ts';
import type { World } from './world/world.ts';
import { buildWorld } from './world/world.ts';

const groups: readonly (readonly [title: string, belongs: (about: Expectation['about']) => boolean])[] = [
  ['teams, members and licences', (about) => about === 'team'],
  ['customers, offers and orders', (about) => about === 'customer'],
  ['the own account, lists, applications and links', (about) => about !== 'team' && about !== 'customer'],
];

// One world for all of them: building it takes longer than most of what is asked in it.
describe('who may do what', () => {
  let world: World;
  let bench: Bench;

  before(async () => {
    world = await buildWorld();
    bench = await openBench(world);
  });
  after(() => world.app.close());

  for (const [title, belongs] of groups) {
    describe(title, () => {
      for (const one of allCases().filter(({ expectation: { about } }) => belongs(about))) {
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
});
