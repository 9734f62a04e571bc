import { useFormat } from '../text/use-format.ts';

/** An amount as the contract carries it: an integer in the currency's minor unit. */
export function Money({ amountMinor, currency }: { amountMinor: number; currency: string }) {
  const format = useFormat();
  return <span>{format.money(amountMinor, currency)}</span>;
}
