import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { InLanguage } from '../../components/in-language.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import { useText } from '../../text/use-text.ts';
import type { Offer } from '../link/offer-lines.tsx';
import { OfferPaper } from '../link/offer-paper.tsx';

interface OfferActionsProps {
  offer: Offer;
  onChange: () => void;
  /** Begins a new offer with the lines of this one. */
  onCopy: () => void;
}

/** What can be done with an offer besides answering it. */
export function OfferActions({ offer, onChange, onCopy }: OfferActionsProps) {
  const t = useText();
  const [isShown, shown] = useDisclosure();
  const isChangeable = offer.state === 'inProgress' || offer.state === 'pending';
  return (
    <Group gap="xs">
      <Button variant="default" onClick={shown.open}>
        {t('desk.offer.preview')}
      </Button>
      {isChangeable && (
        <Button variant="default" onClick={onChange}>
          {t('desk.offer.change')}
        </Button>
      )}
      {isChangeable && <WithdrawOffer offer={offer} />}
      {offer.phase !== 'accepted' && offer.phase !== 'inProgress' && offer.phase !== 'pending' && (
        <Button variant="default" onClick={onCopy}>
          {t('desk.offer.again')}
        </Button>
      )}
      <Modal
        opened={isShown}
        onClose={shown.close}
        size={820}
        title={t('desk.offer.previewTitle')}
        closeButtonProps={{ 'aria-label': t('component.close') }}
      >
        <InLanguage language={offer.language}>
          <OfferPaper offer={offer} order={2} />
        </InLanguage>
      </Modal>
    </Group>
  );
}

function WithdrawOffer({ offer }: { offer: Offer }) {
  const t = useText();
  const withdraw = useWithdraw();
  return (
    <ConfirmButton
      tone="bad"
      question={t('desk.offer.withdraw.question', { number: offer.number })}
      consequence={t('desk.offer.withdraw.consequence')}
      loading={withdraw.isPending}
      onConfirm={() => withdraw.start(offer)}
    >
      {t('desk.offer.withdraw')}
    </ConfirmButton>
  );
}

/** Withdraws an offer in the version that was read. */
export function useWithdraw() {
  const client = useQueryClient();
  return useAction({
    run: ({ id, version }: Offer, idempotencyKey) => api.cancelOffer({ offerId: id, ifMatch: version, idempotencyKey }),
    onDone: (offer) => client.setQueryData(queryKeys.offer(offer.id), offer),
    changes: [queryKeys.offers],
  });
}
