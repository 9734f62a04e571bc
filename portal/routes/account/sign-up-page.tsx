import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { TextLink } from '../../components/link.tsx';
import { NarrowCard } from '../../components/narrow-card.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useDeployment } from '../../data/deployment.ts';
import { useSignUp } from '../../data/sign-in.ts';
import { useText } from '../../text/use-text.ts';
import { CheckMail } from './check-mail.tsx';
import { isEmailAddress, shortestPassword } from './person-rule.ts';

export function SignUpPage() {
  const t = useText();
  const { vendorName } = useDeployment();
  const signUp = useSignUp();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email: '', password: '' },
    validate: {
      name: (name) => (name.trim() ? null : t('account.fault.nameMissing')),
      email: (email) => (isEmailAddress(email) ? null : t('account.fault.emailInvalid')),
      password: (password) =>
        password.length >= shortestPassword ? null : t('account.fault.passwordShort', { count: shortestPassword }),
    },
  });
  if (signUp.isDone && signUp.input) {
    return (
      <CheckMail
        title={t('account.signUp.checkMail.title')}
        text={t('account.signUp.checkMail.text', { email: signUp.input.email })}
      />
    );
  }
  return (
    <NarrowCard
      title={t('account.signUp.title')}
      lead={t('account.signUp.lead', { vendor: vendorName })}
      footer={
        <>
          {t('account.signUp.haveAccount')}{' '}
          <TextLink to="/sign-in" underline="always">
            {t('account.signInLink')}
          </TextLink>
        </>
      }
    >
      <form onSubmit={form.onSubmit(signUp.start)} noValidate>
        <Stack>
          <ProblemAlert error={signUp.error} onRetry={signUp.retry} />
          <TextInput
            label={t('account.name')}
            autoComplete="name"
            autoFocus
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('account.email')}
            type="email"
            autoComplete="username"
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('account.password')}
            description={t('account.passwordRule', { count: shortestPassword })}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={signUp.isPending}>
            {t('account.signUp.submit')}
          </Button>
        </Stack>
      </form>
    </NarrowCard>
  );
}
