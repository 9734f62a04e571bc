import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { CSSProperties, ReactNode } from 'react';
import { useMemo, useRef } from 'react';
import { useText } from '../../../text/use-text.ts';
import type { TeamStanding } from '../team-standing.ts';
import type { Holdings } from './holding.ts';
import type { LicenceUse } from './licence-use.ts';
import classes from './people-table.module.css';
import type { PeopleOrder, PeopleView, Person } from './people-view.ts';
import { PersonRow } from './person-row.tsx';
import type { ProductFigures } from './product-figures.ts';
import { topOf, totalHeight } from './row-window.ts';
import type { TableActions } from './table-actions.ts';
import type { Issue, LicenceCommands } from './use-licence-commands.ts';
import { useRowSizes } from './use-row-sizes.ts';
import { useRowWindow } from './use-row-window.ts';
import type { TableKeyHandlers } from './use-table-keys.ts';
import { useTableKeys } from './use-table-keys.ts';

interface PeopleTableProps {
  people: readonly Person[];
  products: readonly ProductFigures[];
  holdings: Holdings;
  /** What became of each person's licence, by member. */
  uses: ReadonlyMap<string, LicenceUse>;
  commands: LicenceCommands;
  changed: ReadonlySet<string>;
  selected: ReadonlySet<string>;
  standing: TeamStanding;
  actions: TableActions;
  keys: TableKeyHandlers;
  /** Who has the licence that a refused command was about. */
  holderNow: (issue: Issue) => string | undefined;
  view: PeopleView;
  /** Whether rows can be selected for what is done to many. */
  selects: boolean;
  onOrder: (order: PeopleOrder) => void;
  /** The tick that selects everybody shown. */
  selectAll: ReactNode;
}

/** People by products: one row each, worked by mouse or by keyboard alone, drawn only where it is seen. */
export function PeopleTable(props: PeopleTableProps) {
  const {
    people,
    products,
    holdings,
    uses,
    commands,
    changed,
    selected,
    standing,
    actions,
    holderNow,
    selects,
    selectAll,
  } = props;
  const t = useText();
  const list = useRef<HTMLDivElement>(null);
  const { heights, use, style } = useRowSizes(people, {
    issues: commands.issues,
    uses,
    productCount: products.length,
  });
  const { first, last, reveal } = useRowWindow(list, heights);
  const columns = useMemo(() => ['select', ...products.map(({ productId }) => productId), 'menu'], [products]);
  const { active, onKeyDown, onFocus } = useTableKeys({ list, people, columns, reveal, handlers: props.keys });
  const rows = rowsToDraw(first, last, active.row, people.length);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed freely so that only those seen are drawn, which a table element can't
    <div
      role="grid"
      aria-label={t('team.people.table')}
      aria-rowcount={people.length + 1}
      aria-multiselectable
      tabIndex={-1}
      className={classes.table}
      data-use={use}
      style={{ ...style, ...ticksStyle(products.length) } as CSSProperties}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
    >
      <TableHead {...{ products, selectAll }} view={props.view} onOrder={props.onOrder} />
      {/* biome-ignore lint/a11y/useSemanticElements: the rows of this grid are no table rows */}
      <div role="rowgroup" ref={list} className={classes.list} style={{ height: totalHeight(heights) }}>
        {rows.map((index) => {
          const member = people[index]?.member;
          if (!member) return null;
          const issue = commands.issues.get(member.id);
          return (
            <PersonRow
              key={member.id}
              {...{ member, index, products, holdings, changed, standing, actions, issue, selects }}
              top={topOf(heights, index)}
              use={uses.get(member.id)}
              pending={commands.pending}
              nowWith={issue && holderNow(issue)}
              isSelected={selected.has(member.id)}
              activeColumn={index === active.row ? active.column : undefined}
            />
          );
        })}
      </div>
    </div>
  );
}

/** One column for each product; a team without any has none, which `repeat` cannot say. */
function ticksStyle(count: number): Record<string, string> {
  return count > 0 ? { '--ticks': `repeat(${count}, var(--tick))` } : {};
}

/** The row with the focus is drawn wherever it is, or the focus would be lost with it. */
function rowsToDraw(first: number, last: number, active: number, count: number): number[] {
  const rows = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const isOutside = active < first || active > last;
  return isOutside && active >= 0 && active < count ? [...rows, active].sort((one, other) => one - other) : rows;
}

interface TableHeadProps {
  products: readonly ProductFigures[];
  view: PeopleView;
  onOrder: (order: PeopleOrder) => void;
  selectAll: ReactNode;
}

function TableHead({ products, view, onOrder, selectAll }: TableHeadProps) {
  const t = useText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: the rows of this grid are no table rows
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus
    <div role="row" aria-rowindex={1} className={classes.head}>
      <HeadCell>{selectAll || <VisuallyHidden>{t('team.people.selectColumn')}</VisuallyHidden>}</HeadCell>
      <SortCell order="name" {...{ view, onOrder }} />
      <SortCell order="role" {...{ view, onOrder }} isWide />
      <SortCell order="state" {...{ view, onOrder }} isWide />
      {products.map(({ productId, name }) => (
        <HeadCell key={productId} className={classes.product}>
          {name}
        </HeadCell>
      ))}
      <HeadCell className={classes.useHead}>{t('team.people.use')}</HeadCell>
      <HeadCell>
        <VisuallyHidden>{t('team.people.menuColumn')}</VisuallyHidden>
      </HeadCell>
    </div>
  );
}

function HeadCell({
  className = '',
  sort,
  children,
}: {
  className?: string | undefined;
  sort?: Sorted;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the rows of this grid are no table rows
    // biome-ignore lint/a11y/useFocusableInteractive: what stands in it takes the focus
    <div role="columnheader" className={`${classes.cell} ${className}`} aria-sort={sort}>
      {children}
    </div>
  );
}

type Sorted = 'ascending' | 'descending' | 'none';

interface SortCellProps extends Pick<TableHeadProps, 'view' | 'onOrder'> {
  order: PeopleOrder;
  isWide?: boolean;
}

function SortCell({ order, view, onOrder, isWide = false }: SortCellProps) {
  const t = useText();
  const isSorted = view.order === order;
  const Arrow = view.isDescending ? IconArrowDown : IconArrowUp;
  const sort: Sorted = isSorted ? (view.isDescending ? 'descending' : 'ascending') : 'none';
  return (
    <HeadCell className={isWide ? classes.wide : ''} sort={sort}>
      <UnstyledButton className={classes.sort ?? ''} onClick={() => onOrder(order)}>
        {t(`team.people.${order}`)}
        {isSorted && <Arrow size={14} aria-hidden />}
      </UnstyledButton>
    </HeadCell>
  );
}
