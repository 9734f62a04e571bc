import { Card, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconMailOpened, IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useText } from '../../text/use-text.ts';
import { MailList } from './mail-list.tsx';
import { MailReader } from './mail-reader.tsx';
import classes from './mailbox-page.module.css';

const route = getRouteApi('/shell/mailbox');
const lookAgainMillis = 2_000;
const typingMillis = 200;

/** What a demo sends stands here instead of going out. */
export function MailboxPage() {
  const t = useText();
  const { to, mail } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({
    queryKey: [...queryKeys.mailbox, to],
    queryFn: ({ signal }) => api.listMailbox({ query: to ? { to } : {}, signal }),
    refetchInterval: lookAgainMillis,
    placeholderData: keepPreviousData,
  });
  const filter = useDebouncedCallback((typed: string) => {
    const address = typed.trim();
    void navigate({ search: address ? { to: address } : {}, replace: true });
  }, typingMillis);
  return (
    <Page title={t('mailbox.title')} lead={t('mailbox.lead')}>
      <TextInput
        mb="md"
        maw={360}
        type="search"
        aria-label={t('mailbox.filter')}
        placeholder={t('mailbox.filter')}
        leftSection={<IconSearch size={16} aria-hidden />}
        defaultValue={to ?? ''}
        onChange={({ currentTarget }) => filter(currentTarget.value)}
      />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Card>
              <EmptyState
                icon={IconMailOpened}
                title={t(to ? 'mailbox.noneTo' : 'mailbox.none.title')}
                hint={to ? undefined : t('mailbox.none.hint')}
              />
            </Card>
          ) : (
            <Card padding={0} className={classes.box ?? ''} data-open={mail !== undefined}>
              <MailList mails={items} to={to} openId={mail} />
              <MailReader mail={items.find(({ id }) => id === mail)} to={to} />
            </Card>
          )
        }
      </Loaded>
    </Page>
  );
}
