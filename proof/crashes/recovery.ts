import type { Fault } from './faults.ts';

interface Acknowledged {
  readonly beganAt: number;
  readonly endedAt: number;
}

/** From each fault to the end of the first call that was begun after it and acknowledged. */
export function recoveriesOf(faults: readonly Fault[], acknowledged: readonly Acknowledged[]): number[] {
  const byEnd = acknowledged.toSorted((one, other) => one.endedAt - other.endedAt);
  return faults.flatMap(({ at }) => {
    const first = byEnd.find(({ beganAt, endedAt }) => endedAt > at && beganAt >= at);
    return first ? [first.endedAt - at] : [];
  });
}
