import { ask, endpointOf } from './ask.ts';
import type { Call } from './calls/call.ts';
import { isRecord } from './calls/never-call.ts';
import { expectedOf } from './judge.ts';
import type { Bench, Case } from './matrix.ts';
import { differenceOf } from './matrix.ts';
import { changedTables, digestOf } from './record-state.ts';
import { standingOf } from './standing.ts';
import type { Caller } from './world/caller.ts';
import { isIdText, neverLike } from './world/never.ts';
import type { Place } from './world/place.ts';
import type { World } from './world/world.ts';

/** A place in a call where an id stands: its part, and the way to it. */
export type Slot = readonly (string | number)[];

/** Where two calls about two places name two things. */
export function slotsBetween(one: Call, other: Call): { readonly slot: Slot; readonly foreign: string }[] {
  return differing({ ...one }, { ...other }, []);
}

function differing(one: unknown, other: unknown, at: Slot): { slot: Slot; foreign: string }[] {
  if (isIdText(one) && isIdText(other)) return one === other ? [] : [{ slot: at, foreign: other }];
  if (!isRecord(one) || !isRecord(other)) return [];
  return Object.keys(one).flatMap((name) => differing(one[name], other[name], [...at, name]));
}

/** The call with something else in that place. */
export function withSlot(call: Call, slot: Slot, value: string): Call {
  return put(call, slot, value) as Call;
}

function put(part: unknown, [name, ...rest]: Slot, value: string): unknown {
  if (name === undefined) return value;
  return isRecord(part) ? { ...part, [name]: put(part[name], rest, value) } : part;
}

/**
 * Whoever may do it at home does it with one thing of a foreign place among its own: the answer is what it is for a thing that
 * never was, and nothing changes.
 */
export async function runMixed(bench: Bench, one: Case, foreign: Place): Promise<void> {
  const { world } = bench;
  world.app.clock.forward({ seconds: 3601 });
  const strangers = mayAtHome(world, one).filter((caller) => isForeign(world, caller, foreign));
  if (strangers.length === 0) return;
  const own = await one.make(world, world.home);
  const slots = slotsBetween(own, await one.make(world, foreign));
  const before = await digestOf(world);
  for (const caller of strangers) {
    for (const { slot, foreign: id } of slots) await compare(bench, one, { own, slot, id, caller });
  }
  const changed = changedTables(before, await digestOf(world));
  if (changed.length > 0) bench.violations.push(`${one.name} with things of ${foreign.key} changed ${changed}`);
}

const ASKING = 3;

/** One of each kind of those who may. */
function mayAtHome(world: World, { expectation }: Case): Caller[] {
  const allowed = world.callers.filter(
    (caller) => expectedOf(world, { expectation, caller, place: world.home }) === 'done',
  );
  const involved = allowed.filter(({ roles, partnerId }) => roles?.home || partnerId);
  return involved.slice(0, ASKING);
}

const isForeign = (world: World, caller: Caller, place: Place): boolean =>
  (['team', 'customer'] as const).every((about) =>
    ['none', 'otherAgent'].includes(standingOf(world, caller, { about, place })),
  );

interface Mix {
  readonly own: Call;
  readonly slot: Slot;
  readonly id: string;
  readonly caller: Caller;
}

async function compare(bench: Bench, { name }: Case, { own, slot, id, caller }: Mix): Promise<void> {
  const { headers } = caller;
  const got = await ask(bench.world, { name, call: withSlot(own, slot, id), headers });
  const never = await ask(bench.world, { name, call: withSlot(own, slot, neverLike(id)), headers });
  bench.cells += 2;
  const where = `${name} by ${caller.name} with another's ${slot.join('.')}`;
  const difference = differenceOf(got, never);
  if (difference) bench.violations.push(`${where} is told apart from what never was: ${difference}`);
  const changes = endpointOf(name).changes || endpointOf(name).conditional;
  if (changes && got.code === undefined) bench.violations.push(`${where} was carried out`);
}
