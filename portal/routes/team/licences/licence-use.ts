import type { Receipt } from '../../../../contract/receipt.ts';
import type { Holdings } from './holding.ts';

/** What became of a person's newest licence: when it was given or taken, and when and where an application noticed. */
export interface LicenceUse {
  readonly kind: 'given' | 'taken';
  /** ISO 8601 in UTC, as all moments here. */
  readonly at: string;
  /** The pick-up of what was given, or the locking after what was taken; undefined while no application has told it. */
  readonly noticed: { readonly at: string; readonly place: string | null } | undefined;
  /** When any of the person's applications was last heard of in this team. */
  readonly lastContactAt: string | undefined;
}

/** A licence that was taken is told of for so long; then it is a thing of the record. */
const takenDays = 7;
const dayMillis = 86_400_000;

/** What there is to tell of each person, by member: the newest gift where there is a licence, else the newest taking. */
export function licenceUses(holdings: Holdings, receipts: readonly Receipt[], now: Date): Map<string, LicenceUse> {
  const uses = new Map<string, LicenceUse>();
  const tell = (memberId: string, use: LicenceUse) => {
    const before = uses.get(memberId);
    if (!before || rank(use) > rank(before)) uses.set(memberId, use);
  };
  for (const { licence, works } of holdings.values()) {
    if (!licence.memberId || licence.state !== 'held' || !licence.since || !works) continue;
    tell(licence.memberId, given(licence.since, receiptsOf(receipts, licence.memberId, licence.productId)));
  }
  for (const { memberId, productId, takenAt } of receipts) {
    if (!takenAt || now.getTime() - Date.parse(takenAt) > takenDays * dayMillis) continue;
    tell(memberId, taken(takenAt, receiptsOf(receipts, memberId, productId)));
  }
  return uses;
}

const rank = ({ kind, at }: LicenceUse): string => `${kind === 'given' ? 1 : 0} ${at}`;

function receiptsOf(receipts: readonly Receipt[], member: string, product: string): Receipt[] {
  return receipts.filter(({ memberId, productId }) => memberId === member && productId === product);
}

function given(at: string, receipts: readonly Receipt[]): LicenceUse {
  const noticed = receipts.find((receipt) => receipt.state === 'unlocked' && receipt.at >= at);
  return { kind: 'given', at, noticed, lastContactAt: newestContact(receipts) };
}

/** Once it is taken it is locked when no device is left that has it open: the last one to lock is told. */
function taken(at: string, receipts: readonly Receipt[]): LicenceUse {
  const isOpen = receipts.some(({ state }) => state === 'unlocked');
  const noticed = isOpen ? undefined : receipts.find((receipt) => receipt.state === 'locked' && receipt.at >= at);
  return { kind: 'taken', at, noticed, lastContactAt: newestContact(receipts) };
}

function newestContact(receipts: readonly Receipt[]): string | undefined {
  return receipts
    .map(({ lastContactAt }) => lastContactAt)
    .toSorted()
    .at(-1);
}
