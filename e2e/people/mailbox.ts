import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Opens the newest mail to an address whose subject matches; it may still be on its way. */
export async function openMail(page: Page, to: string, subject: RegExp): Promise<void> {
  await page.goto(`/mailbox?to=${encodeURIComponent(to)}`);
  await page.getByRole('navigation', { name: 'Mails' }).getByRole('link', { name: subject }).first().click();
  await expect(page.getByRole('article', { name: 'Mail' }).getByRole('heading', { name: subject })).toBeVisible();
}

/** Follows the link of the mail that is open, as whoever got it would. */
export async function followLink(page: Page, name: RegExp): Promise<void> {
  await page.frameLocator('iframe[title="Content of the mail"]').getByRole('link', { name }).click();
  await page.waitForURL(/\/l\//);
}
