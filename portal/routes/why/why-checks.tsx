import { Button, VisuallyHidden } from '@mantine/core';
import type { IconProps } from '@tabler/icons-react';
import { IconAlertTriangle, IconCheck, IconMinus } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Why, WhyCheck } from '../../../contract/why.ts';
import { Panel } from '../../components/panel.tsx';
import type { TextId } from '../../text/en.ts';
import { useText } from '../../text/use-text.ts';
import { useWords } from './use-words.ts';
import classes from './why.module.css';
import { findingValues } from './why-values.ts';

interface WhyChecksProps {
  why: Why;
  isSelf: boolean;
  isReading: boolean;
  onAgain: () => void;
}

/** Everything that was looked at, in order, with what was found. */
export function WhyChecks({ why, isSelf, isReading, onAgain }: WhyChecksProps) {
  const t = useText();
  const words = useWords(isSelf);
  return (
    <Panel
      title={t('why.checks')}
      hint={t('why.checksHint', { at: words.format.second(new Date(why.at), words.now) })}
      actions={
        <Button variant="default" size="compact-sm" loading={isReading} onClick={onAgain}>
          {t('why.again')}
        </Button>
      }
    >
      <dl className={classes.checks}>
        {why.checks.map((check) => (
          <Check key={check.check} check={check} text={t(findingId(check), findingValues(check, why, words))} />
        ))}
      </dl>
    </Panel>
  );
}

const signs: Record<WhyCheck['state'], ComponentType<IconProps>> = {
  ok: IconCheck,
  problem: IconAlertTriangle,
  unknown: IconMinus,
};

function Check({ check: { check, state }, text }: { check: WhyCheck; text: string }) {
  const t = useText();
  const Sign = signs[state];
  return (
    <div className={classes.check} data-state={state}>
      <dt>
        <span className={classes.sign}>
          <Sign size={16} stroke={2.2} aria-hidden />
        </span>
        {t(`why.check.${check}`)}
        <VisuallyHidden>, {t(`why.state.${state}`)}</VisuallyHidden>
      </dt>
      <dd>{text}</dd>
    </div>
  );
}

/** The text of a finding; that each has one is the business of portal/text. */
function findingId({ check, code }: WhyCheck): TextId {
  // The catalogue has all pairs of a check and its own codes, and a finding is such a pair.
  return `why.finding.${check}.${code}` as TextId;
}
