import { expect, test } from './harness/journey.ts';
import { step } from './people/desk.ts';
import { followLink, openMail } from './people/mailbox.ts';
import { signInAs } from './people/sign-in.ts';

const office = {
  number: '200417',
  name: 'Studio Nordlicht GmbH',
  contactName: 'Mara Winter',
  contactEmail: 'mara.winter@nordlicht.example',
};

test('one sale', async ({ newPerson, look }) => {
  const eva = await newPerson();
  await test.step('Eva takes a call from an office that nobody knows yet', async () => {
    await signInAs(eva, 'Eva Lang');
    await look(eva, 'home');
    await eva.getByRole('link', { name: 'New sale' }).first().click();
    await look(eva, 'desk-begins');
    await eva.getByLabel('Customer number or name').and(eva.locator('input')).fill(office.number);
    await eva.getByRole('option', { name: /Request/ }).click();
    await eva.getByLabel('Name of the office').fill(office.name);
    await eva.getByLabel('Core licences').fill('6');
    await eva.getByLabel('Contact', { exact: true }).fill(office.contactName);
    await eva.getByLabel('Contact’s e-mail address').fill(office.contactEmail);
    await look(eva, 'desk-new-customer');
    await eva.getByRole('button', { name: 'Request the customer' }).click();
    await expect(step(eva, 'Proposal')).toContainText('6 more make one for each');
    await look(eva, 'desk-proposal');
  });

  await test.step('She offers what is proposed, sees it as the customer will, and sends it', async () => {
    await expect(eva.getByLabel('Quantity of Allplan Share')).toHaveValue('6');
    await expect(step(eva, 'Offer')).toContainText('€2,160.00');
    await eva.getByRole('button', { name: 'Make the offer' }).click();
    await look(eva, 'desk-offer');
    await eva.getByRole('button', { name: 'See it as the customer will' }).click();
    await expect(eva.getByRole('dialog').getByRole('heading', { name: /^Angebot/ })).toBeVisible();
    await look(eva, 'desk-customers-view');
    await eva.getByRole('button', { name: 'Close' }).click();
    await eva.getByRole('button', { name: 'Send by e-mail' }).click();
    await expect(step(eva, 'Offer')).toContainText(`to ${office.contactEmail}`);
  });

  const mara = await newPerson();
  await test.step('Mara opens the mail, reads the offer in German, and accepts it', async () => {
    await openMail(mara, office.contactEmail, /Angebot/);
    await look(mara, 'mail-offer');
    await followLink(mara, /Angebot/);
    await expect(mara.getByRole('heading', { level: 1, name: /^Angebot/ })).toBeVisible();
    await look(mara, 'offer');
    await expect(mara.getByLabel('Ihr Name')).toHaveValue(office.contactName);
    await mara.getByRole('button', { name: 'Angebot annehmen' }).click();
    await expect(mara.getByText('Sie haben dieses Angebot angenommen')).toBeVisible();
    await look(mara, 'offer-accepted');
  });

  await test.step('Eva sees the answer by itself, makes the team together with the office, and orders', async () => {
    await expect(step(eva, 'Offer')).toContainText('Accepted by Mara Winter with the link');
    await look(eva, 'desk-team');
    await eva.getByLabel('Name of the team').fill('Studio Nordlicht');
    await eva.getByRole('button', { name: 'Make the team' }).click();
    await look(eva, 'desk-order');
    await eva.getByRole('button', { name: 'Place the order' }).click();
    await expect(step(eva, 'Order')).toContainText('are in the team Studio Nordlicht');
    await look(eva, 'desk-order-completed');
  });
});
