import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './harness/journey.ts';
import { isRefusedByPolicy } from './harness/policy.ts';
import { signInAs } from './people/sign-in.ts';

/** Pages that an address alone leads to. The journeys meet the others, and fail in the same way. */
const pages = {
  nobody: ['/sign-in', '/sign-up', '/forgot', '/l/link_01h455vb4pex5vsknk084sn02q', '/nowhere'],
  'Eva Lang': ['/', '/profile', '/teams', '/desk', '/desk/orders', '/device?code=BDWP-HQPK', '/why'],
  'Otto Brandt': [
    '/office',
    '/office/customers',
    '/office/catalogue',
    '/office/notices',
    '/office/requests',
    '/record',
  ],
  'Anna-Lena Böhm': ['/teams', '/device'],
};

test('pages within their policy', async ({ newPerson, look }) => {
  for (const [person, addresses] of Object.entries(pages)) {
    await test.step(`Nothing is refused on the pages of ${person}`, async () => {
      const page = await newPerson();
      if (person !== 'nobody') await signInAs(page, person);
      for (const address of addresses) await visit(page, address);
    });
  }

  await test.step('A mail is shown in its colours', async () => {
    const page = await newPerson();
    await page.goto('/mailbox');
    await page.getByRole('navigation', { name: 'Mails' }).getByRole('link').first().click();
    const button = page.frameLocator('iframe').locator('a').first();
    expect(await button.evaluate((element) => getComputedStyle(element).paddingLeft)).toBe('22px');
    await look(page, 'mail');
  });

  await test.step('The description of the API is a page like the others', async () => {
    const page = await newPerson();
    await page.goto('/docs');
    await expect(page.getByText('/v1/teams', { exact: true }).first()).toBeVisible();
  });

  await test.step('What a page may not do is noticed', async () => {
    const page = await newPerson({ mayBreakPolicy: true });
    await page.goto('/sign-in');
    const refused = page.waitForEvent('console', isRefusedByPolicy);
    await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
    await refused;
  });
});

async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.locator('main, [role="alert"]').first()).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}
