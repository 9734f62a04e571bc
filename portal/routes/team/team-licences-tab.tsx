import { Stack } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Member, Team } from '../../../contract/team.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { useText } from '../../text/use-text.ts';
import { FirstSteps } from './first-steps.tsx';
import { FiguresPanel } from './licences/figures-panel.tsx';
import type { TeamLicences } from './licences/holding.ts';
import { OwnLicence } from './licences/own-licence.tsx';
import { PeopleList } from './licences/people-list.tsx';
import { PeoplePanel } from './licences/people-panel.tsx';
import { productFigures } from './licences/product-figures.ts';
import { licencesQuery, membersQuery } from './team-query.ts';
import type { TeamStanding } from './team-standing.ts';
import { useTeam } from './use-team.ts';

/** Licences and people of a team: the page that its owner works on. */
export function TeamLicencesTab() {
  const { team, standing } = useTeam();
  return standing.seesPeople ? <Read {...{ team, standing }} /> : <NotAMember team={team} />;
}

interface ReadProps {
  team: Team;
  standing: TeamStanding;
}

function Read({ team, standing }: ReadProps) {
  const client = useQueryClient();
  const members = useQuery(membersQuery(team.id));
  const licences = useQuery(licencesQuery(team.id, client));
  return (
    <Loaded query={members} loading={<LoadingPage />}>
      {(people) => (
        <Loaded query={licences} loading={<LoadingPage />}>
          {(data) => <Shown {...{ team, standing }} members={people} licences={data} />}
        </Loaded>
      )}
    </Loaded>
  );
}

interface ShownProps extends ReadProps {
  members: readonly Member[];
  licences: TeamLicences;
}

function Shown({ team, standing, members, licences }: ShownProps) {
  const products = useMemo(() => productFigures(licences.subscriptions), [licences.subscriptions]);
  if (!standing.seesLicences) {
    return (
      <Stack gap="lg">
        <OwnLicence {...{ team, licences, products }} memberId={standing.memberId ?? ''} />
        <PeopleList members={members} />
      </Stack>
    );
  }
  return (
    <Stack gap="lg">
      {standing.managesPeople && <FirstSteps {...{ team, members, products }} />}
      <FiguresPanel {...{ team, products }} />
      <PeoplePanel key={team.id} {...{ team, standing, members, licences, products }} />
    </Stack>
  );
}

function NotAMember({ team }: { team: Team }) {
  const t = useText();
  return (
    <EmptyState
      icon={IconLock}
      title={t('team.notMember.title')}
      hint={t('team.notMember.text', { name: team.owner.name, email: team.owner.email })}
    />
  );
}
