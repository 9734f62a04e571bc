import { expect } from '@playwright/test';
import { test } from './harness/journey.ts';
import { signInAs } from './people/sign-in.ts';

test('signing in', async ({ newPerson, look }) => {
  const page = await newPerson();
  await page.goto('/desk');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await look(page, 'sign-in');

  await page.getByLabel('E-mail address').fill('eva.lang@bim-partner-sachsen.example');
  await page.getByLabel('Password', { exact: true }).fill('a wrong password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await look(page, 'wrong-password');

  await signInAs(page, 'Eva Lang');
  await expect(page).toHaveURL(/\/desk$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Partner’s desk' })).toBeVisible();
});
