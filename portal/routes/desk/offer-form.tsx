import { Button, Group, Input, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { addDays, dateIn } from '../../../domain/calendar-date.ts';
import { Loaded } from '../../components/loaded.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { api } from '../../data/api.ts';
import { problemCode } from '../../data/api-problem.ts';
import { useDeployment } from '../../data/deployment.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/use-text.ts';
import type { Offer } from '../link/offer-lines.tsx';
import type { DraftValues, PriceList } from './offer-draft.ts';
import { draftFrom, linesOf, newDraft, priceDraft, termsOnOffer } from './offer-draft.ts';
import classes from './offer-form.module.css';
import { OfferFormLines } from './offer-form-lines.tsx';
import { priceListQuery } from './sale-queries.ts';
import type { CustomerDetails } from './use-sale.ts';

interface MakeOfferProps {
  customer: CustomerDetails;
  /** An earlier offer to begin with; the proposal unless given. */
  template: Offer | undefined;
  onMade: (offer: Offer) => void;
}

/** Writes a new offer, which begins with what the system proposes. */
export function MakeOffer({ customer, template, onMade }: MakeOfferProps) {
  const t = useText();
  const client = useQueryClient();
  const prices = useQuery(priceListQuery);
  const today = useToday();
  const make = useAction({
    run: (values: DraftValues, idempotencyKey) =>
      api.makeOffer({ body: { customerId: customer.customer.id, ...bodyOf(values) }, idempotencyKey }),
    onDone: (offer) => {
      client.setQueryData(queryKeys.offer(offer.id), offer);
      onMade(offer);
    },
    changes: [queryKeys.offers],
    failure: 'page',
  });
  return (
    <Loaded query={prices}>
      {(priceList) => {
        const validUntil = addDays(today, priceList.offerValidDays);
        return (
          <OfferForm
            priceList={priceList}
            initial={
              template
                ? { ...draftFrom(template, priceList), validUntil }
                : newDraft(priceList, customer.proposals, validUntil)
            }
            submit={t('desk.offer.make')}
            isPending={make.isPending}
            problem={<ProblemAlert error={make.error} onRetry={make.retry} />}
            onSubmit={make.start}
          />
        );
      }}
    </Loaded>
  );
}

/** Changes an offer that nobody has accepted; one that was sent has to be sent again. */
export function ChangeOffer({ offer, onDone }: { offer: Offer; onDone: () => void }) {
  const t = useText();
  const client = useQueryClient();
  const prices = useQuery(priceListQuery);
  const change = useAction({
    run: (values: DraftValues) => api.changeOffer({ offerId: offer.id, ifMatch: offer.version, body: bodyOf(values) }),
    onDone: (changed) => {
      client.setQueryData(queryKeys.offer(changed.id), changed);
      onDone();
    },
    changes: [queryKeys.offers],
    failure: 'page',
  });
  const isStale = problemCode(change.error) === 'versionChanged';
  return (
    <Loaded query={prices}>
      {(priceList) => (
        <OfferForm
          priceList={priceList}
          initial={draftFrom(offer, priceList)}
          submit={t('desk.offer.save')}
          isPending={change.isPending}
          problem={<ProblemAlert error={change.error} onRetry={isStale ? onDone : change.retry} />}
          onSubmit={change.start}
          onCancel={onDone}
        />
      )}
    </Loaded>
  );
}

function bodyOf(values: DraftValues) {
  return { lines: linesOf(values), validUntil: values.validUntil, message: values.message.trim() || null };
}

function useToday() {
  const { timeZone } = useDeployment();
  return dateIn(timeZone, new Date());
}

interface OfferFormProps {
  priceList: PriceList;
  initial: DraftValues;
  submit: string;
  isPending: boolean;
  problem: ReactNode;
  onSubmit: (values: DraftValues) => void;
  onCancel?: () => void;
}

function OfferForm({ priceList, initial, submit, isPending, problem, onSubmit, onCancel }: OfferFormProps) {
  const t = useText();
  const format = useFormat();
  const today = useToday();
  const form = useForm<DraftValues>({ initialValues: initial });
  const [isTried, setTried] = useState(false);
  const priced = useMemo(() => priceDraft(form.values, priceList, today), [form.values, priceList, today]);
  const dateFault = form.values.validUntil < today ? t('desk.offer.fault.validUntilPast') : null;
  const isEmpty = !priced.ok && priced.reason === 'noLines';
  return (
    <form
      onSubmit={form.onSubmit((values) => {
        setTried(true);
        if (priced.ok) onSubmit(values);
      })}
      noValidate
      aria-label={t('desk.step.offer')}
    >
      <Stack>
        {problem}
        <Input.Wrapper label={t('desk.offer.term')} labelElement="div">
          <div>
            <SegmentedControl
              aria-label={t('desk.offer.term')}
              data={termsOnOffer(priceList).map((count) => ({
                value: String(count),
                label: t('offer.months', { count }),
              }))}
              value={String(form.values.termMonths)}
              onChange={(months) => form.setFieldValue('termMonths', Number(months))}
            />
          </div>
        </Input.Wrapper>
        <OfferFormLines values={form.values} priceList={priceList} today={today} form={form} />
        <div className={classes.more}>
          <TextInput
            label={t('desk.offer.validUntil')}
            type="date"
            min={today}
            {...form.getInputProps('validUntil')}
            error={dateFault}
          />
          <Textarea
            label={t('desk.offer.message')}
            placeholder={t('desk.offer.messageHint')}
            autosize
            minRows={1}
            maxRows={8}
            maxLength={2000}
            {...form.getInputProps('message')}
          />
        </div>
        <div className={classes.foot}>
          <Group gap="xs">
            <Button type="submit" loading={isPending}>
              {submit}
            </Button>
            {onCancel && (
              <Button variant="subtle" onClick={onCancel}>
                {t('desk.offer.discard')}
              </Button>
            )}
            {isTried && isEmpty && (
              <Text size="sm" c="var(--mantine-color-error)" role="alert">
                {t('desk.offer.fault.noLines')}
              </Text>
            )}
          </Group>
          <dl className={classes.totals}>
            <div>
              <dt>{t('desk.offer.storage')}</dt>
              <dd>{priced.ok ? format.bytes(priced.value.storageBytes) : '–'}</dd>
            </div>
            <div>
              <dt>{t('desk.offer.total')}</dt>
              <dd className={classes.total}>
                {priced.ok ? format.money(priced.value.total.amountMinor, priced.value.total.currency) : '–'}
              </dd>
            </div>
          </dl>
        </div>
      </Stack>
    </form>
  );
}
