import { expect } from '@playwright/test';
import { test } from './harness/journey.ts';
import { signInAs } from './people/sign-in.ts';
import { figure, give, takeBack, tick } from './people/team.ts';

test('two people hand out licences at once', async ({ newPerson, look }) => {
  const anna = await newPerson();
  const soeren = await newPerson();
  for (const [page, name] of [
    [anna, 'Anna-Lena Böhm'],
    [soeren, 'Sören Müller'],
  ] as const) {
    await signInAs(page, name);
    await page.getByRole('link', { name: 'Büro Süd' }).click();
    await expect(figure(page, 'Free')).toHaveText('3');
  }

  await test.step('Each sees what the other does, without reloading', async () => {
    await give(anna, 'Lukas Schäfer');
    await expect(tick(soeren, 'Lukas Schäfer')).toBeChecked();
    await expect(figure(soeren, 'Free')).toHaveText('2');
    await give(soeren, 'Sabine Lüdenscheidt');
    await expect(tick(anna, 'Sabine Lüdenscheidt')).toBeChecked();
    await takeBack(soeren, 'Lukas Schäfer');
    await expect(tick(anna, 'Lukas Schäfer')).not.toBeChecked();
    await look(soeren, 'seen-by-the-other');
  });

  await test.step('The last licence goes to whoever comes first; the other is told and can move one', async () => {
    await give(soeren, 'Lukas Schäfer');
    await give(soeren, 'Maximilian Köhler');
    await expect(figure(anna, 'Free')).toHaveText('0');
    await tick(anna, 'Björn Fuchs').click();
    const row = anna.getByRole('row', { name: /Björn Fuchs/ });
    await expect(row).toContainText('No licence is free.');
    await expect(tick(anna, 'Björn Fuchs')).not.toBeChecked();
    await look(anna, 'no-licence-free');
  });

  await test.step('Several people at once, by selection', async () => {
    for (const name of ['Sabine Lüdenscheidt', 'Maximilian Köhler']) {
      await anna.getByRole('checkbox', { name: `Select ${name}` }).check();
    }
    await look(anna, 'selected');
    await anna.getByRole('button', { name: 'Take back Allplan Share' }).click();
    await expect(figure(soeren, 'Free')).toHaveText('2');
    await anna.getByRole('button', { name: 'Undo' }).last().click();
    await expect(figure(soeren, 'Free')).toHaveText('0');
  });
});
