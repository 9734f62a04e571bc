import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { showMessage } from '../../components/show-message.ts';
import { ToneBadge } from '../../components/state-badge.tsx';
import { useSignedIn } from '../../data/me.ts';
import { useChangeMe } from '../../data/sign-in.ts';
import { useText } from '../../text/use-text.ts';

/** Name, address and roles of the account. */
export function ProfilePerson() {
  const t = useText();
  const { account, staff, agentOf } = useSignedIn();
  const change = useChangeMe(() => showMessage(t('account.profile.saved')));
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: account.name },
    validate: { name: (name) => (name.trim() ? null : t('account.fault.nameMissing')) },
  });
  return (
    <Panel
      title={t('account.profile.person')}
      actions={
        <>
          {agentOf && (
            <ToneBadge tone="neutral">{t('account.profile.agent', { partner: agentOf.partnerName })}</ToneBadge>
          )}
          {staff && <ToneBadge tone="neutral">{t('account.profile.staff')}</ToneBadge>}
        </>
      }
    >
      <form onSubmit={form.onSubmit(change.start)}>
        <Stack>
          <ProblemAlert error={change.error} onRetry={change.retry} />
          <TextInput
            label={t('account.name')}
            autoComplete="name"
            maxLength={120}
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('account.email')}
            description={t('account.profile.emailHint')}
            value={account.email}
            readOnly
          />
          <Group>
            <Button type="submit" loading={change.isPending}>
              {t('component.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
