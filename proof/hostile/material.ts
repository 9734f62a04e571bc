import type { Description } from './document.ts';
import type { Known } from './known.ts';
import type { World } from './world.ts';

/** What a call is made from. */
export interface Material {
  readonly description: Description;
  readonly world: World;
  readonly known: Known;
  readonly seed: number;
}
