import { ask, endpointOf } from './ask.ts';
import { foreignTextIn } from './belongings.ts';
import { neverCall } from './calls/never-call.ts';
import type { Bench, Case } from './matrix.ts';
import { differenceOf } from './matrix.ts';
import { allCases, placesOf } from './run-matrix.ts';
import { standingOf } from './standing.ts';
import type { CaseName } from './table/expectations.ts';
import type { Caller } from './world/caller.ts';
import type { Place } from './world/place.ts';

/** What reads though it is no GET, of what somebody signed in may call. */
const READING: readonly CaseName[] = ['readPeopleFile'];

/** What an agent reads of its own partner: who has none is refused for that, whatever the policies say. */
const OF_ITS_PARTNER: readonly CaseName[] = ['getPriceList'];

/**
 * Asks for everything that can be read, everywhere, as somebody who has to do with none of it: nothing of another team, customer or
 * partner is shown. What each may read of its own is not asked here: this holds whatever the policies say.
 *
 * @param only One case alone.
 */
export async function readAll(bench: Bench, only?: string): Promise<void> {
  const reading = allCases().filter(({ name, expectation }) => {
    if (only !== undefined && name !== only) return false;
    const isReading = endpointOf(name).method === 'GET' || READING.includes(name);
    return isReading && expectation.about !== 'link';
  });
  for (const one of reading) {
    for (const place of placesOf(bench.world, one)) await readAt(bench, one, place);
  }
}

async function readAt(bench: Bench, one: Case, place: Place): Promise<void> {
  const { world } = bench;
  world.app.clock.forward({ seconds: 3601 });
  const call = await one.make(world, place);
  for (const caller of strangersTo(bench, place)) {
    const answer = await ask(world, { name: one.name, call, headers: caller.headers });
    bench.cells += 1;
    const where = `${one.name} at ${place.key} by ${caller.name}`;
    const shown = one.expectation.showsAll
      ? undefined
      : foreignTextIn(world, bench.belongings, { caller, body: answer.body, name: one.name, rolesAside: true });
    if (shown !== undefined) bench.violations.push(`${where} shows ${shown}`);
    if (answer.code === 'forbidden' && !OF_ITS_PARTNER.includes(one.name)) {
      bench.violations.push(`${where} is kept by a policy that is still on`);
    }
    if (answer.status >= 500) bench.violations.push(`${where} breaks: ${answer.status}`);
    const never = await ask(world, { name: one.name, call: neverCall(call), headers: caller.headers });
    const difference = differenceOf(answer, never);
    if (call.params && difference) bench.violations.push(`${where} is told apart from what never was: ${difference}`);
  }
}

/** Whoever is signed in and has to do with neither the team nor its customer. */
function strangersTo({ world }: Bench, place: Place): Caller[] {
  return world.callers.filter(
    (caller) =>
      caller.credential === 'session' &&
      (['team', 'customer'] as const).every((about) =>
        ['none', 'otherAgent'].includes(standingOf(world, caller, { about, place })),
      ),
  );
}
