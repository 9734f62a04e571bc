import type { Watch } from '../../admission/watch.ts';
import type { Chance } from '../../chance.ts';
import type { Ledger } from '../ledger.ts';
import type { Stage } from '../stage.ts';
import type { Town } from '../town.ts';

/** What a trouble is made in: a deployment that works, with its load standing still. */
export interface Scene {
  readonly stage: Stage;
  readonly town: Town;
  readonly ledger: Ledger;
  readonly chance: Chance;
  readonly watch: Watch;
}

/** What came of a trouble. */
export interface TroubleOutcome {
  readonly violations: readonly string[];
  readonly figures: Readonly<Record<string, number | string>>;
}

/** Something that goes wrong for a while, apart from the kills: it is made, looked at and mended. */
export interface Trouble {
  readonly name: string;
  run(scene: Scene): Promise<TroubleOutcome>;
}

/** One more answer, however it came. */
export interface Reply {
  readonly status: number;
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;
  readonly milliseconds: number;
}
