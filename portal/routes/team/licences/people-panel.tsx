import { Button, Card, Checkbox, Group, Text, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconFileImport, IconUserPlus, IconUserSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId, useMemo, useRef, useState } from 'react';
import type { Member, Team } from '../../../../contract/team.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { useText } from '../../../text/use-text.ts';
import { receiptsQuery } from '../team-query.ts';
import type { TeamStanding } from '../team-standing.ts';
import { BulkBar } from './bulk-bar.tsx';
import type { TeamLicences } from './holding.ts';
import { licenceUses } from './licence-use.ts';
import type { OpenDialog } from './people-dialogs.tsx';
import { PeopleDialogs } from './people-dialogs.tsx';
import { PeopleTable } from './people-table.tsx';
import { PeopleToolbar } from './people-toolbar.tsx';
import type { ProductFigures } from './product-figures.ts';
import { TickLegend } from './tick-legend.tsx';
import { focusTable, useEnterTable } from './use-enter-table.ts';
import { usePeopleTable } from './use-people-table.ts';
import type { TableKeyHandlers } from './use-table-keys.ts';

interface PeoplePanelProps {
  team: Team;
  standing: TeamStanding;
  members: readonly Member[];
  licences: TeamLicences;
  products: readonly ProductFigures[];
}

/** The team's people, with a tick for each licence. */
export function PeoplePanel({ team, standing, members, licences, products }: PeoplePanelProps) {
  const t = useText();
  const titleId = useId();
  const searchField = useRef<HTMLInputElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const [dialog, setDialog] = useState<OpenDialog>();
  const table = usePeopleTable({ team, members, licences, products });
  const { people, selection, actions, bulk, holdings } = table;
  const { shown } = people;
  const receipts = useQuery(receiptsQuery(team.id)).data;
  const uses = useMemo(() => licenceUses(holdings, receipts ?? [], new Date()), [holdings, receipts]);
  const selects = standing.managesLicences && products.length > 0;

  const search = () => searchField.current?.select();
  useHotkeys([['/', () => !document.querySelector('[role="dialog"]') && search()]]);
  const enterTable = useEnterTable(card, people.isSettled);
  const keys: TableKeyHandlers = {
    move: (member, column) =>
      actions.move(
        member,
        products.find(({ productId }) => productId === column),
      ),
    select: (member) => selects && actions.select(member),
    search,
    help: () => setDialog('keys'),
    clear: selection.clear,
  };
  const statuses = useMemo(() => {
    const anyStopped = [...holdings.values()].some(({ works }) => !works);
    return anyStopped ? (['held', 'reserved', 'suspended'] as const) : (['held', 'reserved'] as const);
  }, [holdings]);

  return (
    <Card component="section" aria-labelledby={titleId} ref={card} style={{ overflow: 'visible' }}>
      <Group justify="space-between" mb="md" gap="sm">
        <Title order={2} id={titleId}>
          {t('team.people.title')}
        </Title>
        {standing.managesPeople && <AddButtons onOpen={setDialog} />}
      </Group>
      <PeopleToolbar
        view={people.view}
        counts={people.counts}
        searchField={searchField}
        onView={people.change}
        onKeys={() => setDialog('keys')}
        onEnterTable={enterTable}
      />
      <Group justify="space-between" mb="xs" gap="xs">
        {products.length > 0 && <TickLegend statuses={statuses} />}
        <Text size="sm" c="dimmed" ml="auto" role="status">
          {shown.length < members.length && t('team.people.shown', { shown: shown.length, total: members.length })}
        </Text>
      </Group>
      <Card.Section>
        <PeopleTable
          {...{ products, holdings, uses, standing, actions, keys, selects }}
          people={shown}
          commands={table.commands}
          changed={table.changed}
          selected={selection.ids}
          holderNow={table.holderNow}
          view={people.view}
          onOrder={people.sortBy}
          selectAll={selects && <SelectAll shown={shown.map(({ member }) => member.id)} selection={selection} />}
        />
        {shown.length === 0 && (
          <EmptyState
            icon={IconUserSearch}
            title={t('team.people.none')}
            hint={t('team.people.noneHint')}
            action={
              <Button variant="default" onClick={() => people.change({ search: '', filter: 'all' })}>
                {t('team.people.showAll')}
              </Button>
            }
          />
        )}
      </Card.Section>
      <BulkBar
        products={products}
        count={selection.selected.length}
        progress={bulk.progress}
        onRun={(kind, product) => void bulk.start(kind, product, selection.selected, holdings)}
        onClear={selection.clear}
      />
      <PeopleDialogs
        {...{ team, members, products, table }}
        open={dialog}
        onClose={() => setDialog(undefined)}
        onMoveEnd={() => focusTable(card.current)}
      />
    </Card>
  );
}

function AddButtons({ onOpen }: { onOpen: (dialog: OpenDialog) => void }) {
  const t = useText();
  return (
    <Group gap="xs">
      <Button variant="default" leftSection={<IconFileImport size={17} aria-hidden />} onClick={() => onOpen('file')}>
        {t('team.file.action')}
      </Button>
      <Button leftSection={<IconUserPlus size={17} aria-hidden />} onClick={() => onOpen('invite')}>
        {t('team.invite.action')}
      </Button>
    </Group>
  );
}

interface SelectAllProps {
  shown: readonly string[];
  selection: { ids: ReadonlySet<string>; all: (isAdding: boolean) => void };
}

function SelectAll({ shown, selection }: SelectAllProps) {
  const t = useText();
  const count = shown.filter((id) => selection.ids.has(id)).length;
  return (
    <Checkbox
      size="xs"
      aria-label={t('team.people.selectAll')}
      checked={count > 0 && count === shown.length}
      indeterminate={count > 0 && count < shown.length}
      onChange={(event) => selection.all(event.currentTarget.checked)}
    />
  );
}
