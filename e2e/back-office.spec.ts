import { expect } from '@playwright/test';
import { test } from './harness/journey.ts';
import { orderFor, sellOnThePhone, step, takeCall } from './people/desk.ts';
import { followLink, openMail } from './people/mailbox.ts';
import { signInAs } from './people/sign-in.ts';

const bueroSued = { number: '123757', contact: 'office@buero-sued.example' };
const vonDerHeide = { number: '100000', contact: 'office@heide-ingenieure.example' };

test('orders that do not simply go on', async ({ newPerson, look }) => {
  const eva = await newPerson();
  const otto = await newPerson();
  await signInAs(eva, 'Eva Lang');
  await signInAs(otto, 'Otto Brandt');

  await test.step('An order of a product that is looked at first waits for the back office', async () => {
    await takeCall(eva, bueroSued.number);
    await look(eva, 'desk-known-customer');
    await sellOnThePhone(eva, { 'Allplan Share': 0, 'Allplan Exchange Server': 1 });
    await orderFor(eva, 'Büro Süd');
    await expect(step(eva, 'Order')).toContainText('On hold');
    await look(eva, 'desk-order-held');

    await otto.getByRole('link', { name: 'Orders', exact: true }).click();
    const row = otto.getByRole('row', { name: /1 × Allplan Exchange Server/ });
    await expect(row).toContainText('This product is looked at before it is processed.');
    await look(otto, 'office-orders');
    await row.getByRole('button', { name: 'Process' }).click();
    await otto.getByRole('dialog').getByRole('button', { name: 'Process' }).click();
    await expect(row).toBeHidden();
    await expect(step(eva, 'Order')).toContainText('are in the team Büro Süd');
  });

  await test.step('An order without a team is completed by the office itself, without an account', async () => {
    await takeCall(eva, vonDerHeide.number);
    await sellOnThePhone(eva, { 'Allplan Share': 2, 'Bimplus Storage': 1 });
    await look(eva, 'desk-team-none');
    await orderFor(eva, 'The office will tell later');
    await expect(step(eva, 'Order')).toContainText('Waits for details');
    await look(eva, 'desk-order-pending');

    const ute = await newPerson();
    await openMail(ute, vonDerHeide.contact, /für welches Team\?/);
    await followLink(ute, /Team angeben/);
    await expect(ute.getByLabel('Name des Teams')).toBeVisible();
    await look(ute, 'complete-order');
    await ute.getByLabel('Name des Teams').fill('Brücken');
    await ute.getByLabel('E-Mail-Adresse des Eigentümers').fill('ute.gross@heide-ingenieure.example');
    await ute.getByRole('button', { name: 'Bestellung vervollständigen' }).click();
    await expect(ute.getByRole('main').getByText('Danke, das ist alles')).toBeVisible();
    await look(ute, 'order-completed');
    await expect(step(eva, 'Order')).toContainText('are in the team Brücken');
  });

  await test.step('An office that never said yes stops the order, and the back office refuses it', async () => {
    await takeCall(eva, vonDerHeide.number);
    await sellOnThePhone(eva, { 'Allplan Share': 5 });
    await orderFor(eva, 'The office will tell later');

    const ute = await newPerson();
    await openMail(ute, vonDerHeide.contact, /wurde telefonisch angenommen/);
    await followLink(ute, /Das waren wir nicht/);
    await expect(ute.getByRole('heading', { level: 1, name: 'Waren Sie das nicht?' })).toBeVisible();
    await look(ute, 'not-us');
    await ute.getByRole('button', { name: 'Das hat hier niemand angenommen' }).click();
    await ute.getByRole('dialog').getByRole('button', { name: 'Das hat hier niemand angenommen' }).click();
    await expect(ute.getByRole('main').getByText('Danke, die Bestellung ist angehalten')).toBeVisible();
    await look(ute, 'not-us-thanks');

    await expect(step(eva, 'Order')).toContainText('On hold');
    const row = otto.getByRole('row', { name: /5 × Allplan Share/ });
    await expect(row).toContainText('The customer says that nobody there accepted on the phone.');
    await row.getByRole('button', { name: 'Refuse' }).click();
    await otto.getByLabel('Reason').fill('Cleared up on the phone: it was the office next door.');
    await look(otto, 'office-refuse');
    await otto.getByRole('dialog').getByRole('button', { name: 'Refuse' }).click();
    await expect(row).toBeHidden();
    await expect(step(eva, 'Order')).toContainText('The vendor refused the order.');
  });

  await test.step('Otto looks through the rest of the back office', async () => {
    for (const name of ['Notices', 'Customer requests', 'Customers', 'Catalogue']) {
      await otto.getByRole('link', { name, exact: true }).click();
      await expect(otto.getByRole('heading', { level: 1, name })).toBeVisible();
      await look(otto, `office-${name.toLowerCase().replace(' ', '-')}`);
    }
  });
});
