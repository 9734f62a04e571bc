import { expect } from '@playwright/test';
import { test as base } from './harness/journey.ts';
import { MailServer } from './harness/mail-server.ts';
import { Server } from './harness/server.ts';
import { signInAs } from './people/sign-in.ts';

const test = base.extend<{ mailServer: MailServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  mailServer: async ({}, use) => {
    const mailServer = await MailServer.start();
    await use(mailServer);
    await mailServer.close();
  },
  server: async ({ mailServer }, use) => {
    const server = await Server.start({ NAMESAKE_SMTP_URL: mailServer.url });
    await use(server);
    await server.end();
  },
});

test('a mail that was refused is sent again', async ({ newPerson, look, mailServer }) => {
  const otto = await newPerson();
  await signInAs(otto, 'Otto Brandt');
  await otto.getByRole('link', { name: 'Notices' }).click();
  const row = otto.getByRole('row', { name: /bjoern\.fuchs@buero-sued\.example/ });
  await expect(row).toContainText('Failed');
  await expect(row).toContainText('is unknown here');
  await look(otto, 'notices-refused');

  mailServer.accept();
  await row.getByRole('button', { name: /^Send again/ }).click();
  await expect(row).toContainText('Handed over');
});
