import { Table, Text } from '@mantine/core';
import type { Team } from '../../../contract/team.ts';
import { TextLink } from '../../components/link.tsx';
import { ListTable } from '../../components/list-table.tsx';
import { ToneBadge } from '../../components/state-badge.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/use-text.ts';

/** Teams, one row each; the name leads into the team. */
export function TeamList({ teams }: { teams: readonly Team[] }) {
  const t = useText();
  return (
    <ListTable label={t('team.list.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('team.list.name')}</Table.Th>
          <Table.Th>{t('team.list.customer')}</Table.Th>
          <Table.Th>{t('team.list.role')}</Table.Th>
          <Table.Th ta="right">{t('team.list.people')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {teams.map((team) => (
          <TeamRow key={team.id} team={team} />
        ))}
      </Table.Tbody>
    </ListTable>
  );
}

function TeamRow({ team }: { team: Team }) {
  const t = useText();
  const format = useFormat();
  const isOffered = team.mine !== null && team.mine.memberId === team.nextOwnerMemberId;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <TextLink to="/teams/$teamId" params={{ teamId: team.id }} fw={600}>
          {team.name}
        </TextLink>
        {!team.claimed && <ToneBadge tone="waiting">{t('team.unclaimed')}</ToneBadge>}
        {isOffered && <ToneBadge tone="active">{t('team.list.offered')}</ToneBadge>}
      </Table.Th>
      <Table.Td>
        {team.customer && (
          <>
            {team.customer.name}{' '}
            <Text span size="xs" c="dimmed">
              {team.customer.customerNumber}
            </Text>
          </>
        )}
      </Table.Td>
      <Table.Td>{team.mine && t(`team.role.${team.mine.role}`)}</Table.Td>
      <Table.Td ta="right">{format.number(team.memberCount)}</Table.Td>
    </Table.Tr>
  );
}
