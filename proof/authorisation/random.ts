import type { Chance } from '../chance.ts';
import { ask, endpointOf } from './ask.ts';
import type { Call } from './calls/call.ts';
import { neverCall } from './calls/never-call.ts';
import { expectedOf } from './judge.ts';
import type { Bench, Case } from './matrix.ts';
import { differenceOf } from './matrix.ts';
import { slotsBetween, withSlot } from './mixed.ts';
import { changedTables, digestOf } from './record-state.ts';
import { allCases, placesOf } from './run-matrix.ts';
import { standingOf } from './standing.ts';
import type { Caller } from './world/caller.ts';
import { neverLike } from './world/never.ts';
import type { Place } from './world/place.ts';

/** A case with a call about each place, whose subjects nobody uses up: only what must be refused is asked. */
interface Known {
  readonly one: Case;
  readonly calls: ReadonlyMap<Place, Call>;
}

const ROUND = 200;

/**
 * Asks at random until the time is over, one round at least: anybody, for anything, about any place, with ids of other places among the call's own.
 *
 * What the table refuses must be refused; what names a stranger's thing must be answered as if it had never been; and after each
 * round every row is what it was.
 */
export async function askAtRandom(bench: Bench, chance: Chance, until: number): Promise<void> {
  const known = await knowAll(bench);
  do {
    // Limits are counted by ten minutes at most.
    bench.world.app.clock.forward({ seconds: 601 });
    const before = await digestOf(bench.world);
    for (let turn = 0; turn < ROUND; turn += 1) await askOne(bench, chance, known);
    const changed = changedTables(before, await digestOf(bench.world));
    if (changed.length > 0) bench.violations.push(`a round of refusals changed ${changed}`);
  } while (performance.now() < until);
}

async function knowAll({ world }: Bench): Promise<Known[]> {
  const known: Known[] = [];
  for (const one of allCases()) {
    const { about, oneOfEach, access } = one.expectation;
    if (about === 'link' || oneOfEach || access === 'person' || access === 'everybody') continue;
    world.app.clock.forward({ seconds: 3601 });
    const calls = new Map<Place, Call>();
    for (const place of about === 'anything' ? placesOf(world, one) : world.places) {
      if (about === 'customer' && !place.office) continue;
      calls.set(place, await one.make(world, place));
    }
    known.push({ one, calls });
  }
  await world.app.settled();
  return known;
}

async function askOne(bench: Bench, chance: Chance, known: readonly Known[]): Promise<void> {
  const { one, calls } = chance.pick(known) ?? {};
  const caller = chance.pick(bench.world.callers);
  const place = chance.pick([...(calls?.keys() ?? [])]);
  const call = place && calls?.get(place);
  if (!(one && calls && caller && place && call)) return;
  const expected = expectedOf(bench.world, { expectation: one.expectation, caller, place });
  if (expected === 'done') return mixIn(bench, chance, { one, calls, caller, place, call });
  const answer = await ask(bench.world, { name: one.name, call, headers: caller.headers });
  bench.cells += 1;
  const where = `${one.name} at ${place.key} by ${caller.name}`;
  if (answer.code !== expected) bench.violations.push(`${where}: ${expected} was to come, and ${answer.code} came`);
  if (!isForeign(bench, caller, place) || one.expectation.about === 'self') return;
  const never = await ask(bench.world, { name: one.name, call: neverCall(call), headers: caller.headers });
  bench.cells += 1;
  const difference = differenceOf(answer, never);
  if (difference) bench.violations.push(`${where} is told apart from what never was: ${difference}`);
}

const isForeign = ({ world }: Bench, caller: Caller, place: Place): boolean =>
  (['team', 'customer'] as const).every((about) =>
    ['none', 'otherAgent'].includes(standingOf(world, caller, { about, place })),
  );

interface Mixing {
  readonly one: Case;
  readonly calls: ReadonlyMap<Place, Call>;
  readonly caller: Caller;
  readonly place: Place;
  readonly call: Call;
}

/** Puts one stranger's thing, or several, into a call that the caller may make. */
async function mixIn(bench: Bench, chance: Chance, { one, calls, caller, place, call }: Mixing): Promise<void> {
  // An application with its key asks about anybody, within its own products.
  if (caller.credential === 'service') return;
  // Who was removed is told so, and who is invited that it is: that is their own matter.
  const strange = [...calls.keys()].filter((other) => other.key !== caller.knows && isForeign(bench, caller, other));
  const foreign = chance.pick([...calls].filter(([other]) => other !== place && strange.includes(other)));
  if (!foreign) return;
  const slots = slotsBetween(call, foreign[1]);
  const first = chance.pick(slots);
  if (!first) return;
  const chosen = slots.filter((slot) => slot === first || chance.happens(0.3));
  const put = (idOf: (id: string) => string) =>
    chosen.reduce((mixed, { slot, foreign: id }) => withSlot(mixed, slot, idOf(id)), call);
  const { headers } = caller;
  const answer = await ask(bench.world, { name: one.name, call: put((id) => id), headers });
  const never = await ask(bench.world, { name: one.name, call: put(neverLike), headers });
  bench.cells += 2;
  const where = `${one.name} by ${caller.name} with ${chosen.map(({ slot }) => slot.join('.'))} of ${foreign[0].key}`;
  const difference = differenceOf(answer, never);
  if (difference) bench.violations.push(`${where} is told apart from what never was: ${difference}`);
  const changes = endpointOf(one.name).changes || endpointOf(one.name).conditional;
  if (changes && answer.code === undefined) bench.violations.push(`${where} was carried out`);
}
