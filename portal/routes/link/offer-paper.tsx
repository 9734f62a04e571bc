import { Card, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Day } from '../../components/moment.tsx';
import { useDeployment } from '../../data/deployment.ts';
import { useText } from '../../text/use-text.ts';
import type { Offer } from './offer-lines.tsx';
import { OfferLines } from './offer-lines.tsx';
import classes from './offer-paper.module.css';

interface OfferPaperProps {
  offer: Offer;
  /** Buttons beside the heading; they are not printed. */
  actions?: ReactNode;
  /** 1 where the offer is the page, 2 within another one. */
  order?: 1 | 2;
}

/** Stands for the number while its title is cut, so that the number stays on one line. */
const place = '\n';

/** An offer as its customer reads it, on screen and on paper. */
export function OfferPaper({ offer, actions, order = 1 }: OfferPaperProps) {
  const t = useText();
  const { vendorName } = useDeployment();
  const [before, after] = t('offer.title', { number: place }).split(place);
  return (
    <Card component="article" className={classes.paper ?? ''}>
      <Stack gap="lg">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Title order={order}>
            {before}
            <span className={classes.number}>{offer.number}</span>
            {after}
          </Title>
          {actions}
        </Group>
        <dl className={classes.facts}>
          <Fact term={t('offer.for')} hint={t('offer.customerNumber', { number: offer.customerNumber })}>
            {offer.customerName}
          </Fact>
          <Fact term={t('offer.from')} hint={t('offer.salesPartner', { vendor: vendorName })}>
            {offer.partnerName}
          </Fact>
          <Fact term={t('offer.validUntil')}>
            <Day date={offer.validUntil} />
          </Fact>
        </dl>
        {offer.message && (
          <figure style={{ margin: 0 }}>
            <Text component="figcaption" size="sm" c="dimmed" mb={6}>
              {t('offer.message', { name: offer.agentName ?? offer.partnerName })}
            </Text>
            <blockquote className={classes.message}>{offer.message}</blockquote>
          </figure>
        )}
        <OfferLines offer={offer} />
        {offer.agentEmail && (
          <Text size="sm" c="dimmed">
            {t('link.offer.contact', { name: offer.agentName ?? offer.partnerName, email: offer.agentEmail })}
          </Text>
        )}
      </Stack>
    </Card>
  );
}

function Fact({ term, hint, children }: { term: string; hint?: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{term}</dt>
      <Text component="dd" fw={600}>
        {children}
      </Text>
      {hint && (
        <Text component="dd" size="sm" c="dimmed">
          {hint}
        </Text>
      )}
    </div>
  );
}
