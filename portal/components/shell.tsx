import type { ReactNode } from 'react';
import { useMe } from '../data/me.ts';
import { AppShell } from './app-shell.tsx';
import { PlainShell } from './plain-shell.tsx';

/** What stands around a page, with navigation for whoever is signed in. */
export function Shell({ children }: { children: ReactNode }) {
  const Around = useMe() ? AppShell : PlainShell;
  return <Around>{children}</Around>;
}
