import { policiesOff } from './faults.ts';
import { plant } from './plant.ts';

// node proof/authorisation/planting/queries-alone.process.ts: asks everything that reads, with every policy answering yes, and prints
// as JSON what was shown of somebody else's; and under `leaked` the same of the members, whose query has then lost its restriction.
const leak = {
  file: 'server/features/team/member.queries.ts',
  find: "    .where(seesInside(viewer, 'm.teamId'))\n",
  instead: "    .$if(!('leaks' in globalThis), (query) => query.where(seesInside(viewer, 'm.teamId')))\n",
};
plant([...policiesOff, leak]);

const { buildWorld } = await import('../world/world.ts');
const { openBench } = await import('../matrix.ts');
const { readAll } = await import('../read-all.ts');

const world = await buildWorld();
const bench = await openBench(world);
await readAll(bench);
const { cells, violations } = { cells: bench.cells, violations: bench.violations.splice(0) };
Object.assign(globalThis, { leaks: true });
await readAll(bench, 'listMembers');
await world.app.close();
process.stdout.write(`${JSON.stringify({ cells, violations, leaked: bench.violations })}\n`);
process.exit(0);
