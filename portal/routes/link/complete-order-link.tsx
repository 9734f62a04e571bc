import { Card, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { Order } from '../../../contract/order.ts';
import { Panel } from '../../components/panel.tsx';
import { usePageTitle } from '../../components/use-page-title.ts';
import { useText } from '../../text/use-text.ts';
import { CompleteOrderForm } from './complete-order-form.tsx';
import classes from './link-page.module.css';
import { OfferLines } from './offer-lines.tsx';
import type { LinkProof, Opened } from './opened-link.ts';

/** The customer names the team that a pending order is for, or has one made. */
export function CompleteOrderLink({ opened, proof }: { opened: Opened<'completeOrder'>; proof: LinkProof }) {
  const t = useText();
  const { offer, order } = opened;
  const isOpen = order.state === 'pending';
  const title = isOpen ? t('link.complete.title') : t('link.complete.already.title');
  usePageTitle(title);
  return (
    <Stack gap="lg" className={classes.wide ?? ''}>
      <Card padding="xl">
        <Title order={1} mb={4}>
          {title}
        </Title>
        <Text c="dimmed" mb={isOpen ? 'lg' : 0}>
          {isOpen ? t('link.complete.lead', { number: order.number, partner: order.partnerName }) : outcomeOf(order, t)}
        </Text>
        {isOpen && <CompleteOrderForm offer={offer} order={order} proof={proof} />}
        {!isOpen && order.state !== 'cancelled' && (
          <Text c="green" mt="md" aria-hidden>
            <IconCircleCheck />
          </Text>
        )}
      </Card>
      <Panel title={t('link.complete.what')}>
        <OfferLines offer={offer} />
      </Panel>
    </Stack>
  );
}

function outcomeOf({ number, state, teamName, ownerEmail }: Order, t: ReturnType<typeof useText>): string {
  const values = { number, team: teamName ?? '', owner: ownerEmail ?? '' };
  if (state === 'cancelled') return t('link.complete.cancelled', values);
  if (state === 'held') return t('link.complete.done.review', values);
  return ownerEmail ? t('link.complete.done.text', values) : t('link.complete.already.text', values);
}
