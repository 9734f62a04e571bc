import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { TextLink } from '../../components/link.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { api } from '../../data/api.ts';
import { useMe } from '../../data/me.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import { useLanguage, useText } from '../../text/use-text.ts';
import { shortestPassword } from '../account/person-rule.ts';
import type { Opened } from './opened-link.ts';

export type LinkAccount = Opened<'claimTeam'>['account'];

/** What somebody gives who has no account yet. */
export interface NewAccount {
  name: string;
  password: string;
  language: 'en' | 'de' | 'cs';
}

interface AccountGateProps {
  account: LinkAccount;
  linkId: string;
  /** The button's words for somebody with an account and for somebody who makes one on the way. */
  submit: string;
  submitNew: string;
  isPending: boolean;
  onSubmit: (account?: NewAccount) => void;
}

/** Leads whoever opened a link to the account that it is for, then to the one click that acts. */
export function AccountGate({ account, linkId, submit, submitNew, isPending, onSubmit }: AccountGateProps) {
  const t = useText();
  const { email, state } = account;
  switch (state) {
    case 'none':
      return (
        <Choice text={t('link.account.new', { email })}>
          <NewAccountForm email={email} submit={submitNew} isPending={isPending} onSubmit={onSubmit} />
        </Choice>
      );
    case 'unconfirmed':
      return (
        <Choice text={t('link.account.unconfirmed', { email })}>
          <NewAccountForm email={email} submit={submitNew} isPending={isPending} onSubmit={onSubmit} />
        </Choice>
      );
    case 'known':
      return (
        <Choice text={t('link.account.known', { email })}>
          <SignInForm email={email} linkId={linkId} />
        </Choice>
      );
    case 'otherSignedIn':
      return <SignOut email={email} linkId={linkId} />;
    case 'signedIn':
      return (
        <Choice text={t('link.account.signedIn', { email })}>
          <Group>
            <Button loading={isPending} onClick={() => onSubmit()}>
              {submit}
            </Button>
          </Group>
        </Choice>
      );
  }
}

function Choice({ text, children }: { text: string; children: ReactNode }) {
  return (
    <Stack>
      <Text size="sm">{text}</Text>
      {children}
    </Stack>
  );
}

interface NewAccountFormProps extends Pick<AccountGateProps, 'isPending' | 'onSubmit'> {
  email: string;
  submit: string;
}

function NewAccountForm({ email, submit, isPending, onSubmit }: NewAccountFormProps) {
  const t = useText();
  const language = useLanguage();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', password: '' },
    validate: {
      name: (name) => (name.trim() ? null : t('link.account.nameMissing')),
      password: (password) =>
        password.length >= shortestPassword ? null : t('link.account.passwordShort', { count: shortestPassword }),
    },
  });
  return (
    <form onSubmit={form.onSubmit((person) => onSubmit({ ...person, language }))} noValidate>
      <Stack>
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <TextInput
          label={t('link.account.name')}
          autoComplete="name"
          maxLength={120}
          autoFocus
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <PasswordInput
          label={t('link.account.password')}
          description={t('link.account.passwordRule', { count: shortestPassword })}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('link.account.showPassword') }}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={isPending}>
          {submit}
        </Button>
      </Stack>
    </form>
  );
}

/** Whose session it is decides what the link shows: both are read again. */
function useAccountChanged(linkId: string): () => Promise<unknown> {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [queryKeys.me, queryKeys.link(linkId)].map((queryKey) =>
        client.invalidateQueries({ queryKey, refetchType: 'all' }),
      ),
    );
}

function SignInForm({ email, linkId }: { email: string; linkId: string }) {
  const t = useText();
  const signIn = useAction({
    run: (password: string) => api.signIn({ body: { email, password } }),
    onDone: useAccountChanged(linkId),
    failure: 'page',
  });
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '' },
    validate: { password: (password) => (password ? null : t('link.account.passwordMissing')) },
  });
  return (
    <form onSubmit={form.onSubmit(({ password }) => signIn.start(password))} noValidate>
      <Stack>
        <ProblemAlert error={signIn.error} onRetry={signIn.retry} />
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordInput
          label={t('link.account.password')}
          autoComplete="current-password"
          autoFocus
          visibilityToggleButtonProps={{ 'aria-label': t('link.account.showPassword') }}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <Button type="submit" loading={signIn.isPending}>
          {t('link.account.signIn')}
        </Button>
        <TextLink to="/forgot" size="sm" ta="center">
          {t('link.account.forgot')}
        </TextLink>
      </Stack>
    </form>
  );
}

function SignOut({ email, linkId }: { email: string; linkId: string }) {
  const t = useText();
  const other = useMe()?.account.email ?? '';
  const signOut = useAction({ run: () => api.signOut(), onDone: useAccountChanged(linkId) });
  return (
    <Choice text={t('link.account.other', { other, email })}>
      <Group>
        <Button variant="default" loading={signOut.isPending} onClick={() => signOut.start()}>
          {t('link.account.signOut')}
        </Button>
      </Group>
    </Choice>
  );
}
