import { Center, Text, Title } from '@mantine/core';
import type { MailboxMessage } from '../../../contract/deployment.ts';
import { TextLink } from '../../components/link.tsx';
import { Moment } from '../../components/moment.tsx';
import { useText } from '../../text/use-text.ts';
import { styleNonce } from '../../theme/style-nonce.ts';
import classes from './mailbox-page.module.css';
import { shownMail } from './shown-mail.ts';

interface MailReaderProps {
  mail: MailboxMessage | undefined;
  to: string | undefined;
}

/**
 * One mail as its reader sees it.
 *
 * It stands in a frame without scripts and without this page's origin; a click on its link leads this tab there.
 */
export function MailReader({ mail, to }: MailReaderProps) {
  const t = useText();
  if (!mail) {
    return (
      <Center className={classes.reader ?? ''} p="xl">
        <Text c="dimmed">{t('mailbox.choose')}</Text>
      </Center>
    );
  }
  return (
    <article className={classes.reader} aria-label={t('mailbox.message')}>
      <header className={classes.head}>
        <TextLink to="/mailbox" search={to ? { to } : {}} replace size="sm" hiddenFrom="sm">
          {t('mailbox.back')}
        </TextLink>
        <Title order={2} size="h3">
          {mail.subject}
        </Title>
        <Text size="sm" c="dimmed" component="div">
          {t('mailbox.to')} {mail.to} · <Moment at={mail.at} show="exact" />
        </Text>
      </header>
      <iframe
        key={mail.id}
        title={t('mailbox.content')}
        className={classes.content}
        srcDoc={shownMail(mail.html, styleNonce)}
        sandbox="allow-top-navigation-by-user-activation"
        referrerPolicy="no-referrer"
      />
    </article>
  );
}
