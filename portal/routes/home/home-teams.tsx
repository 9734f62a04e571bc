import { Stack, Text } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Team } from '../../../contract/team.ts';
import { ButtonLink, TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { LoadingRows } from '../../components/loading.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useText } from '../../text/use-text.ts';
import { HomeCard } from './home-card.tsx';
import classes from './home-teams.module.css';

const shownTeams = 4;

/** The account's teams, so that its owner is one click from the licences. */
export function HomeTeams() {
  const t = useText();
  const query = useQuery({
    queryKey: [...queryKeys.teams, 'home'],
    queryFn: ({ signal }) => api.listTeams({ query: { limit: shownTeams }, signal }),
  });
  return (
    <HomeCard icon={IconUsersGroup} title={t('home.teams.title')}>
      <Stack w="100%" gap="sm">
        <Loaded query={query} loading={<LoadingRows rows={2} />}>
          {({ items }) => (items.length > 0 ? <TeamList teams={items} /> : <NoTeams />)}
        </Loaded>
        <div>
          <ButtonLink to="/teams" variant="default">
            {query.data?.items.length === 0 ? t('home.teams.make') : t('home.teams.all')}
          </ButtonLink>
        </div>
      </Stack>
    </HomeCard>
  );
}

function TeamList({ teams }: { teams: readonly Team[] }) {
  const t = useText();
  return (
    <ul className={classes.list}>
      {teams.map((team) => (
        <li key={team.id} className={classes.team}>
          <TextLink to="/teams/$teamId" params={{ teamId: team.id }} fw={600} truncate>
            {team.name}
          </TextLink>
          <Text span size="sm" c="dimmed" className={classes.count ?? ''}>
            {t('home.teams.people', { count: team.memberCount })}
          </Text>
        </li>
      ))}
    </ul>
  );
}

function NoTeams() {
  const t = useText();
  return (
    <Text size="sm" c="dimmed">
      {t('home.teams.empty')}
    </Text>
  );
}
