import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './harness/journey.ts';
import { signInAs } from './people/sign-in.ts';
import { settledTicks, tick, watchTick } from './people/team.ts';

const mostTabs = 40;

test('licences by keyboard alone', async ({ newPerson, look }) => {
  const anna = await newPerson();
  const { keyboard } = anna;
  await signInAs(anna, 'Anna-Lena Böhm');
  await anna.getByRole('link', { name: 'Büro Süd' }).focus();
  await keyboard.press('Enter');
  await expect(anna.getByRole('heading', { level: 1, name: 'Büro Süd' })).toBeVisible();

  await test.step('Tab comes to the search, a name and the arrow to the person', async () => {
    await tabTo(anna, 'Search by name or e-mail address');
    await keyboard.type('lukas');
    await keyboard.press('ArrowDown');
    await expect(tick(anna, 'Lukas Schäfer')).toBeFocused();
  });

  await test.step('Space gives, Ctrl+Z takes back', async () => {
    const shown = await watchTick(anna, 'Lukas Schäfer');
    await keyboard.press('Space');
    await expect(anna.getByRole('button', { name: 'Undo' })).toBeVisible();
    await expect(tick(anna, 'Lukas Schäfer')).toBeChecked();
    await keyboard.press('Control+z');
    await expect(tick(anna, 'Lukas Schäfer')).not.toBeChecked();
    await settledTicks(anna);
    expect(await shown(), 'a tick never falls back to what it was').toEqual(['held', 'none']);
    await keyboard.press('Space');
    await expect(tick(anna, 'Lukas Schäfer')).toBeChecked();
    await settledTicks(anna);
    await look(anna, 'by-keyboard');
  });

  await test.step('M moves to somebody else', async () => {
    await keyboard.press('m');
    await expect(anna.getByRole('dialog').getByLabel('Move it to')).toBeFocused();
    await keyboard.type('sabine');
    await keyboard.press('Enter');
    await expect(tick(anna, 'Lukas Schäfer')).not.toBeChecked();
    await keyboard.press('/');
    await keyboard.press('Escape');
    await expect(tick(anna, 'Sabine Lüdenscheidt')).toBeChecked();
  });

  await test.step('The question mark shows the keys', async () => {
    await keyboard.press('ArrowDown');
    await keyboard.press('?');
    await expect(anna.getByRole('dialog', { name: 'Keys of the table' })).toBeVisible();
    await look(anna, 'keys');
    await keyboard.press('Escape');
    await expect(anna.getByRole('dialog')).toBeHidden();
  });
});

/** Goes on with the Tab key until the control of that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const target = page.getByLabel(name).first();
  for (let tabs = 0; tabs < mostTabs; tabs += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target).toBeFocused();
}
