import { clockJump } from './clock-jump.ts';
import { fillDisk } from './disk-full.ts';
import { exhaustedPool } from './exhausted-pool.ts';
import { poison } from './poison.ts';
import { poisonedOrder } from './poisoned-order.ts';
import { slowDatabase } from './slow-database.ts';
import type { Scene, Trouble, TroubleOutcome } from './trouble.ts';

const all: readonly Trouble[] = [slowDatabase, exhaustedPool, poison, poisonedOrder, clockJump];
/** A run that is shorter makes one trouble, by its seed. */
const ALL_FROM_SECONDS = 60;

/** Makes troubles one after the other: every one in a long run, and a disk that fills up besides. */
export async function makeTroubles(
  scene: Scene,
  { seconds, say }: { seconds: number; say: (line: string) => void },
): Promise<TroubleOutcome> {
  const chance = scene.chance.branch('troubles');
  const isLong = seconds >= ALL_FROM_SECONDS;
  const one = chance.pick(all);
  const chosen = isLong ? all : all.filter((trouble) => trouble === one);
  const violations: string[] = [];
  const figures: Record<string, number | string> = {};
  const note = (name: string, outcome: TroubleOutcome) => {
    violations.push(...outcome.violations);
    for (const [key, value] of Object.entries(outcome.figures)) figures[`${name}.${key}`] = value;
  };
  for (const trouble of chosen) {
    say(`trouble: ${trouble.name}`);
    note(trouble.name, await trouble.run(scene));
  }
  if (isLong) {
    say('trouble: disk full');
    note('diskFull', await fillDisk(chance.branch('disk')));
  }
  return { violations, figures };
}
