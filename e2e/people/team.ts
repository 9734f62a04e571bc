import type { Locator, Page } from '@playwright/test';

/** The number under a word in the panel of the team's licences. */
export function figure(page: Page, label: 'In total' | 'Held' | 'Reserved' | 'Free'): Locator {
  const term = page.getByRole('region', { name: 'Licences' }).getByText(label, { exact: true });
  return term.locator('xpath=following-sibling::dd[1]');
}

/** The tick where a person and Allplan Share meet, whatever state it is in. */
export function tick(page: Page, name: string): Locator {
  return page.getByRole('checkbox', { name: `Allplan Share for ${name}` });
}
