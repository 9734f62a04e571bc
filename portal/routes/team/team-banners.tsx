import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconCrown, IconMailQuestion } from '@tabler/icons-react';
import type { Team } from '../../../contract/team.ts';
import { showMessage } from '../../components/show-message.ts';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import { useText } from '../../text/use-text.ts';

/** What waits for somebody's yes in this team. */
export function TeamBanners({ team }: { team: Team }) {
  const isOffered = team.mine !== null && team.nextOwnerMemberId === team.mine.memberId;
  return (
    <>
      {!team.claimed && <UnclaimedBanner team={team} />}
      {isOffered && <OwnershipBanner team={team} />}
    </>
  );
}

function UnclaimedBanner({ team }: { team: Team }) {
  const t = useText();
  return (
    <Alert mb="lg" variant="light" color="yellow" icon={<IconMailQuestion />} title={t('team.banner.unclaimed')}>
      {t('team.banner.unclaimedText', { email: team.owner.email })}
    </Alert>
  );
}

function OwnershipBanner({ team }: { team: Team }) {
  const t = useText();
  const accept = useAction<void>({
    run: (_, idempotencyKey) => api.acceptOwnership({ teamId: team.id, idempotencyKey }),
    onDone: () => showMessage(t('team.banner.accepted', { team: team.name })),
    changes: [queryKeys.team(team.id), queryKeys.teams],
  });
  const owner = team.owner.name;
  return (
    <Alert mb="lg" variant="light" icon={<IconCrown />} title={t('team.banner.offered', { owner })}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{t('team.banner.offeredText', { owner })}</Text>
        <Button loading={accept.isPending} onClick={() => accept.start()}>
          {t('team.banner.accept')}
        </Button>
      </Stack>
    </Alert>
  );
}
