import { stateTones } from '../../components/state-tone.ts';

type Search = Record<string, unknown>;
export type NoticeState = keyof typeof stateTones.notice;

/** Orders that wait for a decision unless told. */
export interface OrderSearch {
  show?: 'failed' | 'all';
}

export const orderSearchOf = ({ show }: Search): OrderSearch => (show === 'failed' || show === 'all' ? { show } : {});

export interface NoticeSearch {
  state?: NoticeState;
}

export const noticeSearchOf = ({ state }: Search): NoticeSearch =>
  typeof state === 'string' && Object.hasOwn(stateTones.notice, state)
    ? // It was found among the states just here.
      { state: state as NoticeState }
    : {};

/** Requests that wait unless told. */
export interface RequestSearch {
  show?: 'all';
}

export const requestSearchOf = ({ show }: Search): RequestSearch => (show === 'all' ? { show } : {});

export interface CustomerSearch {
  search?: string;
}

export const customerSearchOf = ({ search }: Search): CustomerSearch =>
  // The router reads a number out of the address where a customer number stands.
  (typeof search === 'string' || typeof search === 'number') && search !== '' ? { search: String(search) } : {};
