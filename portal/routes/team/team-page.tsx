import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet, useLocation } from '@tanstack/react-router';
import { TabLink, TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { Page } from '../../components/page.tsx';
import { ToneBadge } from '../../components/state-badge.tsx';
import { useSignedIn } from '../../data/me.ts';
import { useText } from '../../text/use-text.ts';
import { TeamBanners } from './team-banners.tsx';
import { teamQuery } from './team-query.ts';
import { standingIn } from './team-standing.ts';

const route = getRouteApi('/shell/signedIn/teams/$teamId');

const tabs = [
  { to: '/teams/$teamId', textId: 'team.tab.licences', forTeamOnly: false },
  { to: '/teams/$teamId/storage', textId: 'team.tab.storage', forTeamOnly: true },
  { to: '/teams/$teamId/record', textId: 'team.tab.record', forTeamOnly: false },
  { to: '/teams/$teamId/settings', textId: 'team.tab.settings', forTeamOnly: true },
] as const;

/** One team: its heading and tabs; each tab is a page of its own below. */
export function TeamPage() {
  const t = useText();
  const { teamId } = route.useParams();
  const { pathname } = useLocation();
  const { staff } = useSignedIn();
  const query = useQuery(teamQuery(teamId));
  const current = tabs.findLast(({ to }) => pathname.startsWith(to.replace('$teamId', teamId)))?.to ?? tabs[0].to;
  return (
    <Loaded query={query} loading={<LoadingPage />}>
      {(team) => (
        <Page
          title={team.name}
          badge={!team.claimed && <ToneBadge tone="waiting">{t('team.unclaimed')}</ToneBadge>}
          lead={
            team.customer && t('team.ofCustomer', { name: team.customer.name, number: team.customer.customerNumber })
          }
          breadcrumbs={[
            <TextLink key="teams" to="/teams">
              {t('team.list.title')}
            </TextLink>,
          ]}
        >
          <TeamBanners team={team} />
          <Tabs value={current} mb="lg">
            <Tabs.List aria-label={t('team.tabs')}>
              {tabs
                .filter(({ forTeamOnly }) => !forTeamOnly || standingIn(team, staff).seesPeople)
                .map(({ to, textId }) => (
                  <TabLink key={to} value={to} to={to} params={{ teamId }}>
                    {t(textId)}
                  </TabLink>
                ))}
            </Tabs.List>
          </Tabs>
          <Outlet />
        </Page>
      )}
    </Loaded>
  );
}
