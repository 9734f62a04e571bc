import { Table } from '@mantine/core';
import type { Member } from '../../../../contract/team.ts';
import { ListTable } from '../../../components/list-table.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useText } from '../../../text/use-text.ts';

/** Who is in the team, for those who manage nothing. */
export function PeopleList({ members }: { members: readonly Member[] }) {
  const t = useText();
  return (
    <Panel title={t('team.people.title')} flush>
      <ListTable label={t('team.people.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('team.people.name')}</Table.Th>
            <Table.Th>{t('team.people.email')}</Table.Th>
            <Table.Th>{t('team.people.role')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {members.map(({ id, name, email, role }) => (
            <Table.Tr key={id}>
              <Table.Th scope="row" fw={550}>
                {name}
              </Table.Th>
              <Table.Td>{email}</Table.Td>
              <Table.Td>{t(`team.role.${role}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </ListTable>
    </Panel>
  );
}
