import { SimpleGrid } from '@mantine/core';
import {
  IconChecklist,
  IconDevices,
  IconHelpCircle,
  IconHistory,
  IconMailOpened,
  IconPhonePlus,
} from '@tabler/icons-react';
import { ButtonLink } from '../../components/link.tsx';
import { Page } from '../../components/page.tsx';
import { useDeployment } from '../../data/deployment.ts';
import { useSignedIn } from '../../data/me.ts';
import { useText } from '../../text/use-text.ts';
import { HomeCard } from './home-card.tsx';
import { HomeTeams } from './home-teams.tsx';

/** What this account can do, each a card with its first step. */
export function HomePage() {
  const t = useText();
  const { account, agentOf, staff } = useSignedIn();
  const { demo } = useDeployment();
  return (
    <Page title={t('home.welcome', { name: account.name })} lead={t('home.lead')}>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {agentOf && (
          <HomeCard icon={IconPhonePlus} title={t('home.desk.title')} text={t('home.desk.text')}>
            <ButtonLink to="/desk">{t('home.desk.action')}</ButtonLink>
            <ButtonLink to="/desk/orders" variant="default">
              {t('home.deskOrders.action')}
            </ButtonLink>
          </HomeCard>
        )}
        {staff && (
          <HomeCard icon={IconChecklist} title={t('home.office.title')} text={t('home.office.text')}>
            <ButtonLink to="/office">{t('home.office.action')}</ButtonLink>
          </HomeCard>
        )}
        <HomeTeams />
        <HomeCard icon={IconDevices} title={t('home.device.title')} text={t('home.device.text')}>
          <ButtonLink to="/device" variant="default">
            {t('home.device.action')}
          </ButtonLink>
        </HomeCard>
        <HomeCard icon={IconHelpCircle} title={t('why.title')} text={t('home.why.text')}>
          <ButtonLink to="/why" variant="default">
            {t('home.why.action')}
          </ButtonLink>
        </HomeCard>
        <HomeCard icon={IconHistory} title={t('home.record.title')} text={t('home.record.text')}>
          <ButtonLink to="/record" variant="default">
            {t('home.record.action')}
          </ButtonLink>
        </HomeCard>
        {demo && (
          <HomeCard icon={IconMailOpened} title={t('home.mailbox.title')} text={t('home.mailbox.text')}>
            <ButtonLink to="/mailbox" variant="default">
              {t('home.mailbox.action')}
            </ButtonLink>
          </HomeCard>
        )}
      </SimpleGrid>
    </Page>
  );
}
