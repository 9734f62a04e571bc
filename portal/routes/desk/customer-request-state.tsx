import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconHourglass, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Loaded } from '../../components/loaded.tsx';
import { useText } from '../../text/use-text.ts';
import { requestsQuery } from './sale-queries.ts';
import type { Sale } from './use-sale.ts';

const lookAgainMillis = 5_000;

/** Waits for a customer that was asked for, and goes on with the sale as soon as it is there. */
export function CustomerRequestState({ requestId, sale }: { requestId: string; sale: Sale }) {
  const t = useText();
  const query = useQuery({ ...requestsQuery, staleTime: 0, refetchInterval: lookAgainMillis });
  const request = query.data?.items.find(({ id }) => id === requestId);
  const customerId = request?.customerId;
  const { go } = sale;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `go` is new with each rendering, the customer comes once
  useEffect(() => {
    if (customerId) go({ customer: customerId, request: undefined });
  }, [customerId]);
  if (customerId) return null;
  return (
    <Loaded query={query}>
      {() => (
        <Stack align="flex-start">
          <Alert
            w="100%"
            role="status"
            color={request?.state === 'declined' ? 'red' : 'yellow'}
            icon={request?.state === 'declined' ? <IconX /> : <IconHourglass />}
            title={request && t(`desk.request.${titleOf(request.state)}.title`, { name: request.name })}
          >
            {request
              ? t(`desk.request.${titleOf(request.state)}.text`, { number: request.customerNumber })
              : t('desk.request.unknown')}
          </Alert>
          <Group>
            <Button variant="default" onClick={() => sale.restart()}>
              {t('desk.nextCall')}
            </Button>
          </Group>
        </Stack>
      )}
    </Loaded>
  );
}

function titleOf(state: 'waiting' | 'confirmed' | 'declined'): 'waiting' | 'declined' {
  return state === 'declined' ? 'declined' : 'waiting';
}
