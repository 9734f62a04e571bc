import { Modal, Select, Stack, Text } from '@mantine/core';
import type { Member } from '../../../../contract/team.ts';
import { searchKey } from '../../../../domain/search-key.ts';
import { useText } from '../../../text/use-text.ts';
import type { MoveQuestion } from './table-actions.ts';

/** So few that the list need not scroll: typing finds everybody else. */
const shownMatches = 8;

interface MoveDialogProps {
  question: MoveQuestion | undefined;
  /** Who can be at the other end, by name. */
  candidates: readonly Member[];
  onChoose: (memberId: string) => void;
  onClose: () => void;
}

/** Asks for the other end of a move: typing finds the person, Enter moves. */
export function MoveDialog({ question, candidates, onChoose, onClose }: MoveDialogProps) {
  const t = useText();
  const product = question?.product.name ?? '';
  const isFrom = question !== undefined && 'from' in question;
  const name = question === undefined ? '' : ('from' in question ? question.from : question.to).name;
  return (
    <Modal
      opened={question !== undefined}
      onClose={onClose}
      size="lg"
      returnFocus={false}
      title={t('team.move.title', { product })}
      closeButtonProps={{ 'aria-label': t('component.close') }}
    >
      <Stack gap="sm">
        <Text size="sm">{t(isFrom ? 'team.move.from' : 'team.move.hintTo', { name })}</Text>
        <Select
          label={t(isFrom ? 'team.move.person' : 'team.move.to')}
          placeholder={t('team.move.placeholder')}
          data={candidates.map((member) => ({ value: member.id, label: labelOf(member, t) }))}
          searchable
          data-autofocus
          defaultDropdownOpened
          selectFirstOptionOnChange
          limit={shownMatches}
          withScrollArea={false}
          comboboxProps={{ withinPortal: true }}
          nothingFoundMessage={t('team.move.nobody')}
          filter={({ options, search, limit }) =>
            options.filter((option) => 'label' in option && matches(option.label, search)).slice(0, limit)
          }
          onChange={(memberId) => memberId && onChoose(memberId)}
        />
      </Stack>
    </Modal>
  );
}

function labelOf(member: Member, t: ReturnType<typeof useText>): string {
  const label = `${member.name} · ${member.email}`;
  return member.state === 'invited' ? t('team.move.invited', { name: label }) : label;
}

function matches(label: string, search: string): boolean {
  const key = searchKey(label);
  return searchKey(search)
    .split(' ')
    .every((word) => key.includes(word));
}
