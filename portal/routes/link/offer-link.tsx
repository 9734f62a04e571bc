import { Alert, Button, Stack } from '@mantine/core';
import { IconAlertTriangle, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { usePageTitle } from '../../components/use-page-title.ts';
import { useText } from '../../text/use-text.ts';
import classes from './link-page.module.css';
import { OfferAnswer } from './offer-answer.tsx';
import { OfferPaper } from './offer-paper.tsx';
import { OfferVerdict } from './offer-verdict.tsx';
import type { LinkProof, Opened } from './opened-link.ts';
import { usePrintInLight } from './use-print-in-light.ts';

/** The customer's page of an offer: read, then accept or decline without an account. */
export function OfferLink({ opened, proof }: { opened: Opened<'offer'>; proof: LinkProof }) {
  const t = useText();
  const { offer, order } = opened;
  const [versionRead] = useState(offer.version);
  usePrintInLight();
  usePageTitle(t('offer.title', { number: offer.number }));
  return (
    <Stack gap="lg" className={classes.wide ?? ''}>
      {offer.phase === 'pending' && offer.version !== versionRead && (
        <Alert color="yellow" icon={<IconAlertTriangle />} title={t('link.offer.changed.title')} role="alert">
          {t('link.offer.changed.text')}
        </Alert>
      )}
      <OfferVerdict offer={offer} order={order} />
      <OfferPaper
        offer={offer}
        actions={
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            className={classes.screenOnly ?? ''}
            onClick={() => window.print()}
          >
            {t('link.print')}
          </Button>
        }
      />
      {offer.phase === 'pending' && <OfferAnswer offer={offer} proof={proof} />}
    </Stack>
  );
}
