import { Text, UnstyledButton } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import type { MailboxMessage } from '../../../contract/deployment.ts';
import { Moment } from '../../components/moment.tsx';
import { useText } from '../../text/use-text.ts';
import classes from './mailbox-page.module.css';

const MailLink = createLink((props: ComponentProps<'a'>) => <UnstyledButton component="a" {...props} />);

interface MailListProps {
  mails: readonly MailboxMessage[];
  to: string | undefined;
  openId: string | undefined;
}

/** All mails, newest first, each a click away. */
export function MailList({ mails, to, openId }: MailListProps) {
  const t = useText();
  return (
    <nav aria-label={t('mailbox.list')} className={classes.list}>
      <ul>
        {mails.map(({ id, to: recipient, subject, at }) => (
          <li key={id}>
            <MailLink
              to="/mailbox"
              search={{ ...(to && { to }), mail: id }}
              replace
              resetScroll={false}
              className={classes.mail ?? ''}
              data-open={id === openId}
            >
              <Text fw={600} size="sm">
                {subject}
              </Text>
              <Text size="xs" className={classes.detail ?? ''} truncate>
                {recipient}
              </Text>
              <Text size="xs" className={classes.detail ?? ''} component="div">
                <Moment at={at} />
              </Text>
            </MailLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
