import { Card, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { Order } from '../../../contract/order.ts';
import { Panel } from '../../components/panel.tsx';
import { usePageTitle } from '../../components/use-page-title.ts';
import type { Translate } from '../../text/use-text.ts';
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
  const title = titleOf(order, t);
  usePageTitle(title);
  return (
    <Stack gap="lg" className={classes.wide ?? ''}>
      <Card>
        <Group gap="sm" mb={4}>
          {!isOpen && order.state !== 'cancelled' && (
            <ThemeIcon variant="light" color="green" radius="xl" aria-hidden>
              <IconCheck size={18} />
            </ThemeIcon>
          )}
          <Title order={1}>{title}</Title>
        </Group>
        <Text c="dimmed" mb={isOpen ? 'lg' : 0}>
          {isOpen ? t('link.complete.lead', { number: order.number, partner: order.partnerName }) : outcomeOf(order, t)}
        </Text>
        {isOpen && <CompleteOrderForm offer={offer} order={order} proof={proof} />}
      </Card>
      <Panel title={t('link.complete.what')}>
        <OfferLines offer={offer} />
      </Panel>
    </Stack>
  );
}

function titleOf({ number, state }: Order, t: Translate): string {
  if (state === 'pending') return t('link.complete.title');
  return state === 'cancelled' ? t('link.complete.cancelled', { number }) : t('link.complete.done.title');
}

function outcomeOf({ number, state, teamName, ownerEmail }: Order, t: Translate): string {
  const values = { number, team: teamName ?? '', owner: ownerEmail ?? '' };
  if (state === 'cancelled') return '';
  return t(state === 'held' ? 'link.complete.done.review' : 'link.complete.done.text', values);
}
