import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The number under a word in the panel of the team's licences. */
export function figure(page: Page, label: 'In total' | 'Held' | 'Reserved' | 'Free'): Locator {
  const term = page.getByRole('region', { name: 'Licences' }).getByText(label, { exact: true });
  return term.locator('xpath=following-sibling::dd[1]');
}

/** The tick where a person and Allplan Share meet, whatever state it is in. */
export function tick(page: Page, name: string): Locator {
  return page.getByRole('checkbox', { name: `Allplan Share for ${name}` });
}

/** Gives a licence with a click, and waits until the server has said yes. */
export async function give(page: Page, name: string): Promise<void> {
  await tick(page, name).click();
  await expect(tick(page, name)).toBeChecked();
  await settledTicks(page);
}

/** Takes a licence back with a click, and waits until the server has said yes. */
export async function takeBack(page: Page, name: string): Promise<void> {
  await tick(page, name).click();
  await expect(tick(page, name)).not.toBeChecked();
  await settledTicks(page);
}

/** No tick is on its way any more. */
export async function settledTicks(page: Page): Promise<void> {
  await expect(page.getByRole('grid').locator('[aria-busy="true"]')).toHaveCount(0);
}

/** Notes from now on each state that a person's tick shows, as soon as it shows it; what it answers tells them in order. */
export async function watchTick(page: Page, name: string): Promise<() => Promise<string[]>> {
  const cell = page.getByRole('gridcell').filter({ has: tick(page, name) });
  const shown = await cell.evaluateHandle((element) => {
    const states: string[] = [];
    const look = () => states.push(element.getAttribute('data-status') ?? '');
    new MutationObserver(look).observe(element, { attributeFilter: ['data-status'] });
    return states;
  });
  return () => shown.evaluate((states) => [...states]);
}
