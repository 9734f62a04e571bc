import { expect } from '@playwright/test';
import { test } from './harness/journey.ts';
import { CountedHand } from './people/counted-hand.ts';
import { step } from './people/desk.ts';
import { signInAs } from './people/sign-in.ts';

const mostInputs = 12;

test('accepted on the phone', async ({ newPerson, look }) => {
  const eva = await newPerson();
  await eva.goto('/desk');
  await signInAs(eva, 'Eva Lang');
  const loads: string[] = [];
  eva.on('domcontentloaded', ({ url }) => loads.push(url()));
  const hand = new CountedHand(eva);

  await hand.fill(eva.getByRole('combobox', { name: 'Customer number or name' }), '300815');
  await hand.enter(eva.getByRole('combobox', { name: 'Customer number or name' }));
  await hand.fill(eva.getByLabel('Name of the office'), 'Planwerk Ost GmbH');
  await hand.fill(eva.getByLabel('Core licences'), '4');
  await hand.fill(eva.getByLabel('Contact', { exact: true }), 'Karla Stein');
  await hand.fill(eva.getByLabel('Contact’s e-mail address'), 'karla.stein@planwerk.example');
  await hand.enter(eva.getByLabel('Contact’s e-mail address'));

  await hand.enter(eva.getByLabel('Quantity of Allplan Share'));
  await hand.enter(eva.getByLabel('Accepted on the phone by'));
  await expect(step(eva, 'Offer')).toContainText('Accepted on the phone by Karla Stein');
  await look(eva, 'desk-accepted-on-the-phone');
  await hand.enter(eva.getByLabel('Name of the team'));
  await hand.enter(eva.getByRole('button', { name: 'Place the order' }));

  await expect(step(eva, 'Order')).toContainText('are in the team Planwerk Ost GmbH');
  expect(hand.inputs, 'inputs from a new customer to the placed order').toBeLessThanOrEqual(mostInputs);
  expect(loads, 'reloads on the way').toEqual([]);
});
