import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { StateBadge } from '../../components/state-badge.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useText } from '../../text/use-text.ts';
import type { Offer } from '../link/offer-lines.tsx';
import type { Sale } from './use-sale.ts';

const readOffers = 50;

interface OpenSalesProps {
  customerId: string;
  onResume: Sale['go'];
}

/** Offers of this customer that still want something: a second call goes on where the first one ended. */
export function OpenSales({ customerId, onResume }: OpenSalesProps) {
  const t = useText();
  const query = useQuery({
    queryKey: [...queryKeys.offers, 'of', customerId],
    queryFn: ({ signal }) => api.listOffers({ query: { customerId, limit: readOffers }, signal }),
  });
  const open = query.data?.items.filter(isOpen) ?? [];
  if (open.length === 0) return null;
  return (
    <Stack gap={6} mt="md">
      <Text size="sm" c="dimmed">
        {t('desk.customer.open')}
      </Text>
      <Group gap="xs">
        {open.map(({ id, number, phase }) => (
          <Button
            key={id}
            variant="default"
            size="compact-sm"
            rightSection={<StateBadge kind="offer" state={phase} />}
            onClick={() => onResume({ offer: id })}
          >
            {t('desk.customer.resume', { number })}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}

function isOpen({ phase, orderId }: Offer): boolean {
  return phase === 'inProgress' || phase === 'pending' || (phase === 'accepted' && orderId === null);
}
