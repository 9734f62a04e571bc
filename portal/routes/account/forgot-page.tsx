import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { TextLink } from '../../components/link.tsx';
import { NarrowCard } from '../../components/narrow-card.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { usePasswordReset } from '../../data/sign-in.ts';
import { useText } from '../../text/use-text.ts';
import { CheckMail } from './check-mail.tsx';
import { isEmailAddress } from './person-rule.ts';

export function ForgotPage() {
  const t = useText();
  const reset = usePasswordReset();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '' },
    validate: { email: (email) => (isEmailAddress(email) ? null : t('account.fault.emailInvalid')) },
  });
  if (reset.isDone && reset.input) {
    return (
      <CheckMail title={t('account.forgot.sent.title')} text={t('account.forgot.sent.text', { email: reset.input })} />
    );
  }
  return (
    <NarrowCard
      title={t('account.forgot.title')}
      lead={t('account.forgot.lead')}
      footer={<TextLink to="/sign-in">{t('account.signInLink')}</TextLink>}
    >
      <form onSubmit={form.onSubmit(({ email }) => reset.start(email))} noValidate>
        <Stack>
          <ProblemAlert error={reset.error} onRetry={reset.retry} />
          <TextInput
            label={t('account.email')}
            type="email"
            autoComplete="username"
            autoFocus
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <Button type="submit" loading={reset.isPending}>
            {t('account.forgot.submit')}
          </Button>
        </Stack>
      </form>
    </NarrowCard>
  );
}
