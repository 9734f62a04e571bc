import { Alert, Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconMail } from '@tabler/icons-react';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { showMessage } from '../../components/show-message.ts';
import { useSignedIn } from '../../data/me.ts';
import { useChangePassword, usePasswordReset } from '../../data/sign-in.ts';
import { useText } from '../../text/use-text.ts';
import { AccountName } from './account-name.tsx';
import { shortestPassword } from './person-rule.ts';

/** Whoever finds an open page can't take the account: the password changes with the present one, or by a link. */
export function ProfilePassword() {
  const t = useText();
  return (
    <Panel title={t('account.password')} hint={t('account.profile.passwordHint')}>
      <Stack>
        <ChangeForm />
        <ResetLink />
      </Stack>
    </Panel>
  );
}

function ChangeForm() {
  const t = useText();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      currentPassword: (password) => (password ? null : t('account.fault.passwordMissing')),
      newPassword: (password) =>
        password.length >= shortestPassword ? null : t('account.fault.passwordShort', { count: shortestPassword }),
    },
  });
  const change = useChangePassword(() => {
    form.reset();
    showMessage(t('account.profile.passwordChanged'));
  });
  const visibility = { 'aria-label': t('account.showPassword') };
  return (
    <form onSubmit={form.onSubmit(change.start)} noValidate>
      <Stack>
        <ProblemAlert error={change.error} onRetry={change.retry} />
        <AccountName />
        <PasswordInput
          label={t('account.profile.currentPassword')}
          autoComplete="current-password"
          visibilityToggleButtonProps={visibility}
          key={form.key('currentPassword')}
          {...form.getInputProps('currentPassword')}
        />
        <PasswordInput
          label={t('account.profile.newPassword')}
          description={t('account.passwordRule', { count: shortestPassword })}
          autoComplete="new-password"
          visibilityToggleButtonProps={visibility}
          key={form.key('newPassword')}
          {...form.getInputProps('newPassword')}
        />
        <Group>
          <Button type="submit" loading={change.isPending}>
            {t('account.profile.changePassword')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ResetLink() {
  const t = useText();
  const { account } = useSignedIn();
  const reset = usePasswordReset();
  return (
    <Stack align="flex-start">
      <ProblemAlert error={reset.error} onRetry={reset.retry} />
      {reset.isDone ? (
        <Alert variant="light" color="green" icon={<IconMail />} role="status">
          {t('account.profile.passwordSent', { email: account.email })}
        </Alert>
      ) : (
        <Button variant="subtle" size="compact-sm" loading={reset.isPending} onClick={() => reset.start(account.email)}>
          {t('account.profile.sendLink')}
        </Button>
      )}
    </Stack>
  );
}
