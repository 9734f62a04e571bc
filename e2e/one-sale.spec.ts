import path from 'node:path';
import { expect } from '@playwright/test';
import { test } from './harness/journey.ts';
import { makeAccount } from './people/account.ts';
import { step } from './people/desk.ts';
import { followLink, openMail } from './people/mailbox.ts';
import { signInAs } from './people/sign-in.ts';
import { follows } from './people/sketchpad.ts';
import { figure, give, takeBack, tick } from './people/team.ts';

const office = {
  number: '200417',
  name: 'Studio Nordlicht GmbH',
  contactName: 'Mara Winter',
  contactEmail: 'mara.winter@nordlicht.example',
};

const jonas = { name: 'Jonas Weber', email: 'jonas.weber@nordlicht.example' };
const peopleFile = path.join(import.meta.dirname, 'fixtures/people-plain.csv');

test('one sale', async ({ newPerson, look, startSketchpad }) => {
  const eva = await newPerson();
  await test.step('Eva takes a call from an office that nobody knows yet', async () => {
    await signInAs(eva, 'Eva Lang');
    await look(eva, 'home');
    await eva.getByRole('link', { name: 'New sale' }).first().click();
    await look(eva, 'desk-begins');
    await eva.getByRole('combobox', { name: 'Customer number or name' }).fill(office.number);
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
    await expect(mara.getByRole('main').getByText('Sie haben dieses Angebot angenommen')).toBeVisible();
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

  await test.step('Mara opens the mail about her team, and confirms it with a new account', async () => {
    await openMail(mara, office.contactEmail, /Ihr Team Studio Nordlicht ist bereit/);
    await look(mara, 'mail-team');
    await followLink(mara, /Team bestätigen/);
    await expect(mara.getByRole('heading', { name: 'Confirm the team Studio Nordlicht' })).toBeVisible();
    await look(mara, 'claim');
    await makeAccount(mara, { name: office.contactName, submit: 'Make the account and confirm the team' });
    await expect(mara.getByRole('heading', { level: 1, name: 'Studio Nordlicht' })).toBeVisible();
    await expect(mara.getByRole('region', { name: 'Licences' })).toContainText('Allplan Share');
    await expect(figure(mara, 'Free')).toHaveText('6');
    await look(mara, 'team');
  });

  await test.step('She looks at the storage, and invites people by address and from a file', async () => {
    await mara.getByRole('tab', { name: 'Storage' }).click();
    await expect(mara.getByRole('row', { name: /Comes with Allplan Share/ })).toContainText('60 GiB');
    await look(mara, 'team-storage');
    await mara.getByRole('tab', { name: 'Licences and people' }).click();
    await mara.getByRole('button', { name: 'Invite people' }).click();
    await mara.getByLabel('E-mail addresses').fill(`${jonas.name} <${jonas.email}>`);
    await look(mara, 'invite');
    await mara.getByRole('button', { name: 'Send 1 invitation' }).click();
    await expect(mara.getByRole('dialog')).toContainText('1 invitation sent');
    await mara.getByRole('button', { name: 'Done' }).click();

    await mara.getByRole('button', { name: 'Add people from a file' }).click();
    await mara.locator('input[type=file]').setInputFiles(peopleFile);
    await look(mara, 'people-from-file');
    await mara.getByRole('button', { name: 'Send 12 invitations' }).click();
    await expect(mara.getByRole('dialog')).toContainText('12 invitations sent');
    await look(mara, 'people-invited');
    await mara.getByRole('button', { name: 'Done' }).click();
    await expect(mara.getByRole('row', { name: new RegExp(jonas.name) })).toBeVisible();
  });

  const person = await newPerson();
  await test.step('Jonas accepts the invitation with a new account', async () => {
    await openMail(person, jonas.email, /Mara Winter invites you to Studio Nordlicht/);
    await followLink(person, /Join the team/);
    await look(person, 'invitation');
    await makeAccount(person, { name: jonas.name, submit: 'Make the account and join the team' });
    await expect(
      person.getByRole('main').getByText('You have no licence in this team yet. Ask Mara Winter for one.'),
    ).toBeVisible();
    await look(person, 'team-as-member');
  });

  const sketchpad = startSketchpad('Workstation 7');
  await test.step('He starts the sample application and lets it work as him', async () => {
    const [, address = ''] = await sketchpad.line(/^address: (.+)/);
    const [, code = ''] = await sketchpad.line(/^code: (.+)/);
    await person.goto(address);
    await expect(person.getByRole('heading', { name: 'Let Sketchpad work as you?' })).toBeVisible();
    await expect(person.getByRole('main').getByText(code)).toBeVisible();
    await expect(person.getByRole('main').getByText('Workstation 7')).toBeVisible();
    await look(person, 'device');
    await person.getByRole('button', { name: 'Let it work as Jonas Weber' }).click();
    await expect(person.getByRole('heading', { name: 'Sketchpad is connected' })).toBeVisible();
    await look(person, 'device-connected');
    await sketchpad.line(/^state: locked \(noLicence\)/);
    await sketchpad.line(/^hint: No licence in this team yet/);
  });

  await test.step('Mara ticks, unticks, moves and undoes: the application follows at once', async () => {
    const licence = tick(mara, jonas.name);
    await follows(sketchpad, /^state: unlocked/, () => give(mara, jonas.name));
    await look(mara, 'team-ticked');
    await person.goto('/teams');
    await person.getByRole('link', { name: 'Studio Nordlicht' }).click();
    await expect(person.getByRole('main').getByText('You have a licence for Allplan Share.')).toBeVisible();
    await look(person, 'team-as-holder');
    await follows(sketchpad, /^state: locked \(noLicence\)/, () => takeBack(mara, jonas.name));
    await follows(sketchpad, /^state: unlocked/, () => give(mara, jonas.name));

    await mara.getByRole('button', { name: `More for ${jonas.name}` }).click();
    await mara.getByRole('menuitem', { name: 'Move Allplan Share to …' }).click();
    const to = mara.getByRole('dialog').getByLabel('Move it to');
    await look(mara, 'move');
    await to.fill('Mara');
    await follows(sketchpad, /^state: locked/, () => mara.getByRole('option', { name: /Mara Winter/ }).click());
    await expect(licence).not.toBeChecked();
    await expect(tick(mara, office.contactName)).toBeChecked();
    await follows(sketchpad, /^state: unlocked/, () => mara.getByRole('button', { name: 'Undo' }).last().click());
    await expect(licence).toBeChecked();
  });

  await test.step('Everybody finds what happened in the record', async () => {
    await mara.getByRole('tab', { name: 'Record' }).click();
    await expect(mara.getByRole('main').getByRole('listitem').first()).toContainText(jonas.name);
    await look(mara, 'team-record');
    await eva.getByRole('link', { name: 'Record' }).click();
    await look(eva, 'record-of-the-agent');
    await eva.getByRole('link', { name: 'Offers and orders' }).click();
    await look(eva, 'offers-and-orders');
  });
});
