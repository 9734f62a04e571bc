import { calls } from './calls/calls.ts';
import { runLinkCase } from './link-matrix.ts';
import type { Bench, Case } from './matrix.ts';
import { runCase } from './matrix.ts';
import { runMixed } from './mixed.ts';
import type { Expectation } from './table/expectation.ts';
import type { CaseName } from './table/expectations.ts';
import { expectations } from './table/expectations.ts';
import type { Place } from './world/place.ts';
import type { World } from './world/world.ts';

/** Every line of the table with the call that it is about. */
export function allCases(): Case[] {
  // Object.entries types the names as plain strings.
  const lines = Object.entries(expectations) as [CaseName, Expectation][];
  return lines.map(([name, expectation]) => {
    const make = calls[name];
    if (!make) throw new Error(`nobody knows how to ask for ${name}`);
    return { name, expectation, make };
  });
}

/** Where a case is asked about: each team, each customer's team, or once. In short at home and where all are strangers. */
export function placesOf({ places, home, everybody }: World, { expectation: { about } }: Case): readonly Place[] {
  if (about !== 'team' && about !== 'customer') return [home];
  const asked = places.filter(({ key }) => everybody || key === 'home' || key === 'rival');
  return about === 'team' ? asked : asked.filter(({ office }) => office);
}

/** Runs these cases whole: every caller at every place, every foreign thing in every slot, every link in every state. */
export async function runMatrix(bench: Bench, cases: readonly Case[]): Promise<void> {
  for (const one of cases) {
    if (one.expectation.about === 'link') {
      await runLinkCase(bench, one);
      continue;
    }
    for (const place of placesOf(bench.world, one)) await runCase(bench, one, place);
    for (const place of foreignPlaces(bench.world, one)) await runMixed(bench, one, place);
  }
}

/** What sells and buys has no thing of its own in a team without customer. */
function foreignPlaces({ places, everybody }: World, { expectation, name }: Case): readonly Place[] {
  const sells = expectation.about === 'customer' || expectation.about === 'anything' || name.includes('Customer');
  const foreign = places.filter(({ key }) => (everybody ? key !== 'home' : key === 'sibling' || key === 'rival'));
  return foreign.filter(({ office }) => !sells || office);
}
