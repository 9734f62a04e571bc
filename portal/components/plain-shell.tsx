import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { Brand } from './brand.tsx';
import { ColourSchemeChoice } from './colour-scheme-choice.tsx';
import { LanguageChoice } from './language-choice.tsx';
import classes from './plain-shell.module.css';
import { SkipLink } from './skip-link.tsx';

/** Everything around pages that need no sign-in: signing in itself, and what links from mails open. */
export function PlainShell({ children }: { children: ReactNode }) {
  return (
    <div className={classes.shell}>
      <SkipLink />
      <header className={classes.header}>
        <Brand />
        <Group gap={4} wrap="nowrap">
          <LanguageChoice />
          <ColourSchemeChoice />
        </Group>
      </header>
      <main id="content" tabIndex={-1} className={classes.main}>
        {children}
      </main>
    </div>
  );
}
