import { ActionIcon, Button } from '@mantine/core';
import { IconAlertCircle, IconX } from '@tabler/icons-react';
import { isPassing } from '../../../data/api-problem.ts';
import { useText } from '../../../text/use-text.ts';
import classes from './people-table.module.css';
import type { Issue } from './use-licence-commands.ts';

interface RowIssueProps {
  issue: Issue;
  name: string;
  /** Who has the licence now, where somebody else got it. */
  nowWith: string | undefined;
  onRetry: () => void;
  onMoveHere: () => void;
  onDismiss: () => void;
}

/** Why a tick was refused, on its row, with the way out. */
export function RowIssue({ issue, name, nowWith, onRetry, onMoveHere, onDismiss }: RowIssueProps) {
  const t = useText();
  const { code } = issue;
  const wayOut = nowWith ? t('team.issue.nowWith', { name: nowWith }) : t(`wayOut.${code}`);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the rows of this grid are no table rows
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus
    <div role="gridcell" className={classes.issue}>
      <IconAlertCircle size={17} aria-hidden style={{ flexShrink: 0 }} />
      <span className={classes.issueText}>
        {t(`problem.${code}`)} {wayOut}
      </span>
      {code === 'licencesExhausted' && (
        <Button size="compact-xs" variant="default" flex="0 0 auto" onClick={onMoveHere}>
          {t('team.issue.moveHere')}
        </Button>
      )}
      {isPassing(issue.error) && (
        <Button size="compact-xs" variant="default" flex="0 0 auto" onClick={onRetry}>
          {t('component.retry')}
        </Button>
      )}
      <ActionIcon size="sm" color="red" aria-label={t('team.issue.dismiss', { name })} onClick={onDismiss}>
        <IconX size={15} />
      </ActionIcon>
    </div>
  );
}
