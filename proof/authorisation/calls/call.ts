import type { Place } from '../world/place.ts';
import type { World } from '../world/world.ts';

/** One request, right in every part, so that nothing but who asks can be wrong with it. */
export interface Call {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** A body that is no JSON. */
  readonly text?: string;
  readonly ifMatch?: number;
  /** Headers that follow from the caller's own, such as a proof of its device's key. */
  readonly sign?: (headers: Readonly<Record<string, string>>) => Promise<Record<string, string>>;
}

/** Makes a call about a place, with a new subject where carrying it out uses the subject up. */
export type MakeCall = (world: World, place: Place) => Call | Promise<Call>;
