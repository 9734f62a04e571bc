import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { QueryClient } from '@tanstack/react-query';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useEffect, useMemo } from 'react';
import { colourSchemeManager } from './components/colour-scheme-choice.tsx';
import { UndoKey } from './components/undo.tsx';
import { useDeployment } from './data/deployment.ts';
import { useMe } from './data/me.ts';
import type { createPortalRouter } from './router.ts';
import { styleNonce } from './theme/style-nonce.ts';
import { portalTheme, portalVariables } from './theme.ts';

interface AppProps {
  queryClient: QueryClient;
  router: ReturnType<typeof createPortalRouter>;
}

/** The portal with all that its pages stand on. */
export function App({ queryClient, router }: AppProps) {
  return (
    <QueryClientProvider client={queryClient}>
      <Look>
        <Notifications position="bottom-center" limit={4} />
        <UndoKey />
        <RouterProvider router={router} />
        <SignInWatch router={router} />
      </Look>
    </QueryClientProvider>
  );
}

function Look({ children }: { children: ReactNode }) {
  const { accentColour } = useDeployment();
  const theme = useMemo(() => portalTheme(accentColour), [accentColour]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={portalVariables}
      colorSchemeManager={colourSchemeManager}
      defaultColorScheme="auto"
      deduplicateInlineStyles
      getStyleNonce={() => styleNonce}
    >
      {children}
    </MantineProvider>
  );
}

/** Asks every route again who may see it when the account changes, as when a session ends elsewhere. */
function SignInWatch({ router }: Pick<AppProps, 'router'>): null {
  const accountId = useMe()?.account.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another account is the reason, not an input
  useEffect(() => {
    void router.invalidate();
  }, [accountId, router]);
  return null;
}
