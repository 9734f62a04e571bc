import { Stack } from '@mantine/core';
import { NarrowCard } from '../../components/narrow-card.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { api } from '../../data/api.ts';
import { useText } from '../../text/use-text.ts';
import { useAccountAction } from './account-action.ts';
import { AccountGate } from './account-gate.tsx';
import { LinkFacts } from './link-facts.tsx';
import type { LinkProof, Opened } from './opened-link.ts';

/** The owner of a team without customer confirms that it belongs to the office that ordered for it. */
export function JoinLink({ opened, proof }: { opened: Opened<'joinCustomer'>; proof: LinkProof }) {
  const t = useText();
  const { team, customerName: customer, partnerName: partner } = opened;
  const join = useAccountAction(
    proof,
    ({ linkId, secret }: LinkProof, idempotencyKey) => api.joinCustomer({ linkId, body: { secret }, idempotencyKey }),
    ({ teamId }) => `/teams/${teamId}`,
  );
  return (
    <NarrowCard
      title={t('link.join.title', { team: team.name, customer })}
      lead={t('link.join.lead', { partner })}
      footer={t('link.join.notYou')}
    >
      <Stack>
        <LinkFacts
          facts={[
            [t('link.claim.team'), team.name],
            [t('link.claim.customer'), `${customer} (${opened.customerNumber})`],
          ]}
        />
        <ProblemAlert error={join.error} onRetry={join.retry} />
        <AccountGate
          account={opened.account}
          linkId={proof.linkId}
          submit={t('link.join.submit')}
          submitNew={t('link.join.submit')}
          isPending={join.isPending}
          onSubmit={() => join.start(proof)}
        />
      </Stack>
    </NarrowCard>
  );
}
