import type { ResponseOf } from '../../../contract/endpoint.ts';
import type { Endpoints } from '../../../contract/endpoints.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { Decision } from '../../../domain/decision.ts';
import type { ProductId } from '../../../domain/id.ts';
import { isCurrency } from '../../../domain/money.ts';
import type { OfferDraft, OfferDraftRefusal, OfferLineRequest, OfferTerms } from '../../../domain/offer.ts';
import { decideOfferDraft } from '../../../domain/offer.ts';

export type PriceList = ResponseOf<Endpoints['getPriceList']>;

/** One product in the form of an offer; nothing typed is 0. */
export interface DraftLine {
  productId: ProductId;
  quantity: number | '';
  discountPercent: number | '';
}

/** What the form of an offer holds while it is written. */
export interface DraftValues {
  termMonths: number;
  lines: DraftLine[];
  validUntil: string;
  message: string;
}

/** Prices what is written so far by the very rule that the server prices it by. */
export function priceDraft(
  values: DraftValues,
  priceList: PriceList,
  today: CalendarDate,
): Decision<OfferDraft, OfferDraftRefusal> {
  const { currency } = priceList;
  if (!isCurrency(currency)) throw new Error(`The price list has the unknown currency ${currency}.`);
  // The date field gives this form or nothing, and nothing counts as past.
  const validUntil = values.validUntil as CalendarDate;
  return decideOfferDraft(
    { currency, validUntil, lines: linesOf(values) },
    { ...termsOf(priceList), discountLimitBasisPoints: priceList.discountLimitBasisPoints, today },
  );
}

/** The lines that are asked for: products without a number are left out. */
export function linesOf({ termMonths, lines }: Pick<DraftValues, 'termMonths' | 'lines'>): OfferLineRequest[] {
  return lines.flatMap(({ productId, quantity, discountPercent }) =>
    Number(quantity) > 0
      ? [{ productId, termMonths, quantity: Number(quantity), discountBasisPoints: basisPointsOf(discountPercent) }]
      : [],
  );
}

function basisPointsOf(percent: number | ''): number {
  return Math.round(Number(percent) * 100);
}

function termsOf({ products, prices }: PriceList): Pick<OfferTerms, 'products' | 'priceList'> {
  return {
    products: products.map(({ id, kind, ...policy }) => ({ id, kind, policy })),
    priceList: prices.flatMap(({ currency, ...price }) => (isCurrency(currency) ? [{ ...price, currency }] : [])),
  };
}

/** The terms that anything on the list is sold for, shortest first. */
export function termsOnOffer({ prices, currency }: PriceList): number[] {
  const months = prices.filter((price) => price.currency === currency).map((price) => price.termMonths);
  return [...new Set(months)].sort((one, other) => one - other);
}

/** The price of one unit for a term, in the minor unit; undefined where it is not sold so. */
export function unitPriceOf(priceList: PriceList, productId: ProductId, termMonths: number): number | undefined {
  return priceList.prices.find(
    (price) =>
      price.productId === productId && price.termMonths === termMonths && price.currency === priceList.currency,
  )?.unitPriceMinor;
}

/** A new offer: so many as the system proposes, for the shortest term. */
export function newDraft(
  priceList: PriceList,
  proposals: readonly { productId: ProductId; proposed: number }[],
  validUntil: string,
): DraftValues {
  const lines = priceList.products.map(({ id }): DraftLine => {
    const proposed = proposals.find(({ productId }) => productId === id)?.proposed ?? 0;
    return { productId: id, quantity: proposed || '', discountPercent: '' };
  });
  return { termMonths: termsOnOffer(priceList)[0] ?? 0, lines: inOrder(lines, priceList), validUntil, message: '' };
}

/** What an offer is made of, ready to be written on. */
export function draftFrom(
  offer: { lines: readonly WrittenLine[]; validUntil: string; message: string | null },
  priceList: PriceList,
): DraftValues {
  const lines = priceList.products.map(({ id }): DraftLine => {
    const line = offer.lines.find(({ productId }) => productId === id);
    return {
      productId: id,
      quantity: line?.quantity ?? '',
      discountPercent: line?.discountBasisPoints ? line.discountBasisPoints / 100 : '',
    };
  });
  const termMonths = offer.lines[0]?.termMonths ?? termsOnOffer(priceList)[0] ?? 0;
  const { validUntil, message } = offer;
  return { termMonths, lines: inOrder(lines, priceList), validUntil, message: message ?? '' };
}

type WrittenLine = Pick<OfferLineRequest, 'productId' | 'quantity' | 'termMonths' | 'discountBasisPoints'>;

/** What a number is proposed for comes first, then storage, then the rest. */
function inOrder(lines: DraftLine[], { products }: PriceList): DraftLine[] {
  const rank = ({ productId }: DraftLine): number => {
    const product = products.find(({ id }) => id === productId);
    if (product?.proposal === 'perCoreLicence') return 0;
    return product?.kind === 'storage' ? 1 : 2;
  };
  return lines.toSorted((one, other) => rank(one) - rank(other));
}
