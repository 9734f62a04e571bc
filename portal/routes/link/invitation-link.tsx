import { Stack, Text } from '@mantine/core';
import { NarrowCard } from '../../components/narrow-card.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { api } from '../../data/api.ts';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/use-text.ts';
import { useAccountAction } from './account-action.ts';
import type { NewAccount } from './account-gate.tsx';
import { AccountGate } from './account-gate.tsx';
import type { LinkProof, Opened } from './opened-link.ts';

/** Somebody invited joins a team; a licence that was kept for them is theirs with the same click. */
export function InvitationLink({ opened, proof }: { opened: Opened<'invitation'>; proof: LinkProof }) {
  const t = useText();
  const format = useFormat();
  const { linkId, secret } = proof;
  const { team, invitedByName: name, productNames, endsOn } = opened;
  const accept = useAccountAction(
    proof,
    (person: NewAccount | undefined, idempotencyKey) =>
      api.acceptInvitation({ linkId, body: { secret, ...(person && { account: person }) }, idempotencyKey }),
    ({ teamId }) => `/teams/${teamId}`,
  );
  return (
    <NarrowCard
      title={t('link.invitation.title', { team: team.name })}
      lead={name ? t('link.invitation.lead', { name }) : t('link.invitation.leadNobody')}
      footer={t('link.invitation.until', { date: format.day(endsOn) })}
    >
      <Stack>
        {productNames.length > 0 && (
          <Text>{t('link.invitation.products', { products: format.list(productNames) })}</Text>
        )}
        <ProblemAlert error={accept.error} onRetry={accept.retry} />
        <AccountGate
          account={opened.account}
          linkId={linkId}
          submit={t('link.invitation.submit')}
          submitNew={t('link.invitation.submitNew')}
          isPending={accept.isPending}
          onSubmit={accept.start}
        />
      </Stack>
    </NarrowCard>
  );
}
