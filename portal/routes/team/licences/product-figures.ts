import type { Subscription } from '../../../../contract/licence.ts';
import { isUsable } from './holding.ts';

/** A product of which the team has named licences, summed up over its subscriptions. */
export interface ProductFigures {
  readonly productId: string;
  readonly name: string;
  /** Licences of subscriptions that work. */
  readonly total: number;
  readonly held: number;
  readonly reserved: number;
  readonly free: number;
  /** The subscriptions one by one, the one that ends first on top; ended ones are left out. */
  readonly terms: readonly Subscription[];
}

/** The team's products with named licences, by name: the columns of its table. */
export function productFigures(subscriptions: readonly Subscription[]): ProductFigures[] {
  const running = subscriptions.filter(({ kind, phase }) => kind === 'namedLicence' && phase !== 'terminated');
  const products = Map.groupBy(running, ({ productId }) => productId as string);
  return [...products].map(([productId, terms]) => sumUp(productId, terms)).sort(byName);
}

function sumUp(productId: string, subscriptions: readonly Subscription[]): ProductFigures {
  const terms = subscriptions.toSorted((one, other) => one.endsOn.localeCompare(other.endsOn));
  const working = terms.filter(isUsable);
  const sum = (figure: 'quantity' | 'held' | 'reserved' | 'free') =>
    working.reduce((total, subscription) => total + subscription[figure], 0);
  return {
    productId,
    name: terms[0]?.productName ?? '',
    total: sum('quantity'),
    held: sum('held'),
    reserved: sum('reserved'),
    free: sum('free'),
    terms,
  };
}

const byName = (one: ProductFigures, other: ProductFigures) => one.name.localeCompare(other.name);
