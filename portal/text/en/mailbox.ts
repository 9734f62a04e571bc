export const mailbox = {
  'mailbox.title': 'Mailbox',
  'mailbox.lead': 'Every mail that this demo would have sent. New ones show by themselves.',
  'mailbox.to': 'To',
  'mailbox.filter': 'Only mails to',
  'mailbox.list': 'Mails',
  'mailbox.message': 'Mail',
  'mailbox.content': 'Content of the mail',
  'mailbox.back': 'All mails',
  'mailbox.none.title': 'No mail yet',
  'mailbox.none.hint': 'Send an offer, place an order or invite somebody: the mail stands here a moment later.',
  'mailbox.noneTo': 'No mail to this address',
  'mailbox.choose': 'Choose a mail to read it.',
};
