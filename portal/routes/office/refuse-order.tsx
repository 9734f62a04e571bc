import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import type { Order } from '../../../contract/order.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { showMessage } from '../../components/show-message.ts';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import { useText } from '../../text/use-text.ts';

/** A button that refuses an order on hold, with a reason that customer and agent read. */
export function RefuseOrder({ order }: { order: Order }) {
  const t = useText();
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={open}>
        {t('office.orders.refuse')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('office.orders.refuse.title', { number: order.number })}
        closeButtonProps={{ 'aria-label': t('component.close') }}
      >
        <RefuseForm order={order} onDone={close} />
      </Modal>
    </>
  );
}

function RefuseForm({ order, onDone }: { order: Order; onDone: () => void }) {
  const t = useText();
  const refuse = useAction({
    run: (reason: string, idempotencyKey) => api.refuseOrder({ orderId: order.id, body: { reason }, idempotencyKey }),
    onDone: ({ number }) => {
      showMessage(t('office.orders.refuse.done', { number }));
      onDone();
    },
    changes: [queryKeys.orders],
    failure: 'page',
  });
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { reason: '' },
    validate: { reason: (reason) => (reason.trim() ? null : t('office.orders.refuse.reasonMissing')) },
  });
  return (
    <form onSubmit={form.onSubmit(({ reason }) => refuse.start(onOneLine(reason)))} noValidate>
      <Stack>
        <Text size="sm">{t('office.orders.refuse.text')}</Text>
        <ProblemAlert error={refuse.error} onRetry={refuse.retry} />
        <Textarea
          label={t('office.orders.refuse.reason')}
          maxLength={500}
          autosize
          minRows={2}
          data-autofocus
          key={form.key('reason')}
          {...form.getInputProps('reason')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t('component.cancel')}
          </Button>
          <Button type="submit" color="red" loading={refuse.isPending}>
            {t('office.orders.refuse')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The API takes no control characters, and so no line breaks. */
function onOneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
