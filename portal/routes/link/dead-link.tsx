import { Button, Group } from '@mantine/core';
import { ButtonLink } from '../../components/link.tsx';
import { NarrowCard } from '../../components/narrow-card.tsx';
import type { ProblemCode } from '../../data/api-problem.ts';
import { isPassing, problemCode } from '../../data/api-problem.ts';
import { useText } from '../../text/use-text.ts';

interface DeadLinkProps {
  error?: unknown;
  /** Told where nothing was asked, because the address lacks its secret. */
  code?: ProblemCode;
  onRetry?: () => void;
}

/** Stands where a link is unknown, expired, used or ended, and tells what to do instead. */
export function DeadLink({ error, code = problemCode(error), onRetry }: DeadLinkProps) {
  const t = useText();
  return (
    <NarrowCard title={t(`problem.${code}`)} lead={t(`wayOut.${code}`)}>
      <Group>
        {onRetry && isPassing(error) && <Button onClick={onRetry}>{t('component.retry')}</Button>}
        <ButtonLink to="/" variant="default">
          {t('link.dead.help')}
        </ButtonLink>
      </Group>
    </NarrowCard>
  );
}
