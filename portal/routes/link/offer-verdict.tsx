import { Alert } from '@mantine/core';
import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import type { Order } from '../../../contract/order.ts';
import { useFormat } from '../../text/use-format.ts';
import type { Translate } from '../../text/use-text.ts';
import { useText } from '../../text/use-text.ts';
import type { Offer } from './offer-lines.tsx';

/** What became of an offer that is no longer open; nothing while it can be answered. */
export function OfferVerdict({ offer, order }: { offer: Offer; order: Order | null }) {
  const t = useText();
  const format = useFormat();
  const { partnerName: partner } = offer;
  switch (offer.phase) {
    case 'pending':
      return null;
    case 'accepted':
      return (
        <Alert color="green" icon={<IconCircleCheck />} title={t('link.offer.accepted.title')} role="status">
          {acceptedText(offer, t, (at) => format.moment(new Date(at)))} {order && orderText(order, t)}
        </Alert>
      );
    case 'expired': {
      const date = format.day(offer.validUntil);
      return <Over title={t('link.offer.expired.title', { date })} text={t('link.offer.expired.text', { partner })} />;
    }
    case 'rejected':
      return <Over title={t('link.offer.rejected.title')} text={t('link.offer.rejected.text', { partner })} />;
    case 'cancelled':
      return <Over title={t('link.offer.cancelled.title')} text={t('link.offer.cancelled.text', { partner })} />;
    case 'inProgress':
      return <Over title={t('link.offer.draft.title')} text={t('link.offer.draft.text', { partner })} />;
  }
}

function Over({ title, text }: { title: string; text: string }) {
  return (
    <Alert color="gray" icon={<IconInfoCircle />} title={title} role="status">
      {text}
    </Alert>
  );
}

function acceptedText({ acceptance, partnerName }: Offer, t: Translate, moment: (at: string) => string): string {
  if (!acceptance) return '';
  const values = { name: acceptance.acceptedBy, when: moment(acceptance.at), partner: partnerName };
  return acceptance.channel === 'phone'
    ? t('link.offer.accepted.phone', values)
    : t('link.offer.accepted.text', values);
}

function orderText({ number, state, teamName }: Order, t: Translate): string {
  if (state === 'completed') return t('link.offer.accepted.completed', { number, team: teamName ?? '' });
  if (state === 'pending' || state === 'held' || state === 'cancelled') {
    return t(`link.offer.accepted.${state}`, { number });
  }
  return t('link.offer.accepted.ordered', { number });
}
