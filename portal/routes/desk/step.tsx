import { Card, Group, Title, VisuallyHidden } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { useText } from '../../text/use-text.ts';
import type { SaleStep, StepState } from './sale-step.ts';
import { saleSteps } from './sale-step.ts';
import classes from './step.module.css';

interface StepProps {
  step: SaleStep;
  state: StepState;
  /** What stands beside the title, such as a state. */
  badge?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** One part of a sale: only its title while it lies ahead, open from then on. */
export function Step({ step, state, badge, actions, children }: StepProps) {
  const t = useText();
  const titleId = useId();
  const isOpen = state !== 'ahead';
  return (
    <li>
      <Card
        component="section"
        aria-labelledby={titleId}
        className={classes.step ?? ''}
        data-step={step}
        data-state={state}
        padding={isOpen ? 'lg' : 'sm'}
        {...(state === 'current' && { 'aria-current': 'step' as const })}
      >
        <div className={classes.head}>
          <span className={classes.sign} aria-hidden>
            {state === 'done' ? <IconCheck size={16} stroke={2.5} /> : saleSteps.indexOf(step) + 1}
          </span>
          <Title order={2} id={titleId} size="h3" className={classes.title ?? ''}>
            {t(`desk.step.${step}`)}
            {state === 'done' && <VisuallyHidden> ({t('desk.step.done')})</VisuallyHidden>}
          </Title>
          {badge}
          {isOpen && actions && <Group gap="xs">{actions}</Group>}
        </div>
        {isOpen && <div className={classes.content}>{children}</div>}
      </Card>
    </li>
  );
}
