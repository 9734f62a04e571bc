import { Stack } from '@mantine/core';
import { NarrowCard } from '../../components/narrow-card.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { api } from '../../data/api.ts';
import { useText } from '../../text/use-text.ts';
import { useAccountAction } from './account-action.ts';
import type { NewAccount } from './account-gate.tsx';
import { AccountGate } from './account-gate.tsx';
import { LinkFacts } from './link-facts.tsx';
import type { LinkProof, Opened } from './opened-link.ts';

/** The owner of a team that a partner made sees whose it is and confirms it. */
export function ClaimLink({ opened, proof }: { opened: Opened<'claimTeam'>; proof: LinkProof }) {
  const t = useText();
  const { linkId, secret } = proof;
  const { team, account } = opened;
  const claim = useAccountAction(
    proof,
    (person: NewAccount | undefined, idempotencyKey) =>
      api.claimTeam({ linkId, body: { secret, ...(person && { account: person }) }, idempotencyKey }),
    ({ teamId }) => `/teams/${teamId}`,
  );
  return (
    <NarrowCard
      title={t('link.claim.title', { team: team.name })}
      lead={t('link.claim.lead')}
      footer={t('link.claim.notYou')}
    >
      <Stack>
        <LinkFacts
          facts={[
            [t('link.claim.team'), team.name],
            [t('link.claim.customer'), `${opened.customerName} (${opened.customerNumber})`],
            [t('link.claim.partner'), opened.partnerName],
            [t('link.claim.owner'), account.email],
          ]}
        />
        <ProblemAlert error={claim.error} onRetry={claim.retry} />
        <AccountGate
          account={account}
          linkId={linkId}
          submit={t('link.claim.submit')}
          submitNew={t('link.claim.submitNew')}
          isPending={claim.isPending}
          onSubmit={claim.start}
        />
      </Stack>
    </NarrowCard>
  );
}
