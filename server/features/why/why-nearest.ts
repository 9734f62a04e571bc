import type { Entitlement } from '../../../contract/entitlement.ts';
import type { TeamId } from '../../../domain/id.ts';

/** How near a "no" is to a "yes": what is missing last comes first. */
const reasonsByNearness: readonly string[] = [
  'held',
  'grace',
  'reserved',
  'suspended',
  'noLicence',
  'invited',
  'ended',
  'noSubscription',
];

/** Of an account's entitlements the one that somebody means who does not say which: the one that works, or comes nearest to it. */
export function nearest(items: readonly Entitlement[], teamId: TeamId | undefined): Entitlement | undefined {
  const rank = ({ reason }: Entitlement) => {
    const place = reasonsByNearness.indexOf(reason);
    return place < 0 ? reasonsByNearness.length : place;
  };
  return items
    .filter((item) => teamId === undefined || item.teamId === teamId)
    .toSorted((one, other) => rank(one) - rank(other))[0];
}
