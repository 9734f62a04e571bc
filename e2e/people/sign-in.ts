import type { Page } from '@playwright/test';

/** One click of the demo's sign-in page; where the person is sent then is the caller's to expect. */
export async function signInAs(page: Page, name: string): Promise<void> {
  if (page.url() === 'about:blank') await page.goto('/sign-in');
  await page.getByRole('button', { name }).click();
  await page.getByRole('button', { name: `Account menu of ${name}` }).waitFor();
}
