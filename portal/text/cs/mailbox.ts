import type { mailbox as english } from '../en/mailbox.ts';

export const mailbox: Partial<typeof english> = {
  'mailbox.title': 'Schránka',
};
