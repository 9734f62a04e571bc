import { stateTones } from '../../components/state-tone.ts';

export type OfferPhase = keyof typeof stateTones.offer;
export type OrderState = keyof typeof stateTones.order;

/** What the list of offers and orders shows. */
export interface OrdersSearch {
  show?: 'orders';
  phase?: OfferPhase;
  state?: OrderState;
}

/** Takes from an address what the list knows and drops the rest. */
export function ordersSearchOf({ show, phase, state }: Record<string, unknown>): OrdersSearch {
  return {
    ...(show === 'orders' && { show }),
    ...(isKey(phase, stateTones.offer) && { phase }),
    ...(isKey(state, stateTones.order) && { state }),
  };
}

function isKey<Key extends string>(value: unknown, table: Record<Key, unknown>): value is Key {
  return typeof value === 'string' && Object.hasOwn(table, value);
}
