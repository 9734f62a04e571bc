import { Placeholder } from '../placeholder.tsx';

export function MailboxPage() {
  return <Placeholder titleId="mailbox.title" />;
}
