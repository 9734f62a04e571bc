import { Button, Stack } from '@mantine/core';
import { NarrowCard } from '../../components/narrow-card.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { api } from '../../data/api.ts';
import { useText } from '../../text/use-text.ts';
import { useAccountAction } from './account-action.ts';
import type { LinkProof, Opened } from './opened-link.ts';

/** Somebody who asked for an account proves that the mailbox is theirs. */
export function ConfirmLink({ opened, proof }: { opened: Opened<'confirmAccount'>; proof: LinkProof }) {
  const t = useText();
  const confirm = useAccountAction(
    proof,
    ({ linkId, secret }: LinkProof, idempotencyKey) => api.confirmAccount({ linkId, body: { secret }, idempotencyKey }),
    () => '/',
  );
  return (
    <NarrowCard
      title={t('link.confirm.title')}
      lead={t('link.confirm.lead', { name: opened.name, email: opened.account.email })}
      footer={t('link.confirm.notYou')}
    >
      <Stack>
        <ProblemAlert error={confirm.error} onRetry={confirm.retry} />
        <Button loading={confirm.isPending} onClick={() => confirm.start(proof)}>
          {t('link.confirm.submit')}
        </Button>
      </Stack>
    </NarrowCard>
  );
}
