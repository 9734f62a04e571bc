import { Button, Group } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { ButtonLink } from '../components/link.tsx';
import { NarrowCard } from '../components/narrow-card.tsx';
import { useMe } from '../data/me.ts';
import { useSignOut } from '../data/sign-in.ts';
import { useText } from '../text/use-text.ts';

/** For somebody whose account lacks the role that a page needs. */
export function WrongRolePage() {
  const t = useText();
  const me = useMe();
  const { href } = useLocation();
  const signOut = useSignOut(`/sign-in?to=${encodeURIComponent(href)}`);
  return (
    <NarrowCard title={t('page.wrongRole.title')} lead={t('page.wrongRole.text', { email: me?.account.email ?? '' })}>
      <Group>
        <ButtonLink to="/">{t('page.notFound.action')}</ButtonLink>
        <Button variant="default" loading={signOut.isPending} onClick={() => signOut.start()}>
          {t('page.wrongRole.switch')}
        </Button>
      </Group>
    </NarrowCard>
  );
}
