import { policiesOff } from './faults.ts';
import { plant } from './plant.ts';

// node proof/authorisation/planting/queries-alone.process.ts [CASE]: asks everything that reads, with every policy answering yes, and
// prints as JSON what was shown of somebody else's. With a case it asks that one alone, and the members' query has lost its restriction.
const [only] = process.argv.slice(2);
const leak = {
  file: 'server/features/team/member.queries.ts',
  find: "    .where(seesInside(viewer, 'm.teamId'))\n",
  instead: '',
};
plant(only ? [...policiesOff, leak] : policiesOff);

const { buildWorld } = await import('../world/world.ts');
const { openBench } = await import('../matrix.ts');
const { readAll } = await import('../read-all.ts');

const world = await buildWorld();
const bench = await openBench(world);
await readAll(bench, only);
await world.app.close();
process.stdout.write(`${JSON.stringify({ cells: bench.cells, violations: bench.violations })}\n`);
process.exit(0);
