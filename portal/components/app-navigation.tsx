import { Stack, Text } from '@mantine/core';
import type { IconProps } from '@tabler/icons-react';
import {
  IconBooks,
  IconBuildingStore,
  IconChecklist,
  IconDevices,
  IconFileInvoice,
  IconHelpCircle,
  IconHistory,
  IconHome,
  IconMail,
  IconMailOpened,
  IconPhonePlus,
  IconUserPlus,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useDeployment } from '../data/deployment.ts';
import { useSignedIn } from '../data/me.ts';
import { useText } from '../text/use-text.ts';
import classes from './app-navigation.module.css';
import { NavigationLink } from './link.tsx';
import type { DestinationPath, NavigationPart } from './navigation.ts';
import { navigationOf } from './navigation.ts';

const icons: Record<DestinationPath, ComponentType<IconProps>> = {
  '/': IconHome,
  '/desk': IconPhonePlus,
  '/desk/orders': IconFileInvoice,
  '/office': IconChecklist,
  '/office/notices': IconMail,
  '/office/requests': IconUserPlus,
  '/office/customers': IconBuildingStore,
  '/office/catalogue': IconBooks,
  '/teams': IconUsersGroup,
  '/record': IconHistory,
  '/device': IconDevices,
  '/why': IconHelpCircle,
  '/mailbox': IconMailOpened,
};

/** Paths that are the beginning of others in the navigation and so count as current for themselves alone. */
const exact: ReadonlySet<DestinationPath> = new Set(['/', '/desk', '/office']);

/** The main navigation of whoever is signed in. */
export function AppNavigation({ onNavigate }: { onNavigate: () => void }) {
  const t = useText();
  const me = useSignedIn();
  const { demo } = useDeployment();
  return (
    <Stack component="nav" aria-label={t('shell.navigation')} gap="lg">
      {navigationOf(me, demo).map((part) => (
        <Part key={part.titleId ?? 'top'} part={part} onNavigate={onNavigate} />
      ))}
    </Stack>
  );
}

function Part({ part, onNavigate }: { part: NavigationPart; onNavigate: () => void }) {
  const t = useText();
  return (
    <div>
      {part.titleId && (
        <Text component="h2" className={classes.title}>
          {t(part.titleId)}
        </Text>
      )}
      <ul className={classes.list}>
        {part.destinations.map(({ to, textId }) => {
          const Sign = icons[to];
          return (
            <li key={to}>
              <NavigationLink
                to={to}
                activeOptions={{ exact: exact.has(to), includeSearch: false }}
                className={classes.link ?? ''}
                label={t(textId)}
                leftSection={<Sign size={18} stroke={1.6} aria-hidden />}
                onClick={onNavigate}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
