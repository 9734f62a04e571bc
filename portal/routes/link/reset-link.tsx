import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { NarrowCard } from '../../components/narrow-card.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { api } from '../../data/api.ts';
import { useText } from '../../text/use-text.ts';
import { shortestPassword } from '../account/person-rule.ts';
import { useAccountAction } from './account-action.ts';
import type { LinkProof, Opened } from './opened-link.ts';

/** Sets a new password by the link that was asked for. */
export function ResetLink({ opened, proof }: { opened: Opened<'resetPassword'>; proof: LinkProof }) {
  const t = useText();
  const { linkId, secret } = proof;
  const { email } = opened.account;
  const reset = useAccountAction(
    proof,
    (password: string, idempotencyKey) => api.resetPassword({ linkId, body: { secret, password }, idempotencyKey }),
    () => '/',
  );
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '' },
    validate: {
      password: (password) =>
        password.length >= shortestPassword ? null : t('link.account.passwordShort', { count: shortestPassword }),
    },
  });
  return (
    <NarrowCard title={t('link.reset.title')} lead={t('link.reset.lead', { email })}>
      <form onSubmit={form.onSubmit(({ password }) => reset.start(password))} noValidate>
        <Stack>
          <ProblemAlert error={reset.error} onRetry={reset.retry} />
          <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
          <PasswordInput
            label={t('link.account.newPassword')}
            description={t('link.account.passwordRule', { count: shortestPassword })}
            autoComplete="new-password"
            autoFocus
            visibilityToggleButtonProps={{ 'aria-label': t('link.account.showPassword') }}
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={reset.isPending}>
            {t('link.reset.submit')}
          </Button>
        </Stack>
      </form>
    </NarrowCard>
  );
}
