import { Stack } from '@mantine/core';
import { TextLink } from '../../components/link.tsx';
import { Page } from '../../components/page.tsx';
import { useText } from '../../text/use-text.ts';
import { ProfileDisplay } from './profile-display.tsx';
import { ProfilePassword } from './profile-password.tsx';
import { ProfilePerson } from './profile-person.tsx';
import { ProfileSignIns } from './profile-sign-ins.tsx';

export function ProfilePage() {
  const t = useText();
  return (
    <Page
      title={t('account.profile.title')}
      width="text"
      breadcrumbs={[
        <TextLink key="home" to="/">
          {t('shell.home')}
        </TextLink>,
      ]}
    >
      <Stack gap="lg">
        <ProfilePerson />
        <ProfileDisplay />
        <ProfilePassword />
        <ProfileSignIns />
      </Stack>
    </Page>
  );
}
