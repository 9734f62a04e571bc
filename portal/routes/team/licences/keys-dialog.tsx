import { Modal, Table, Text } from '@mantine/core';
import { Keys } from '../../../components/keys.tsx';
import type { TextId } from '../../../text/en.ts';
import { useText } from '../../../text/use-text.ts';

const lines: readonly { keys: readonly string[]; textId: TextId }[] = [
  { keys: ['↓', 'J', '↑', 'K'], textId: 'team.keys.rows' },
  { keys: ['←', '→'], textId: 'team.keys.columns' },
  { keys: ['Space'], textId: 'team.keys.toggle' },
  { keys: ['M'], textId: 'team.keys.move' },
  { keys: ['X'], textId: 'team.keys.select' },
  { keys: ['O'], textId: 'team.keys.menu' },
  { keys: ['/'], textId: 'team.keys.search' },
  { keys: ['G', 'shift+G'], textId: 'team.keys.edges' },
  { keys: ['mod+Z'], textId: 'team.keys.undo' },
  { keys: ['escape'], textId: 'team.keys.escape' },
  { keys: ['?'], textId: 'team.keys.help' },
];

/** The keys that the table of people listens to. */
export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useText();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('team.keys.title')}
      closeButtonProps={{ 'aria-label': t('component.close') }}
    >
      <Text size="sm" c="dimmed" mb="sm">
        {t('team.keys.lead')}
      </Text>
      <Table verticalSpacing={5} highlightOnHover={false}>
        <Table.Tbody>
          {lines.map(({ keys, textId }) => (
            <Table.Tr key={textId}>
              <Table.Th scope="row" fw={400}>
                {t(textId)}
              </Table.Th>
              <Table.Td>
                <span style={{ display: 'flex', gap: 6, justifyContent: 'flex-end' }}>
                  {keys.map((key) => (
                    <Keys key={key} of={key} />
                  ))}
                </span>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
