import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useRouter } from '@tanstack/react-router';
import { announce } from '../../components/announcer.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import { useText } from '../../text/use-text.ts';

/** Makes a free team: a name, and its owner is in it. */
export function MakeTeam({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText();
  const router = useRouter();
  const make = useAction({
    run: (name: string, idempotencyKey) => api.makeTeam({ body: { name }, idempotencyKey }),
    onDone: async (team) => {
      announce(t('team.make.done', { name: team.name }));
      await router.navigate({ to: '/teams/$teamId', params: { teamId: team.id } });
    },
    changes: [queryKeys.teams, queryKeys.me],
    failure: 'page',
  });
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '' },
    validate: { name: (name) => (name.trim() ? null : t('team.fault.nameMissing')) },
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('team.make')}
      closeButtonProps={{ 'aria-label': t('component.close') }}
    >
      <form onSubmit={form.onSubmit(({ name }) => make.start(name.trim()))} noValidate>
        <Stack>
          <ProblemAlert error={make.error} onRetry={make.retry} />
          <TextInput
            label={t('team.make.name')}
            description={t('team.make.hint')}
            maxLength={80}
            data-autofocus
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              {t('team.make.free')}
            </Text>
            <Button type="submit" loading={make.isPending}>
              {t('team.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
