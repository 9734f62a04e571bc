import { expect } from '@playwright/test';
import { test } from './harness/journey.ts';
import { makeAccount } from './people/account.ts';
import { followLink, openMail } from './people/mailbox.ts';
import { signInAs } from './people/sign-in.ts';
import { settledTicks, tick } from './people/team.ts';

test('links that lead nowhere say what to do', async ({ newPerson, look }) => {
  const stranger = await newPerson();
  await test.step('A broken link', async () => {
    await stranger.goto('/l/link_01jz8m5d2rf7b9h0000000000x');
    await expect(stranger.getByRole('heading', { name: 'This link is not valid.' })).toBeVisible();
    await look(stranger, 'link-unknown');
  });

  const zoe = await newPerson();
  await test.step('A link that was used', async () => {
    await openMail(zoe, 'zoe.schaefer@buero-sued.example', /invites you to Büro Süd/);
    await followLink(zoe, /Join the team/);
    await expect(zoe.getByRole('main').getByText('A licence is kept for you: Allplan Share.')).toBeVisible();
    await makeAccount(zoe, { name: 'Zoë Schäfer', submit: 'Make the account and join the team' });
    await expect(zoe.getByRole('main').getByText('You have a licence for Allplan Share.')).toBeVisible();
    await openMail(zoe, 'zoe.schaefer@buero-sued.example', /invites you to Büro Süd/);
    await followLink(zoe, /Join the team/);
    await expect(zoe.getByRole('heading', { name: 'This link was used already.' })).toBeVisible();
    await look(zoe, 'link-used');
  });

  await test.step('A link that a newer mail has ended', async () => {
    const anna = await newPerson();
    await signInAs(anna, 'Anna-Lena Böhm');
    await anna.getByRole('link', { name: 'Büro Süd' }).click();
    await openMail(stranger, 'bjoern.fuchs@buero-sued.example', /invites you to Büro Süd/);
    await anna.getByRole('button', { name: 'More for Björn Fuchs' }).click();
    await anna.getByRole('menuitem', { name: 'Send the invitation again' }).click();
    await expect(
      anna.getByRole('alert').getByText('The invitation for Björn Fuchs is on its way again.'),
    ).toBeVisible();
    await followLink(stranger, /Join the team/);
    await expect(
      stranger.getByRole('heading', { name: 'This link was replaced by a newer one or withdrawn.' }),
    ).toBeVisible();
    await look(stranger, 'link-ended');
  });
});

test('the server goes away and comes back', async ({ newPerson, look, server }) => {
  const anna = await newPerson();
  await signInAs(anna, 'Anna-Lena Böhm');
  await anna.getByRole('link', { name: 'Büro Süd' }).click();
  await expect(tick(anna, 'Lukas Schäfer')).not.toBeChecked();

  await server.pause();
  await expect(anna.getByText('Reconnecting …')).toBeVisible();
  await tick(anna, 'Lukas Schäfer').click();
  const row = anna.getByRole('row', { name: /Lukas Schäfer/ });
  await expect(row).toContainText('Nothing is lost');
  await expect(tick(anna, 'Lukas Schäfer')).not.toBeChecked();
  await look(anna, 'offline');

  await server.resume();
  await expect(anna.getByText('Reconnecting …')).toBeHidden();
  await row.getByRole('button', { name: 'Try again' }).click();
  await expect(tick(anna, 'Lukas Schäfer')).toBeChecked();
  await settledTicks(anna);
  await anna.reload();
  await expect(tick(anna, 'Lukas Schäfer')).toBeChecked();
});
