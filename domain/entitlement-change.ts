import type { CalendarDate } from './calendar-date.ts';
import type { GrantedReason, RefusedReason } from './entitlement.ts';

/** What an application was told of one product in one team, as far as a change of it is noticed. */
export type ToldEntitlement = {
  readonly decision: boolean;
  readonly reason: GrantedReason | RefusedReason;
  readonly until: CalendarDate | null;
};

/**
 * How a change is called: `given` unlocks, `taken` locks, `ending` begins the grace after a term, `renewed` moves its
 * end. What is none of these is `changed`, also the end of a term, which nobody took.
 */
export type EntitlementChange = 'given' | 'taken' | 'ending' | 'renewed' | 'changed';

const changeOfDecision = ({ decision, reason }: ToldEntitlement): EntitlementChange => {
  if (decision) return 'given';
  return reason === 'suspended' || reason === 'ended' ? 'changed' : 'taken';
};

/** Names the change from one answer to the next; undefined where they say the same. */
export const entitlementChange = (before: ToldEntitlement, after: ToldEntitlement): EntitlementChange | undefined => {
  if (before.decision !== after.decision) return changeOfDecision(after);
  if (before.reason === 'held' && after.reason === 'grace') return 'ending';
  if (before.until !== null && after.until !== null && before.until < after.until) return 'renewed';
  return before.reason === after.reason && before.until === after.until ? undefined : 'changed';
};
