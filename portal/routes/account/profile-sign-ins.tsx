import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { SignInPlace } from '../../../contract/account.ts';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { ToneBadge } from '../../components/state-badge.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useText } from '../../text/use-text.ts';
import { browserName } from './browser-name.ts';
import { EndSignIn } from './end-sign-in.tsx';

/** Where the account is signed in, with the ways out. */
export function ProfileSignIns() {
  const t = useText();
  const signIns = useQuery({ queryKey: queryKeys.signIns, queryFn: ({ signal }) => api.listSignIns({ signal }) });
  const items = signIns.data?.items ?? [];
  return (
    <Panel
      title={t('account.signIns')}
      hint={t('account.signIns.hint')}
      actions={
        items.length > 1 && (
          <EndSignIn signInId={null} question={t('account.signIns.endOthers.question')}>
            {t('account.signIns.endOthers')}
          </EndSignIn>
        )
      }
    >
      <Stack>
        <ProblemAlert error={signIns.error} onRetry={() => void signIns.refetch()} />
        <Stack component="ul" gap="sm" m={0} p={0}>
          {items.map((place) => (
            <Place key={place.id} place={place} />
          ))}
        </Stack>
      </Stack>
    </Panel>
  );
}

function Place({ place: { id, applicationName, place, signedInAt, usedAt, isCurrent } }: { place: SignInPlace }) {
  const t = useText();
  const browser = place && browserName(place);
  const name = applicationName ?? (browser || t('account.signIns.browser'));
  return (
    <Group component="li" justify="space-between" wrap="nowrap">
      <div>
        <Text size="sm" fw={600} component="div">
          {applicationName && place ? `${name} · ${place}` : name}{' '}
          {isCurrent && <ToneBadge tone="good">{t('account.signIns.here')}</ToneBadge>}
        </Text>
        <Text size="sm" c="dimmed" component="div">
          {t('account.signIns.since')} <Moment at={signedInAt} />
          {usedAt && (
            <>
              {' · '}
              {t('account.signIns.used')} <Moment at={usedAt} />
            </>
          )}
        </Text>
      </div>
      {isCurrent || (
        <EndSignIn signInId={id} name={name} question={t('account.signIns.end.question', { name })}>
          {t('account.signIns.end')}
        </EndSignIn>
      )}
    </Group>
  );
}
