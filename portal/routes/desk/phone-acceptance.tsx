import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import { useText } from '../../text/use-text.ts';
import type { Offer } from '../link/offer-lines.tsx';
import { localInput, momentOfInput } from './local-input.ts';
import classes from './phone-acceptance.module.css';

interface Acceptance {
  acceptedBy: string;
  /** When, as the field holds it. */
  at: string;
  /** When the form came up: left so, the server's own clock counts. */
  now: string;
}

/** What the customer answers: accepted at once on the phone, or later with the link in the mail. */
export function PhoneAcceptance({ offer }: { offer: Offer }) {
  const t = useText();
  const client = useQueryClient();
  const { id: offerId, version: ifMatch, contactEmail: email } = offer;
  const show = (changed: Offer) => client.setQueryData(queryKeys.offer(offerId), changed);
  const changes = [queryKeys.offers];
  const accept = useAction({
    run: ({ acceptedBy, at, now }: Acceptance, idempotencyKey) =>
      api.acceptOfferByPhone({
        offerId,
        ifMatch,
        body: { acceptedBy, ...(at !== now && { acceptedAt: momentOfInput(at) }) },
        idempotencyKey,
      }),
    onDone: show,
    changes,
    failure: 'page',
  });
  const send = useAction({
    run: (version: number, idempotencyKey) => api.sendOffer({ offerId, ifMatch: version, idempotencyKey }),
    onDone: show,
    changes,
    failure: 'page',
  });
  const form = useForm({
    initialValues: nowBy(offer),
    validate: { acceptedBy: (name) => (name.trim() ? null : t('desk.customer.fault.missing')) },
  });
  return (
    <form onSubmit={form.onSubmit(accept.start)} noValidate>
      <Stack gap="sm">
        <ProblemAlert error={accept.error ?? send.error} onRetry={accept.error ? accept.retry : send.retry} />
        <div className={classes.answer}>
          <TextInput
            label={t('desk.offer.acceptedBy')}
            maxLength={120}
            autoFocus
            {...form.getInputProps('acceptedBy')}
          />
          <TextInput
            label={t('desk.offer.acceptedAt')}
            type="datetime-local"
            max={form.values.now}
            {...form.getInputProps('at')}
          />
          <Button type="submit" loading={accept.isPending}>
            {t('desk.offer.accept')}
          </Button>
        </div>
        <Text size="sm" c="dimmed">
          {t('desk.offer.acceptHint', { email })}
        </Text>
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            {t('desk.offer.or')}
          </Text>
          <Button variant="default" loading={send.isPending} onClick={() => send.start(ifMatch)}>
            {offer.sentAt && offer.phase === 'pending' ? t('desk.offer.sendAgain') : t('desk.offer.send')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('desk.offer.sendHint', { email })}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}

/** The contact and this minute: mostly it is the contact who says yes, now. */
function nowBy({ contactName }: Offer): Acceptance {
  const now = localInput(new Date());
  return { acceptedBy: contactName, at: now, now };
}
