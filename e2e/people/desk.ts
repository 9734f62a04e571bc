import type { Locator, Page } from '@playwright/test';

/** A part of the sale on the partner's desk. */
export function step(page: Page, name: 'Customer' | 'Proposal' | 'Offer' | 'Team' | 'Order'): Locator {
  return page.getByRole('region', { name: new RegExp(`^${name}`) });
}

/** A customer that the vendor doesn't know yet. */
export interface NewCustomer {
  readonly number: string;
  readonly name: string;
  readonly coreLicences: number;
  readonly contactName: string;
  readonly contactEmail: string;
}
