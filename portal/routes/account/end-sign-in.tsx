import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import type { SignInPlace } from '../../../contract/account.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useEndSignIns } from '../../data/sign-in.ts';
import { useText } from '../../text/use-text.ts';
import { AccountName } from './account-name.tsx';

interface EndSignInProps {
  /** Null for every one but this. */
  signInId: SignInPlace['id'] | null;
  question: string;
  /** Which sign-in it is, where several buttons have the same words. */
  name?: string;
  /** The button's words. */
  children: string;
}

/** A button that ends sign-ins, for whoever knows the password. */
export function EndSignIn({ signInId, question, name, children }: EndSignInProps) {
  const t = useText();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button
        variant="default"
        size="compact-sm"
        onClick={open}
        {...(name !== undefined && { 'aria-label': `${children}: ${name}` })}
      >
        {children}
      </Button>
      <Modal opened={opened} onClose={close} title={question} closeButtonProps={{ 'aria-label': t('component.close') }}>
        <EndForm signInId={signInId} onDone={close}>
          {children}
        </EndForm>
      </Modal>
    </>
  );
}

function EndForm({
  signInId,
  onDone,
  children,
}: Pick<EndSignInProps, 'signInId' | 'children'> & { onDone: () => void }) {
  const t = useText();
  const end = useEndSignIns(onDone);
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { currentPassword: '' },
    validate: { currentPassword: (password) => (password ? null : t('account.fault.passwordMissing')) },
  });
  return (
    <form onSubmit={form.onSubmit(({ currentPassword }) => end.start({ currentPassword, signInId }))} noValidate>
      <Stack>
        <Text size="sm">{t('account.signIns.why')}</Text>
        <ProblemAlert error={end.error} onRetry={end.retry} />
        <AccountName />
        <PasswordInput
          label={t('account.profile.currentPassword')}
          autoComplete="current-password"
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
          key={form.key('currentPassword')}
          {...form.getInputProps('currentPassword')}
        />
        <Group justify="flex-end">
          <Button type="submit" color="red" loading={end.isPending}>
            {children}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
