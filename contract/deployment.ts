import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { language } from './shape.ts';

/** What everybody may know of this deployment: whose it is and how it looks. */
export const deployment = z
  .object({
    vendorName: z.string(),
    /** Accent colour, `#rrggbb`. */
    accentColour: z.string(),
    languages: z.array(language),
    currency: z.string(),
    timeZone: z.string(),
    demo: z.boolean(),
    version: z.string(),
    /** Minutes for which a device code can be confirmed, days for which an invitation lasts. */
    invitationDays: z.int(),
  })
  .meta({ id: 'Deployment' });
export type Deployment = z.infer<typeof deployment>;

/** An account of a demo, to sign in as. */
export const demoSignIn = z
  .object({ email: z.string(), name: z.string(), role: z.string(), password: z.string() })
  .meta({ id: 'DemoSignIn' });

export type DemoSignIn = z.infer<typeof demoSignIn>;

/** A mail that a demo deployment kept instead of sending it. */
export const mailboxMessage = z
  .object({
    id: z.string(),
    to: z.string(),
    subject: z.string(),
    at: z.iso.datetime(),
    text: z.string(),
    html: z.string(),
  })
  .meta({ id: 'MailboxMessage' });
export type MailboxMessage = z.infer<typeof mailboxMessage>;

export const deploymentEndpoints = {
  getDeployment: endpoint({
    method: 'GET',
    path: '/v1/deployment',
    tag: 'Deployment',
    summary: 'Tells whose deployment this is',
    access: 'public',
    response: deployment,
  }),
  listDemoSignIns: endpoint({
    method: 'GET',
    path: '/v1/demo/sign-ins',
    tag: 'Demo',
    summary: 'Lists the demo accounts; exists in a demo deployment only',
    access: 'public',
    response: z.object({ items: z.array(demoSignIn) }),
    codes: ['notFound'],
  }),
  listMailbox: endpoint({
    method: 'GET',
    path: '/v1/demo/mailbox',
    tag: 'Demo',
    summary: 'Lists the mails of a demo deployment, newest first; exists there only',
    access: 'public',
    query: z.object({ to: z.string().max(254).optional() }),
    response: z.object({ items: z.array(mailboxMessage) }),
    codes: ['notFound'],
  }),
};
