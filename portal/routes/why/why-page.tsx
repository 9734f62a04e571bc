import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { LoadingPage } from '../../components/loading.tsx';
import { Page } from '../../components/page.tsx';
import { useText } from '../../text/use-text.ts';
import { WhyAnswer } from './why-answer.tsx';
import { WhyChecks } from './why-checks.tsx';
import { WhyChoice } from './why-choice.tsx';
import { whyQuery } from './why-query.ts';

const route = getRouteApi('/shell/signedIn/why');

/** "Why can't I work?": one line that says what to do, then everything that was looked at. Also about a member, for who manages. */
export function WhyPage() {
  const t = useText();
  const search = route.useSearch();
  const query = useQuery(whyQuery(search));
  const isSelf = search.member === undefined;
  const name = query.data?.person.name;
  const team = query.data?.team;
  return (
    <Page
      title={isSelf || !name ? t('why.title') : t('why.titleOf', { name })}
      lead={t('why.lead')}
      width="text"
      breadcrumbs={
        !isSelf && team
          ? [
              <TextLink key="team" to="/teams/$teamId" params={{ teamId: team.id }}>
                {team.name}
              </TextLink>,
            ]
          : [
              <TextLink key="home" to="/">
                {t('shell.home')}
              </TextLink>,
            ]
      }
    >
      <Stack gap="lg">
        {isSelf && <WhyChoice search={search} shown={query.data} />}
        <Loaded query={query} loading={<LoadingPage />}>
          {(why) => (
            <>
              <WhyAnswer why={why} isSelf={isSelf} />
              <WhyChecks why={why} isSelf={isSelf} onAgain={() => void query.refetch()} isReading={query.isFetching} />
            </>
          )}
        </Loaded>
      </Stack>
    </Page>
  );
}
