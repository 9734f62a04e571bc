import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { getRouteApi } from '@tanstack/react-router';
import { TextLink } from '../../components/link.tsx';
import { NarrowCard } from '../../components/narrow-card.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useDeployment } from '../../data/deployment.ts';
import { useSignIn } from '../../data/sign-in.ts';
import { useText } from '../../text/use-text.ts';
import { DemoSignIns } from './demo-sign-ins.tsx';
import { isEmailAddress } from './person-rule.ts';

const route = getRouteApi('/plain/sign-in');

export function SignInPage() {
  const t = useText();
  const { vendorName, demo } = useDeployment();
  const { to = '/' } = route.useSearch();
  const signIn = useSignIn(to);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: {
      email: (email) => (isEmailAddress(email) ? null : t('account.fault.emailInvalid')),
      password: (password) => (password ? null : t('account.fault.passwordMissing')),
    },
  });
  return (
    <>
      <NarrowCard
        title={t('account.signIn.title')}
        lead={t('account.signIn.lead', { vendor: vendorName })}
        footer={
          <>
            {t('account.signIn.noAccount')}{' '}
            <TextLink to="/sign-up" underline="always">
              {t('account.signUpLink')}
            </TextLink>
          </>
        }
      >
        <form onSubmit={form.onSubmit(signIn.start)} noValidate>
          <Stack>
            <ProblemAlert error={signIn.error} onRetry={signIn.retry} />
            <TextInput
              label={t('account.email')}
              type="email"
              autoComplete="username"
              data-autofocus
              autoFocus
              key={form.key('email')}
              {...form.getInputProps('email')}
            />
            <PasswordInput
              label={t('account.password')}
              autoComplete="current-password"
              visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
              key={form.key('password')}
              {...form.getInputProps('password')}
            />
            <Button type="submit" loading={signIn.isPending}>
              {t('account.signIn.submit')}
            </Button>
            <TextLink to="/forgot" size="sm" ta="center">
              {t('account.forgotLink')}
            </TextLink>
          </Stack>
        </form>
      </NarrowCard>
      {demo && <DemoSignIns onChoose={signIn.start} isPending={signIn.isPending} chosen={signIn.input?.email} />}
    </>
  );
}
