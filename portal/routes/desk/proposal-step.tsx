import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Figure, Figures } from '../../components/figure.tsx';
import { Loaded } from '../../components/loaded.tsx';
import type { Translate } from '../../text/use-text.ts';
import { useText } from '../../text/use-text.ts';
import { priceListQuery } from './sale-queries.ts';
import type { StepState } from './sale-step.ts';
import { Step } from './step.tsx';
import type { CustomerDetails, Sale } from './use-sale.ts';

type Proposal = CustomerDetails['proposals'][number];

/** How many licences the system proposes, and why, in words that the agent can read out. */
export function ProposalStep({ sale }: { sale: Sale }) {
  const t = useText();
  const prices = useQuery(priceListQuery);
  const state: StepState = sale.current === 'customer' ? 'ahead' : 'done';
  const nameOf = ({ productId }: Proposal) => prices.data?.products.find(({ id }) => id === productId)?.name ?? '';
  return (
    <Step step="proposal" state={state}>
      <Loaded query={sale.customer}>
        {({ proposals }) => (
          <Stack gap="lg">
            {proposals.length === 0 && <Text c="dimmed">{t('desk.proposal.none')}</Text>}
            {proposals.map((proposal) => (
              <Reason key={proposal.productId} proposal={proposal} product={nameOf(proposal)} />
            ))}
          </Stack>
        )}
      </Loaded>
    </Step>
  );
}

function Reason({ proposal, product }: { proposal: Proposal; product: string }) {
  const t = useText();
  return (
    <Stack gap="sm">
      <Figures>
        <Figure label={t('desk.proposal.core')} value={proposal.coreLicences} />
        <Figure label={t('desk.proposal.active')} value={proposal.active} />
        <Figure label={t('desk.proposal.onOrder')} value={proposal.onOrder} />
        <Figure label={t('desk.proposal.proposed')} value={proposal.proposed} tone="good" />
      </Figures>
      <Text size="sm">{reasonOf(proposal, product, t)}</Text>
    </Stack>
  );
}

function reasonOf({ coreLicences: core, active, onOrder, proposed }: Proposal, product: string, t: Translate): string {
  if (core === 0) return t('desk.proposal.noCore');
  if (proposed === 0) return t('desk.proposal.enough', { core, product });
  return t('desk.proposal.more', { core, covered: active + onOrder, proposed, product });
}
