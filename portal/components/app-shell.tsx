import { Burger, AppShell as Frame, Group, ScrollArea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useSignedIn } from '../data/me.ts';
import { useChanges } from '../data/use-changes.ts';
import { useText } from '../text/use-text.ts';
import { AccountMenu } from './account-menu.tsx';
import { AppNavigation } from './app-navigation.tsx';
import classes from './app-shell.module.css';
import { Brand } from './brand.tsx';
import { ColourSchemeChoice } from './colour-scheme-choice.tsx';
import { ConnectionBadge } from './connection-badge.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { SkipLink } from './skip-link.tsx';

/** Everything around the pages of whoever is signed in. */
export function AppShell({ children }: { children: ReactNode }) {
  const t = useText();
  const [isOpen, { toggle, close }] = useDisclosure();
  const { account } = useSignedIn();
  const stream = useChanges(account.id);
  return (
    <Frame
      header={{ height: 56 }}
      navbar={{ width: 248, breakpoint: 'md', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <SkipLink />
      <Frame.Header className={classes.bar ?? ''}>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap" gap="sm">
          <Group gap="xs" wrap="nowrap" miw={0}>
            <Burger
              hiddenFrom="md"
              size="sm"
              opened={isOpen}
              onClick={toggle}
              aria-label={isOpen ? t('shell.closeNavigation') : t('shell.openNavigation')}
              aria-expanded={isOpen}
            />
            <Brand />
          </Group>
          <Group gap={4} wrap="nowrap">
            <ConnectionBadge state={stream} />
            <LanguageChoice />
            <ColourSchemeChoice />
            <AccountMenu />
          </Group>
        </Group>
      </Frame.Header>
      <Frame.Navbar className={classes.bar ?? ''}>
        <ScrollArea p="md" flex={1}>
          <AppNavigation onNavigate={close} />
        </ScrollArea>
      </Frame.Navbar>
      <Frame.Main id="content" tabIndex={-1} className={classes.main ?? ''}>
        {children}
      </Frame.Main>
    </Frame>
  );
}
