import { Button, Card, Text, TextInput } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconPlus, IconSearch, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { MoreButton } from '../../components/more-button.tsx';
import { Page } from '../../components/page.tsx';
import { api } from '../../data/api.ts';
import { useSignedIn } from '../../data/me.ts';
import { queryKeys } from '../../data/query-key.ts';
import { usePages } from '../../data/use-pages.ts';
import { useText } from '../../text/use-text.ts';
import { MakeTeam } from './make-team.tsx';
import { TeamList } from './team-list.tsx';

/** The teams of whoever is signed in; vendor staff search all. */
export function TeamsPage() {
  const t = useText();
  const { staff } = useSignedIn();
  const [isMaking, { open, close }] = useDisclosure();
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search.trim(), 200);
  const { query, more, isLoadingMore } = usePages([...queryKeys.teams, 'list', wanted], (after, signal) =>
    api.listTeams({ query: { ...(wanted ? { search: wanted } : {}), ...(after ? { after } : {}) }, signal }),
  );
  const makeButton = (
    <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={open}>
      {t('team.make')}
    </Button>
  );
  const isEmpty = query.data?.length === 0 && !wanted;
  const searches = staff || wanted !== '' || (query.data?.length ?? 0) > 8;
  return (
    <Page title={t('team.list.title')} lead={t('team.list.lead')} actions={!isEmpty && makeButton}>
      {searches && (
        <TextInput
          mb="md"
          maw={360}
          type="search"
          aria-label={t('team.list.search')}
          placeholder={t('team.list.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <Card padding={0}>
        <Loaded query={query}>
          {(teams) =>
            teams.length > 0 ? (
              <TeamList teams={teams} />
            ) : (
              <EmptyState
                icon={IconUsersGroup}
                title={t(isEmpty ? 'team.list.empty' : 'team.list.notFound')}
                hint={t(isEmpty ? 'team.list.emptyHint' : 'team.list.notFoundHint')}
                action={isEmpty && makeButton}
              />
            )
          }
        </Loaded>
        <MoreButton onMore={more} isLoading={isLoadingMore} />
      </Card>
      {!isEmpty && (
        <Text size="sm" c="dimmed" mt="md">
          {t('team.list.invitedHint')}
        </Text>
      )}
      <MakeTeam opened={isMaking} onClose={close} />
    </Page>
  );
}
