import type { CalendarDate } from './calendar-date.ts';
import type { Decision } from './decision.ts';
import { granted, refused } from './decision.ts';
import type { ProductId } from './id.ts';
import type { Currency, Money } from './money.ts';
import { discounted, money, multiply, sum } from './money.ts';
import type { Product } from './product.ts';
import { storageBytesOf } from './product.ts';

/** The states of an offer that are kept (TMF648). */
export const offerStates = ['inProgress', 'pending', 'accepted', 'rejected', 'cancelled'] as const;

export type OfferState = (typeof offerStates)[number];

/** What people see of an offer: its state, or `expired`, which follows from its date. */
export type OfferPhase = OfferState | 'expired';

/** What an offer's decisions depend on. */
export type OfferStanding = {
  readonly state: OfferState;
  /** Grows by one with each change, so that nobody accepts what they did not read. */
  readonly version: number;
  /** The last day, in the vendor's zone, on which it can be accepted. */
  readonly validUntil: CalendarDate;
};

/** One price of a partner's price list: of one unit over the whole term, before discount. */
export type PriceListEntry = {
  readonly productId: ProductId;
  readonly termMonths: number;
  readonly currency: Currency;
  readonly unitPriceMinor: number;
};

/** What the partner asks for in one line. */
export type OfferLineRequest = {
  readonly productId: ProductId;
  readonly quantity: number;
  readonly termMonths: number;
  readonly discountBasisPoints: number;
};

/** A priced line. */
export type OfferLine = OfferLineRequest & {
  readonly unitPrice: Money;
  /** Unit price times quantity, less the discount, rounded once (see `discounted`). */
  readonly price: Money;
  /** The storage that this line adds to the team. */
  readonly storageBytes: number;
};

/** What the partner asks for. */
export type OfferRequest = {
  readonly currency: Currency;
  readonly validUntil: CalendarDate;
  readonly lines: readonly OfferLineRequest[];
};

/** A priced offer. */
export type OfferDraft = {
  readonly currency: Currency;
  readonly validUntil: CalendarDate;
  readonly lines: readonly OfferLine[];
  readonly total: Money;
  readonly storageBytes: number;
};

/** What an offer is priced against. */
export type OfferTerms = {
  readonly products: readonly Product[];
  readonly priceList: readonly PriceListEntry[];
  readonly discountLimitBasisPoints: number;
  readonly today: CalendarDate;
};

/** The most lines of an offer, and the most units of a line. */
export const offerLimits = { lines: 20, quantity: 10_000 } as const;

export type OfferLineRefusal =
  | 'productUnknown'
  | 'termNotOffered'
  | 'priceUnknown'
  | 'quantityOutOfRange'
  | 'discountOverLimit';
export type OfferDraftRefusal = OfferLineRefusal | 'noLines' | 'tooManyLines' | 'validUntilPast';

/** The price of one unit, or undefined where the list has none for this term and currency. */
export const findUnitPrice = (
  priceList: readonly PriceListEntry[],
  wanted: Pick<PriceListEntry, 'productId' | 'termMonths' | 'currency'>,
): Money | undefined => {
  const entry = priceList.find(
    ({ productId, termMonths, currency }) =>
      productId === wanted.productId && termMonths === wanted.termMonths && currency === wanted.currency,
  );
  return entry && money(entry.unitPriceMinor, entry.currency);
};

const isQuantity = (quantity: number): boolean =>
  Number.isInteger(quantity) && quantity >= 1 && quantity <= offerLimits.quantity;

const isDiscount = (basisPoints: number, limit: number): boolean =>
  Number.isInteger(basisPoints) && basisPoints >= 0 && basisPoints <= limit;

const priceLine = (
  line: OfferLineRequest,
  currency: Currency,
  terms: OfferTerms,
): Decision<OfferLine, OfferLineRefusal> => {
  const product = terms.products.find(({ id }) => id === line.productId);
  if (product === undefined) return refused('productUnknown');
  if (!product.policy.termMonths.includes(line.termMonths)) return refused('termNotOffered');
  const unitPrice = findUnitPrice(terms.priceList, { ...line, currency });
  if (unitPrice === undefined) return refused('priceUnknown');
  if (!isQuantity(line.quantity)) return refused('quantityOutOfRange', { limit: offerLimits.quantity });
  const limit = terms.discountLimitBasisPoints;
  if (!isDiscount(line.discountBasisPoints, limit)) return refused('discountOverLimit', { limit });
  const price = discounted(multiply(unitPrice, line.quantity), line.discountBasisPoints);
  return granted({ ...line, unitPrice, price, storageBytes: storageBytesOf(product, line.quantity) });
};

/** Decides whether an offer can be made so, and prices it. A refusal of a line carries the line's index. */
export const decideOfferDraft = (request: OfferRequest, terms: OfferTerms): Decision<OfferDraft, OfferDraftRefusal> => {
  const { currency, validUntil } = request;
  if (request.lines.length === 0) return refused('noLines');
  if (request.lines.length > offerLimits.lines) return refused('tooManyLines', { limit: offerLimits.lines });
  if (validUntil < terms.today) return refused('validUntilPast');
  const lines: OfferLine[] = [];
  for (const [line, wanted] of request.lines.entries()) {
    const priced = priceLine(wanted, currency, terms);
    if (!priced.ok) return refused(priced.reason, { ...priced.details, line });
    lines.push(priced.value);
  }
  const total = sum(
    lines.map(({ price }) => price),
    currency,
  );
  const storageBytes = lines.reduce((bytes, line) => bytes + line.storageBytes, 0);
  return granted({ currency, validUntil, lines, total, storageBytes });
};

const isOpen = (state: OfferState): boolean => state === 'inProgress' || state === 'pending';

/** What people see of an offer on a day: an open one is `expired` from the day after `validUntil`. */
export const offerPhase = ({ state, validUntil }: Omit<OfferStanding, 'version'>, today: CalendarDate): OfferPhase =>
  isOpen(state) && today > validUntil ? 'expired' : state;

export type ClosedOffer = 'offerAlreadyAccepted' | 'offerRejected' | 'offerCancelled';

const closedReasons: Readonly<Record<Exclude<OfferState, 'inProgress' | 'pending'>, ClosedOffer>> = {
  accepted: 'offerAlreadyAccepted',
  rejected: 'offerRejected',
  cancelled: 'offerCancelled',
};

/** What the answering side read, and how it answers: a link answers only what was sent. */
export type OfferAnswer = {
  readonly version: number;
  readonly today: CalendarDate;
  readonly channel: 'phone' | 'link';
};

export type AnswerRefusal = ClosedOffer | 'offerExpired' | 'offerChanged' | 'offerNotSent';

/**
 * Why an offer can't be answered: what ended for good comes first, then what reading again shows.
 *
 * An offer that is being changed answers `offerChanged` to a reader of the old version, and
 * `offerNotSent` to whoever read it again by the link.
 */
const answerRefusal = (offer: OfferStanding, answer: OfferAnswer): AnswerRefusal | undefined => {
  if (offer.state !== 'inProgress' && offer.state !== 'pending') return closedReasons[offer.state];
  if (offerPhase(offer, answer.today) === 'expired') return 'offerExpired';
  if (answer.version !== offer.version) return 'offerChanged';
  return offer.state === 'inProgress' && answer.channel === 'link' ? 'offerNotSent' : undefined;
};

/** Decides whether an offer is accepted. On the phone, one that was never sent may be accepted as well. */
export const decideAccept = (
  offer: OfferStanding,
  answer: OfferAnswer,
): Decision<{ readonly state: 'accepted' }, AnswerRefusal> => {
  const reason = answerRefusal(offer, answer);
  return reason === undefined ? granted({ state: 'accepted' }) : refused(reason);
};

/** Decides whether an offer is declined; the same terms hold as for accepting it. */
export const decideReject = (
  offer: OfferStanding,
  answer: OfferAnswer,
): Decision<{ readonly state: 'rejected' }, AnswerRefusal> => {
  const reason = answerRefusal(offer, answer);
  return reason === undefined ? granted({ state: 'rejected' }) : refused(reason);
};

/** What the partner read, and the day. */
export type OfferReading = { readonly version: number; readonly today: CalendarDate };

export type SendRefusal = ClosedOffer | 'offerExpired' | 'offerChanged';

/** Decides whether an offer is sent, or sent again. */
export const decideSend = (
  offer: OfferStanding,
  reading: OfferReading,
): Decision<{ readonly state: 'pending' }, SendRefusal> => {
  if (offer.state !== 'inProgress' && offer.state !== 'pending') return refused(closedReasons[offer.state]);
  if (offerPhase(offer, reading.today) === 'expired') return refused('offerExpired');
  return reading.version === offer.version ? granted({ state: 'pending' }) : refused('offerChanged');
};

export type ChangeRefusal = ClosedOffer | 'offerChanged';

/**
 * Decides whether an offer is changed.
 *
 * One that was sent goes back to `inProgress` and must be sent again: nobody is shown what the
 * partner is still writing. An expired one may be changed too, to give it a new date.
 */
export const decideChange = (
  offer: OfferStanding,
  { version }: Pick<OfferReading, 'version'>,
): Decision<{ readonly state: 'inProgress'; readonly version: number }, ChangeRefusal> => {
  if (offer.state !== 'inProgress' && offer.state !== 'pending') return refused(closedReasons[offer.state]);
  if (version !== offer.version) return refused('offerChanged');
  return granted({ state: 'inProgress', version: offer.version + 1 });
};

/** Decides whether the partner withdraws an offer: while it is open, also when it has expired. */
export const decideCancel = ({
  state,
}: Pick<OfferStanding, 'state'>): Decision<{ readonly state: 'cancelled' }, ClosedOffer> =>
  state === 'inProgress' || state === 'pending' ? granted({ state: 'cancelled' }) : refused(closedReasons[state]);
