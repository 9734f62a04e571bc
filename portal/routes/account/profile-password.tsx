import { Alert, Button, Stack } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useSignedIn } from '../../data/me.ts';
import { usePasswordReset } from '../../data/sign-in.ts';
import { useText } from '../../text/use-text.ts';

/** The password changes by a link, so that whoever finds an open page can't take the account. */
export function ProfilePassword() {
  const t = useText();
  const { account } = useSignedIn();
  const reset = usePasswordReset();
  return (
    <Panel title={t('account.password')} hint={t('account.profile.passwordHint')}>
      <Stack align="flex-start">
        <ProblemAlert error={reset.error} onRetry={reset.retry} />
        {reset.isDone ? (
          <Alert variant="light" color="green" icon={<IconMail />} role="status">
            {t('account.profile.passwordSent', { email: account.email })}
          </Alert>
        ) : (
          <Button variant="default" loading={reset.isPending} onClick={() => reset.start(account.email)}>
            {t('account.profile.changePassword')}
          </Button>
        )}
      </Stack>
    </Panel>
  );
}
