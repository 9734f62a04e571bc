/** What the mailbox shows: mails to anybody or to one address, and the one that is open. */
export interface MailboxSearch {
  to?: string;
  mail?: string;
}

export function mailboxSearchOf({ to, mail }: Record<string, unknown>): MailboxSearch {
  return { ...(typeof to === 'string' && to && { to }), ...(typeof mail === 'string' && mail && { mail }) };
}
