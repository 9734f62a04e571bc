import { Button, Group, Table, Text } from '@mantine/core';
import type { CustomerRequest } from '../../../contract/customer.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Moment } from '../../components/moment.tsx';
import { showMessage } from '../../components/show-message.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import { languageNames } from '../../text/locale.ts';
import { useText } from '../../text/use-text.ts';

/** One request for a customer with its decision. */
export function CustomerRequestRow({ request }: { request: CustomerRequest }) {
  return (
    <Table.Tr>
      <Table.Td fw={600}>{request.customerNumber}</Table.Td>
      <Table.Td>
        <Text>{request.name}</Text>
        <Text size="sm" c="dimmed">
          {request.country} · {languageNames[request.language]}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text>{request.contactName}</Text>
        <Text size="sm" c="dimmed">
          {request.contactEmail}
        </Text>
      </Table.Td>
      <Table.Td ta="right">{request.coreLicences}</Table.Td>
      <Table.Td>{request.partnerName}</Table.Td>
      <Table.Td>
        <Moment at={request.requestedAt} />
      </Table.Td>
      <Table.Td ta="right">
        {request.state === 'waiting' ? (
          <Decision request={request} />
        ) : (
          <StateBadge kind="request" state={request.state} />
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Decision({ request }: { request: CustomerRequest }) {
  const t = useText();
  const { name, partnerName: partner } = request;
  const changes = [queryKeys.customerRequests, queryKeys.customers];
  const confirm = useAction({
    run: (requestId: string, idempotencyKey) => api.confirmCustomerRequest({ requestId, idempotencyKey }),
    onDone: () => showMessage(t('office.requests.confirm.done', { name, partner })),
    changes,
  });
  const decline = useAction({
    run: (requestId: string, idempotencyKey) => api.declineCustomerRequest({ requestId, idempotencyKey }),
    onDone: () => showMessage(t('office.requests.decline.done', { name })),
    changes,
  });
  return (
    <Group gap="xs" wrap="nowrap" justify="flex-end">
      <Button
        size="compact-sm"
        loading={confirm.isPending}
        aria-label={`${t('office.requests.confirm')}: ${name}`}
        onClick={() => confirm.start(request.id)}
      >
        {t('office.requests.confirm')}
      </Button>
      <ConfirmButton
        tone="bad"
        size="compact-sm"
        question={t('office.requests.decline.question', { name })}
        consequence={t('office.requests.decline.consequence', { partner })}
        loading={decline.isPending}
        onConfirm={() => decline.start(request.id)}
      >
        {t('office.requests.decline')}
      </ConfirmButton>
    </Group>
  );
}
