import type { Page } from '@playwright/test';

/** Makes an account on the page of a link; the link has proven the mailbox. */
export async function makeAccount(page: Page, { name, submit }: { name: string; submit: string }): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill('four unrelated words');
  await page.getByRole('button', { name: submit }).click();
}
