import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './harness/journey.ts';
import { signInAs } from './people/sign-in.ts';
import { follows } from './people/sketchpad.ts';
import { give, takeBack } from './people/team.ts';

const name = 'Lukas Schäfer';
const second = String.raw`\d\d:\d\d:\d\d`;
const pickedUp = new RegExp(`given ${second}, picked up ${second} on WS-114`);
const locked = new RegExp(`taken ${second}, locked ${second} on WS-114`);

test('why can’t I work?', async ({ newPerson, look, startSketchpad }) => {
  const anna = await newPerson();
  const lukas = await newPerson();
  await signInAs(anna, 'Anna-Lena Böhm');
  await signInAs(lukas, name);
  await anna.getByRole('link', { name: 'Büro Süd' }).click();
  const sketchpad = startSketchpad('WS-114');

  await test.step('Lukas gets a licence, and Anna sees where it was picked up', async () => {
    await give(anna, name);
    const [, address = ''] = await sketchpad.line(/^address: (.+)/);
    await lukas.goto(address);
    await lukas.getByRole('button', { name: `Let it work as ${name}` }).click();
    await sketchpad.line(/^state: unlocked/);
    await expect(rowOf(anna)).toContainText(pickedUp);
    await look(anna, 'picked-up');
  });

  await test.step('It is taken away: the application locks, and Anna sees that as well', async () => {
    await follows(sketchpad, /^state: locked \(noLicence\)/, () => takeBack(anna, name));
    await expect(rowOf(anna)).toContainText(locked);
  });

  await test.step('Lukas reads what to do', async () => {
    await lukas.getByRole('link', { name: 'It stays locked? See why' }).click();
    await expect(lukas.getByRole('heading', { name: 'Ask Anna-Lena Böhm for a licence' })).toBeVisible();
    await expect(lukas.getByRole('main')).toContainText('No licence of Allplan Share. The team has free ones.');
    await look(lukas, 'why');
  });

  await test.step('Anna reads the same about him, and gives it back', async () => {
    await anna.getByRole('button', { name: `More for ${name}` }).click();
    await anna.getByRole('menuitem', { name: `Why can’t ${name} work?` }).click();
    await expect(anna.getByRole('heading', { name: `Give ${name} a licence` })).toBeVisible();
    await look(anna, 'why-of-a-member');
    await anna.getByRole('link', { name: 'Open the team' }).click();
    await follows(sketchpad, /^state: unlocked/, () => give(anna, name));
    await expect(rowOf(anna)).toContainText(pickedUp);
  });

  await test.step('Lukas’s page has followed by itself', async () => {
    await expect(lukas.getByRole('heading', { name: 'You can work' })).toBeVisible();
    await expect(lukas.getByRole('main')).toContainText('The application on WS-114 has the licence');
    await look(lukas, 'why-in-order');
  });
});

function rowOf(page: Page) {
  return page.getByRole('row', { name: new RegExp(name) });
}
