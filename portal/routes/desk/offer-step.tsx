import { Alert, Stack } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { Loaded } from '../../components/loaded.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/use-text.ts';
import type { Offer } from '../link/offer-lines.tsx';
import { OfferLines } from '../link/offer-lines.tsx';
import { OfferActions } from './offer-actions.tsx';
import { ChangeOffer, MakeOffer } from './offer-form.tsx';
import { PhoneAcceptance } from './phone-acceptance.tsx';
import { stepState } from './sale-step.ts';
import { Step } from './step.tsx';
import type { Sale } from './use-sale.ts';

/** The offer: written, changed, shown, sent, and what the customer says to it. */
export function OfferStep({ sale }: { sale: Sale }) {
  const offer = sale.offerId ? sale.offer.data : undefined;
  return (
    <Step
      step="offer"
      state={stepState('offer', sale.current)}
      badge={offer && <StateBadge kind="offer" state={offer.phase} />}
    >
      <OfferContent sale={sale} />
    </Step>
  );
}

function OfferContent({ sale }: { sale: Sale }) {
  const [template, setTemplate] = useState<Offer>();
  const [isChanging, setChanging] = useState(false);
  const { offerId, go } = sale;
  if (offerId === undefined) {
    return (
      <Loaded query={sale.customer}>
        {(customer) => (
          <MakeOffer
            key={customer.customer.id}
            customer={customer}
            template={template}
            onMade={({ id }) => {
              setTemplate(undefined);
              go({ offer: id });
            }}
          />
        )}
      </Loaded>
    );
  }
  return (
    <Loaded query={sale.offer}>
      {(offer) =>
        isChanging ? (
          <ChangeOffer offer={offer} onDone={() => setChanging(false)} />
        ) : (
          <MadeOffer
            offer={offer}
            onChange={() => setChanging(true)}
            onCopy={() => {
              setTemplate(offer);
              go({ offer: undefined, order: undefined, team: undefined });
            }}
          />
        )
      }
    </Loaded>
  );
}

interface MadeOfferProps {
  offer: Offer;
  onChange: () => void;
  onCopy: () => void;
}

function MadeOffer({ offer, onChange, onCopy }: MadeOfferProps) {
  const isOpen = offer.phase === 'inProgress' || offer.phase === 'pending';
  return (
    <Stack>
      <OfferLines offer={offer} />
      <OfferSituation offer={offer} />
      {isOpen && <PhoneAcceptance offer={offer} />}
      <OfferActions offer={offer} onChange={onChange} onCopy={onCopy} />
    </Stack>
  );
}

/** Where the offer stands, in one sentence; a draft speaks for itself. */
function OfferSituation({ offer }: { offer: Offer }) {
  const text = useSituation(offer);
  if (!text) return null;
  return (
    <Alert
      color={offer.phase === 'accepted' ? 'green' : offer.phase === 'pending' ? 'blue' : 'gray'}
      icon={<IconInfoCircle />}
      role="status"
    >
      {text}
    </Alert>
  );
}

function useSituation({ phase, sentAt, contactEmail: email, acceptance, validUntil }: Offer): string | undefined {
  const t = useText();
  const format = useFormat();
  const moment = (at: string) => format.moment(new Date(at));
  switch (phase) {
    case 'inProgress':
      return undefined;
    case 'pending':
      return sentAt ? t('desk.offer.sent', { when: moment(sentAt), email }) : undefined;
    case 'expired':
      return t('desk.offer.expired', { date: format.day(validUntil) });
    case 'rejected':
    case 'cancelled':
      return t(`desk.offer.${phase}`);
    case 'accepted': {
      if (!acceptance) return undefined;
      const values = { name: acceptance.acceptedBy, when: moment(acceptance.at) };
      return t(acceptance.channel === 'phone' ? 'desk.offer.acceptedPhone' : 'desk.offer.acceptedLink', values);
    }
  }
}
