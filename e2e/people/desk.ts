import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** A part of the sale on the partner's desk. */
export function step(page: Page, name: 'Customer' | 'Proposal' | 'Offer' | 'Team' | 'Order'): Locator {
  return page.getByRole('region', { name: new RegExp(`^${name}`) });
}

/** Begins a sale with a customer that the vendor knows. */
export async function takeCall(page: Page, customerNumber: string): Promise<void> {
  await page.goto('/desk');
  await page.getByRole('combobox', { name: 'Customer number or name' }).fill(customerNumber);
  await page
    .getByRole('option', { name: new RegExp(customerNumber) })
    .first()
    .click();
  await expect(step(page, 'Customer')).toContainText(`Customer number ${customerNumber}`);
}

/** Offers a number of each product named, and records that the contact accepted on the phone. */
export async function sellOnThePhone(page: Page, quantities: Readonly<Record<string, number>>): Promise<void> {
  for (const [product, quantity] of Object.entries(quantities)) {
    await page.getByLabel(`Quantity of ${product}`).fill(String(quantity));
  }
  await page.getByRole('button', { name: 'Make the offer' }).click();
  await page.getByRole('button', { name: 'Accepted on the phone' }).click();
  await expect(step(page, 'Offer')).toContainText('Accepted on the phone by');
}

/** Places the order for one of the customer's teams, a new one, or one that the office will name later. */
export async function orderFor(page: Page, team: string): Promise<void> {
  await page.getByRole('radio', { name: team }).check();
  await page.getByRole('button', { name: /^(Use this team|Make the team|Go on)$/ }).click();
  await page.getByRole('button', { name: 'Place the order' }).click();
}
