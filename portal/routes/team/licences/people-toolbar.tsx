import { ActionIcon, CloseButton, Group, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { IconKeyboard, IconSearch } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { Keys } from '../../../components/keys.tsx';
import { useFormat } from '../../../text/use-format.ts';
import { useText } from '../../../text/use-text.ts';
import classes from './people-toolbar.module.css';
import type { PeopleFilter, PeopleView } from './people-view.ts';
import { peopleFilters } from './people-view.ts';

interface PeopleToolbarProps {
  view: PeopleView;
  counts: Record<PeopleFilter, number>;
  searchField: RefObject<HTMLInputElement | null>;
  onView: (change: Partial<PeopleView>) => void;
  onKeys: () => void;
  /** Goes from the search to the first row. */
  onEnterTable: () => void;
}

/** Search and filter of the table. */
export function PeopleToolbar({ view, counts, searchField, onView, onKeys, onEnterTable }: PeopleToolbarProps) {
  const t = useText();
  const format = useFormat();
  return (
    <Group gap="sm" className={classes.bar ?? ''}>
      <TextInput
        ref={searchField}
        className={classes.search ?? ''}
        type="search"
        aria-label={t('team.people.search')}
        placeholder={t('team.people.search')}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={
          view.search ? (
            <CloseButton size="sm" aria-label={t('team.people.showAll')} onClick={() => onView({ search: '' })} />
          ) : (
            <Keys of="/" />
          )
        }
        value={view.search}
        onChange={(event) => onView({ search: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onView({ search: '' });
          if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
          event.preventDefault();
          onEnterTable();
        }}
      />
      <SegmentedControl
        className={classes.filter ?? ''}
        size="xs"
        aria-label={t('team.people.filter')}
        value={view.filter}
        // The control gives back one of the values it was given.
        onChange={(filter) => onView({ filter: filter as PeopleFilter })}
        data={peopleFilters.map((filter) => ({
          value: filter,
          label: (
            <>
              {t(`team.people.filter.${filter}`)} <span className={classes.count}>{format.number(counts[filter])}</span>
            </>
          ),
        }))}
      />
      <Tooltip label={t('team.people.keys')}>
        <ActionIcon size="lg" aria-label={t('team.people.keys')} onClick={onKeys} visibleFrom="sm">
          <IconKeyboard size={19} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
