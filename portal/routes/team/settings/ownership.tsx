import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Member, Team } from '../../../../contract/team.ts';
import { Loaded } from '../../../components/loaded.tsx';
import { LoadingRows } from '../../../components/loading.tsx';
import { Panel } from '../../../components/panel.tsx';
import { showMessage } from '../../../components/show-message.ts';
import { api } from '../../../data/api.ts';
import { queryKeys } from '../../../data/query-key.ts';
import { useAction } from '../../../data/use-action.tsx';
import { useText } from '../../../text/use-text.ts';
import { membersQuery } from '../team-query.ts';

/** Whose the team is, and for the owner the way to hand it over. */
export function Ownership({ team, isOwner }: { team: Team; isOwner: boolean }) {
  const t = useText();
  return (
    <Panel title={t('team.settings.ownership')}>
      <Stack>
        <Text size="sm">{t('team.settings.owner', { name: team.owner.name, email: team.owner.email })}</Text>
        {isOwner && <HandOver team={team} />}
      </Stack>
    </Panel>
  );
}

function HandOver({ team }: { team: Team }) {
  const t = useText();
  const members = useQuery(membersQuery(team.id));
  const offer = useAction({
    run: (member: Member | null, idempotencyKey) =>
      api.offerOwnership({ teamId: team.id, body: { memberId: member?.id ?? null }, idempotencyKey }),
    onDone: (_, member) =>
      showMessage(member ? t('team.person.offered', { name: member.name }) : t('team.settings.offerWithdrawn')),
    changes: [queryKeys.team(team.id)],
  });
  return (
    <Loaded query={members} loading={<LoadingRows rows={1} />}>
      {(people) => {
        const next = people.find(({ id }) => id === team.nextOwnerMemberId);
        if (!next) return <OfferForm people={people} isPending={offer.isPending} onOffer={offer.start} />;
        return (
          <Group justify="space-between">
            <Text size="sm">{t('team.settings.offeredTo', { name: next.name })}</Text>
            <Button variant="default" loading={offer.isPending} onClick={() => offer.start(null)}>
              {t('team.settings.withdrawOffer')}
            </Button>
          </Group>
        );
      }}
    </Loaded>
  );
}

/** So few that the list need not scroll: typing finds everybody else. */
const shownMatches = 8;

interface OfferFormProps {
  people: readonly Member[];
  isPending: boolean;
  onOffer: (member: Member) => void;
}

function OfferForm({ people, isPending, onOffer }: OfferFormProps) {
  const t = useText();
  const [memberId, setMemberId] = useState<string | null>(null);
  const candidates = people.filter(
    ({ state, external, role }) => state === 'accepted' && !external && role !== 'owner',
  );
  const chosen = candidates.find(({ id }) => id === memberId);
  if (candidates.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('team.settings.offerNobody')}
      </Text>
    );
  }
  return (
    <Stack gap="sm" align="flex-start">
      <Select
        w="100%"
        label={t('team.settings.offerTo')}
        description={t('team.settings.offerHint')}
        data={candidates.map(({ id, name, email }) => ({ value: id, label: `${name} · ${email}` }))}
        searchable
        clearable
        limit={shownMatches}
        withScrollArea={false}
        value={memberId}
        onChange={setMemberId}
      />
      <Button variant="default" disabled={!chosen} loading={isPending} onClick={() => chosen && onOffer(chosen)}>
        {t('team.settings.offer')}
      </Button>
    </Stack>
  );
}
