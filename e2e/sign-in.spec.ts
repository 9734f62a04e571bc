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

test('a password that somebody may have seen', async ({ newPerson, look }) => {
  const here = await newPerson();
  await signInAs(here, 'Lukas Schäfer');
  const elsewhere = await newPerson();
  await signInAs(elsewhere, 'Lukas Schäfer');

  await here.goto('/profile');
  const places = here.getByRole('region', { name: 'Where you are signed in' });
  await expect(places.getByRole('listitem')).toHaveCount(2);
  await look(here, 'profile');

  const password = here.getByRole('region', { name: 'Password' });
  await password.getByLabel('Your password now').fill('a wrong password');
  await password.getByLabel('New password').fill('four unrelated words');
  await password.getByRole('button', { name: 'Change the password' }).click();
  await expect(password.getByRole('alert')).toContainText('That is not your password.');
  await password.getByLabel('Your password now').fill('namesake-demo');
  await password.getByRole('button', { name: 'Change the password' }).click();
  await expect(here.getByText('Your password is changed.')).toBeVisible();
  await expect(places.getByRole('listitem')).toHaveCount(1);

  await elsewhere.goto('/teams');
  await expect(elsewhere.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await elsewhere.getByLabel('E-mail address').fill('lukas.schaefer@buero-sued.example');
  await elsewhere.getByLabel('Password', { exact: true }).fill('four unrelated words');
  await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(elsewhere).toHaveURL(/\/teams$/);

  await here.reload();
  await places.getByRole('button', { name: /^End: / }).click();
  const dialogue = here.getByRole('dialog');
  await dialogue.getByLabel('Your password now').fill('four unrelated words');
  // By this a password manager knows whose password it is.
  await expect(dialogue.locator('input[autocomplete="username"]')).toHaveValue('lukas.schaefer@buero-sued.example');
  await look(here, 'end-sign-in');
  await dialogue.getByRole('button', { name: 'End', exact: true }).click();
  await expect(places.getByRole('listitem')).toHaveCount(1);
  await elsewhere.goto('/teams');
  await expect(elsewhere.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});
