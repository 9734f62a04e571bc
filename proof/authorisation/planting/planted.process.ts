import { plantedFaults } from './faults.ts';
import { plant } from './plant.ts';

// Runs the cases that have to notice the planted faults, and prints what they reported as JSON. Everything else is imported after
// the faults are in their places.
plant(plantedFaults.map(({ fault }) => fault));

const { buildWorld } = await import('../world/world.ts');
const { openBench } = await import('../matrix.ts');
const { allCases, runMatrix } = await import('../run-matrix.ts');

const world = await buildWorld();
const bench = await openBench(world);
const noticing = new Set(plantedFaults.map(({ noticedBy }) => noticedBy));
await runMatrix(
  bench,
  allCases().filter(({ name }) => noticing.has(name)),
);
await world.app.close();
process.stdout.write(`${JSON.stringify({ cells: bench.cells, violations: bench.violations })}\n`);
process.exit(0);
