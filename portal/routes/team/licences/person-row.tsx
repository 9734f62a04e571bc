import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { memo } from 'react';
import type { Member } from '../../../../contract/team.ts';
import { StateBadge, ToneBadge } from '../../../components/state-badge.tsx';
import { useFormat } from '../../../text/use-format.ts';
import { useText } from '../../../text/use-text.ts';
import { PersonMenu } from '../person/person-menu.tsx';
import type { TeamStanding } from '../team-standing.ts';
import type { Holdings } from './holding.ts';
import { cellKey } from './holding.ts';
import type { HeldAs } from './holding-change.ts';
import type { LicenceUse } from './licence-use.ts';
import classes from './people-table.module.css';
import type { ProductFigures } from './product-figures.ts';
import { RowIssue } from './row-issue.tsx';
import type { TableActions } from './table-actions.ts';
import { TickCell } from './tick-cell.tsx';
import { UseCell } from './use-cell.tsx';
import type { Issue } from './use-licence-commands.ts';

interface PersonRowProps {
  member: Member;
  index: number;
  top: number;
  products: readonly ProductFigures[];
  holdings: Holdings;
  use: LicenceUse | undefined;
  pending: ReadonlyMap<string, HeldAs>;
  changed: ReadonlySet<string>;
  issue: Issue | undefined;
  nowWith: string | undefined;
  isSelected: boolean;
  selects: boolean;
  /** The column that the Tab key comes to; undefined in all rows but one. */
  activeColumn: string | undefined;
  standing: TeamStanding;
  actions: TableActions;
}

/** One person of the table. */
export const PersonRow = memo(function PersonRow(props: PersonRowProps) {
  const { member, index, top, products, issue, nowWith, isSelected, activeColumn, standing, actions } = props;
  const t = useText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed freely so that only those seen are drawn
    // biome-ignore lint/a11y/useFocusableInteractive: the focus is on the row's controls, one after the other
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-row={member.id}
      data-active={activeColumn !== undefined}
      className={classes.row}
      style={{ top }}
    >
      <GridCell>
        {props.selects && (
          <Checkbox
            size="xs"
            checked={isSelected}
            aria-label={t('team.people.select', { name: member.name })}
            data-column="select"
            tabIndex={activeColumn === 'select' ? 0 : -1}
            onChange={(event) => actions.select(member, withShift(event.nativeEvent))}
          />
        )}
      </GridCell>
      <PersonCell member={member} isMe={member.id === standing.memberId} />
      <GridCell wide>{t(`team.role.${member.role}`)}</GridCell>
      <GridCell wide>
        <PersonState member={member} />
      </GridCell>
      {products.map((product) => {
        const key = cellKey(member.id, product.productId);
        return (
          <TickCell
            key={product.productId}
            name={member.name}
            product={product}
            holding={props.holdings.get(key)}
            pending={props.pending.get(key)}
            isChanged={props.changed.has(key)}
            readOnly={!standing.managesLicences}
            isActive={activeColumn === product.productId}
            onToggle={() => actions.toggle(member, product)}
          />
        );
      })}
      <UseCell use={props.use} />
      <GridCell>
        <PersonMenu {...{ member, products, standing, actions }} tabIndex={activeColumn === 'menu' ? 0 : -1} />
      </GridCell>
      {issue && (
        <RowIssue
          {...{ issue, nowWith }}
          name={member.name}
          onRetry={() => actions.retry(issue)}
          onMoveHere={() => actions.openMove({ product: issue.command.product, to: member })}
          onDismiss={() => actions.dismiss(member)}
        />
      )}
    </div>
  );
});

function GridCell({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the rows of this grid are no table rows
    // biome-ignore lint/a11y/useFocusableInteractive: what stands in it takes the focus
    <div role="gridcell" className={wide ? `${classes.cell} ${classes.wide}` : classes.cell}>
      {children}
    </div>
  );
}

function PersonCell({ member, isMe }: { member: Member; isMe: boolean }) {
  const t = useText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: the rows of this grid are no table rows
    // biome-ignore lint/a11y/useFocusableInteractive: a name is no control
    <div role="rowheader" className={`${classes.cell} ${classes.person}`}>
      <span className={classes.name}>
        <span className={classes.nameText} title={member.name}>
          {member.name}
        </span>
        {isMe && <ToneBadge tone="neutral">{t('team.you')}</ToneBadge>}
        {member.external && <ToneBadge tone="neutral">{t('team.external')}</ToneBadge>}
      </span>
      <span className={classes.email} title={member.email}>
        <span className={classes.phone}>
          {member.state === 'invited' ? t('state.member.invited') : t(`team.role.${member.role}`)} ·{' '}
        </span>
        {member.email}
      </span>
    </div>
  );
}

function PersonState({ member }: { member: Member }) {
  const t = useText();
  const format = useFormat();
  if (member.state !== 'invited') return <StateBadge kind="member" state={member.state} />;
  const { invitationEndsOn } = member;
  return (
    <ToneBadge tone="waiting">
      {invitationEndsOn
        ? t('team.people.invitedUntil', { day: format.day(invitationEndsOn) })
        : t('state.member.invited')}
    </ToneBadge>
  );
}

function withShift(event: Event): boolean {
  return event instanceof MouseEvent && event.shiftKey;
}
