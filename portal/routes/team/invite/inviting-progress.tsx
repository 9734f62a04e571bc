import { Alert, Button, Group, List, Progress, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconMailCheck } from '@tabler/icons-react';
import { useFormat } from '../../../text/use-format.ts';
import { useText } from '../../../text/use-text.ts';
import type { Inviting } from './use-inviting.ts';

/** How far the invitations are, with a bar. */
export function InvitingProgress({ state }: { state: Inviting }) {
  const t = useText();
  const text = t(state.step === 'reserving' ? 'team.invite.reserving' : 'team.invite.progress', {
    done: state.done,
    total: state.total,
  });
  return (
    <Stack gap="xs" py="md" role="status">
      <Text size="sm">{text}</Text>
      <Progress value={state.total === 0 ? 0 : (100 * state.done) / state.total} animated aria-label={text} />
    </Stack>
  );
}

interface InvitingResultProps {
  state: Inviting;
  onAgain: () => void;
  onClose: () => void;
}

const namedAddresses = 8;

/** What became of the invitations, in numbers and, where something was left out, by address. */
export function InvitingResult({ state: { summary, reserved, product }, onAgain, onClose }: InvitingResultProps) {
  const t = useText();
  const format = useFormat();
  if (!summary) return null;
  const { invited, others, unsent, stoppedBy } = summary;
  const named = (emails: readonly string[]) => {
    const first = format.list(emails.slice(0, namedAddresses));
    const more = emails.length - namedAddresses;
    return more > 0
      ? t('team.invite.result.more', { list: emails.slice(0, namedAddresses).join(', '), count: more })
      : first;
  };
  const left = (['alreadyMember', 'invalidEmail', 'repeated'] as const).filter((why) => others[why].length > 0);
  return (
    <Stack>
      <Alert variant="light" color={invited.length > 0 ? 'green' : 'yellow'} icon={<IconMailCheck />} role="status">
        <Text size="sm" fw={600}>
          {t('team.invite.result.invited', { count: invited.length })}
        </Text>
        {reserved && product && (
          <Text size="sm">
            {t('team.invite.result.reserved', { count: reserved.done.length, product: product.name })}
          </Text>
        )}
      </Alert>
      {left.length > 0 && (
        <List size="sm" spacing={4}>
          {left.map((why) => (
            <List.Item key={why}>{t(`team.invite.result.${why}`, { list: named(others[why]) })}</List.Item>
          ))}
        </List>
      )}
      {stoppedBy && (
        <Alert variant="light" color="red" icon={<IconAlertCircle />} title={t(`problem.${stoppedBy}`)} role="alert">
          {t('team.invite.result.stopped', { count: unsent })} {t(`wayOut.${stoppedBy}`)}
        </Alert>
      )}
      {reserved?.stoppedBy && (
        <Alert variant="light" color="red" icon={<IconAlertCircle />} role="alert">
          {t('team.invite.result.reserveStopped', {
            count: reserved.left + reserved.refused,
            reason: t(`problem.${reserved.stoppedBy}`),
          })}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onAgain}>
          {t('team.invite.again')}
        </Button>
        <Button onClick={onClose} data-autofocus>
          {t('team.invite.done')}
        </Button>
      </Group>
    </Stack>
  );
}
