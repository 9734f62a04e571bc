import { Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Order } from '../../../contract/order.ts';
import { Loaded } from '../../components/loaded.tsx';
import { LoadingRows } from '../../components/loading.tsx';
import { useText } from '../../text/use-text.ts';
import { CorrectOwnerForm } from './correct-owner.tsx';
import { customerQuery } from './sale-queries.ts';

interface OrderOwnerProps {
  order: Order;
  isOpen: boolean;
  onClose: () => void;
}

/** Corrects the owner's address of an order's team, or says that the owner has confirmed it meanwhile. */
export function OrderOwner({ order, isOpen, onClose }: OrderOwnerProps) {
  const t = useText();
  const query = useQuery(customerQuery(isOpen ? order.customerId : undefined));
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('desk.team.correctOwner.title', { team: order.teamName ?? '' })}
      closeButtonProps={{ 'aria-label': t('component.close') }}
    >
      <Loaded query={query} loading={<LoadingRows rows={2} />}>
        {({ teams }) => {
          const team = teams.find(({ id, claimed }) => id === order.teamId && !claimed);
          return team ? (
            <CorrectOwnerForm team={team} customerId={order.customerId} onDone={onClose} />
          ) : (
            <Text size="sm">{t('desk.team.correctOwner.claimed')}</Text>
          );
        }}
      </Loaded>
    </Modal>
  );
}
