import type { OfferPhase } from '../../../domain/offer.ts';

/** The parts of a sale in the order of the call. */
export const saleSteps = ['customer', 'proposal', 'offer', 'team', 'order'] as const;
export type SaleStep = (typeof saleSteps)[number];

export interface SaleFacts {
  readonly hasCustomer: boolean;
  readonly offerPhase: OfferPhase | undefined;
  readonly hasTeam: boolean;
  readonly hasOrder: boolean;
}

export type StepState = 'done' | 'current' | 'ahead';

/** The part of the sale that the call has reached; the proposal asks for nothing, so the call never stands there. */
export function currentStep({ hasCustomer, offerPhase, hasTeam, hasOrder }: SaleFacts): SaleStep {
  if (!hasCustomer) return 'customer';
  if (offerPhase !== 'accepted') return 'offer';
  return hasTeam || hasOrder ? 'order' : 'team';
}

/** How a part of the sale stands towards the one that the call has reached. */
export function stepState(step: SaleStep, current: SaleStep): StepState {
  const distance = saleSteps.indexOf(step) - saleSteps.indexOf(current);
  if (distance === 0) return 'current';
  return distance < 0 ? 'done' : 'ahead';
}
