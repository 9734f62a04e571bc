import type { Licence, Subscription } from '../../../../contract/licence.ts';

/** What a person has of a product. */
export interface Holding {
  readonly licence: Licence;
  readonly subscription: Subscription;
  /** False for a licence of a subscription that is suspended: it has its holder and lets nobody work. */
  readonly works: boolean;
}

/** Everything that people of one team have, by person and product. */
export type Holdings = ReadonlyMap<string, Holding>;

export interface TeamLicences {
  readonly revision: number;
  readonly subscriptions: Subscription[];
  readonly licences: Licence[];
}

/** Names the cell of the table where a person and a product meet. */
export function cellKey(memberId: string, productId: string): string {
  return `${memberId} ${productId}`;
}

/** Arranges a team's licences by who has them; of two of one product the one that works is shown. */
export function holdingsOf({ subscriptions, licences }: Pick<TeamLicences, 'subscriptions' | 'licences'>): Holdings {
  const byId = new Map(subscriptions.map((subscription) => [subscription.id, subscription]));
  const holdings = new Map<string, Holding>();
  for (const licence of licences) {
    const subscription = byId.get(licence.subscriptionId);
    if (!licence.memberId || !subscription || subscription.phase === 'terminated') continue;
    const key = cellKey(licence.memberId, licence.productId);
    if (holdings.get(key)?.works) continue;
    holdings.set(key, { licence, subscription, works: isUsable(subscription) });
  }
  return holdings;
}

/** Whether licences of a subscription let people work. */
export function isUsable({ phase }: Pick<Subscription, 'phase'>): boolean {
  return phase === 'active' || phase === 'grace';
}

/** Puts one changed licence in the place of the one that was read before, with the figures of its subscription. */
export function withLicence(before: TeamLicences, changed: Licence, revision: number): TeamLicences {
  const licences = before.licences.map((licence) => (licence.id === changed.id ? changed : licence));
  const subscriptions = before.subscriptions.map((subscription) =>
    subscription.id === changed.subscriptionId ? recount(subscription, licences) : subscription,
  );
  return { revision: Math.max(before.revision, revision), subscriptions, licences };
}

/** Of two readings the one that knows more; an answer that was overtaken on its way must not take a tick back. */
export function newerOf(fresh: TeamLicences, kept: TeamLicences | undefined): TeamLicences {
  return kept && kept.revision > fresh.revision ? kept : fresh;
}

function recount(subscription: Subscription, licences: readonly Licence[]): Subscription {
  const count = (state: Licence['state']) =>
    licences.filter((licence) => licence.subscriptionId === subscription.id && licence.state === state).length;
  return { ...subscription, held: count('held'), reserved: count('reserved'), free: count('free') };
}
