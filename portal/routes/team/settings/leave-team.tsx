import { Group, Text } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import type { Team } from '../../../../contract/team.ts';
import { ConfirmButton } from '../../../components/confirm-button.tsx';
import { Panel } from '../../../components/panel.tsx';
import { showMessage } from '../../../components/show-message.ts';
import { api } from '../../../data/api.ts';
import { queryKeys } from '../../../data/query-key.ts';
import { useAction } from '../../../data/use-action.tsx';
import { useText } from '../../../text/use-text.ts';

/** The way out of a team for everybody but its owner. */
export function LeaveTeam({ team, isOwner }: { team: Team; isOwner: boolean }) {
  const t = useText();
  const router = useRouter();
  const leave = useAction({
    run: (memberId: string) => api.removeMember({ teamId: team.id, memberId }),
    onDone: () => {
      showMessage(t('team.person.left', { team: team.name }));
      return router.navigate({ to: '/teams' });
    },
    changes: [queryKeys.teams, queryKeys.me, queryKeys.entitlements],
  });
  const memberId = team.mine?.memberId;
  return (
    <Panel title={t('team.settings.leave')} hint={isOwner ? undefined : t('team.settings.leaveHint')}>
      {isOwner || !memberId ? (
        <Text size="sm">{t('team.settings.ownerStays')}</Text>
      ) : (
        <Group>
          <ConfirmButton
            tone="bad"
            question={t('team.person.leaveQuestion', { team: team.name })}
            consequence={t('team.person.leaveText')}
            loading={leave.isPending}
            onConfirm={() => leave.start(memberId)}
          >
            {t('team.settings.leave')}
          </ConfirmButton>
        </Group>
      )}
    </Panel>
  );
}
