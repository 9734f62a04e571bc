import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { showMessage } from '../../components/show-message.ts';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import { useText } from '../../text/use-text.ts';
import { isEmailAddress } from '../account/person-rule.ts';

interface Unclaimed {
  id: string;
  name: string;
  ownerEmail: string;
}

interface CorrectOwnerProps {
  team: Unclaimed;
  customerId: string;
}

/** A button that corrects the owner's address of a team which nobody has confirmed yet. */
export function CorrectOwner({ team, customerId }: CorrectOwnerProps) {
  const t = useText();
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={open}>
        {t('desk.team.correctOwner')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('desk.team.correctOwner.title', { team: team.name })}
        closeButtonProps={{ 'aria-label': t('component.close') }}
      >
        <CorrectOwnerForm team={team} customerId={customerId} onDone={close} />
      </Modal>
    </>
  );
}

/** The form alone, for dialogues that are open already. */
export function CorrectOwnerForm({ team, customerId, onDone }: CorrectOwnerProps & { onDone: () => void }) {
  const t = useText();
  const correct = useAction({
    run: (ownerEmail: string, idempotencyKey) =>
      api.correctOwner({ teamId: team.id, body: { ownerEmail }, idempotencyKey }),
    onDone: (_, email) => {
      showMessage(t('desk.team.correctOwner.done', { email }));
      onDone();
    },
    changes: [queryKeys.customer(customerId), queryKeys.orders],
    failure: 'page',
  });
  const form = useForm({
    initialValues: { ownerEmail: team.ownerEmail },
    validate: { ownerEmail: (email) => (isEmailAddress(email) ? null : t('desk.customer.fault.email')) },
  });
  return (
    <form onSubmit={form.onSubmit(({ ownerEmail }) => correct.start(ownerEmail.trim()))} noValidate>
      <Stack>
        <Text size="sm">{t('desk.team.correctOwner.text')}</Text>
        <ProblemAlert error={correct.error} onRetry={correct.retry} />
        <TextInput
          label={t('desk.team.ownerEmail')}
          type="email"
          data-autofocus
          {...form.getInputProps('ownerEmail')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t('component.cancel')}
          </Button>
          <Button type="submit" loading={correct.isPending}>
            {t('desk.team.correctOwner.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
