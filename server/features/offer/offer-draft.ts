import type { BodyOf } from '../../../contract/endpoint.ts';
import type { ErrorCode } from '../../../contract/error-code.ts';
import type { offerEndpoints } from '../../../contract/offer.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { addDays } from '../../../domain/calendar-date.ts';
import type { Refused } from '../../../domain/decision.ts';
import type { Currency } from '../../../domain/money.ts';
import type { OfferDraft, OfferDraftRefusal } from '../../../domain/offer.ts';
import { decideOfferDraft } from '../../../domain/offer.ts';
import type { Db } from '../../db/database.ts';
import { AppError, invalidField } from '../../platform/app-error.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayOf } from '../../platform/ground.ts';
import type { AgentPartner } from '../catalogue/catalogue.service.ts';
import { findPriceList, findProducts } from '../catalogue/catalogue.service.ts';

/** Nobody binds itself to a price for longer. */
const MAX_VALID_DAYS = 366;

export interface DraftWanted {
  readonly lines: BodyOf<typeof offerEndpoints.makeOffer>['lines'];
  readonly validUntil: CalendarDate;
  readonly currency: Currency;
  readonly partner: Pick<AgentPartner, 'discountLimitBasisPoints'>;
}

/** Prices an offer by the price list. @throws AppError for what the catalogue or the agent's limit does not allow. */
export async function priceOffer(ground: Ground, db: Db, wanted: DraftWanted): Promise<OfferDraft> {
  const { lines, currency, partner } = wanted;
  const today = todayOf(ground);
  requireValidUntil(wanted.validUntil, today);
  const products = (await findProducts(db)).filter(({ retired }) => !retired);
  const priced = decideOfferDraft(
    { currency, validUntil: wanted.validUntil, lines },
    {
      products,
      priceList: await findPriceList(db, currency),
      discountLimitBasisPoints: partner.discountLimitBasisPoints,
      today,
    },
  );
  if (!priced.ok) throw draftError(priced);
  return priced.value;
}

/** @throws AppError `invalidRequest` for a day that is over or too far away. */
export function requireValidUntil(validUntil: CalendarDate, today: CalendarDate): void {
  if (validUntil < today) throw invalidField('validUntil', 'is over');
  if (validUntil > addDays(today, MAX_VALID_DAYS)) throw invalidField('validUntil', 'is more than a year away');
}

const lineFields = {
  productUnknown: ['productUnknown', 'productId'],
  termNotOffered: ['priceMissing', 'termMonths'],
  priceUnknown: ['priceMissing', 'termMonths'],
  discountOverLimit: ['discountTooHigh', 'discountBasisPoints'],
  quantityOutOfRange: ['invalidRequest', 'quantity'],
} as const satisfies Partial<Record<OfferDraftRefusal, readonly [ErrorCode, string]>>;

function draftError({ reason, details }: Refused<OfferDraftRefusal>): AppError {
  if (reason === 'validUntilPast') return invalidField('validUntil', 'is over');
  if (reason === 'noLines' || reason === 'tooManyLines') return invalidField('lines', reason);
  const [code, field] = lineFields[reason];
  const limit = details.limit === undefined ? '' : `, the limit is ${details.limit}`;
  return new AppError(code, { fields: [{ path: `lines.${details.line}.${field}`, message: reason + limit }] });
}
