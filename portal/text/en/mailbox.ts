export const mailbox = {
  'mailbox.title': 'Mailbox',
};
