import { NumberInput, Text } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import type { Product } from '../../../contract/catalogue.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { Format } from '../../text/format.ts';
import { useFormat } from '../../text/use-format.ts';
import type { Translate } from '../../text/use-text.ts';
import { useText } from '../../text/use-text.ts';
import type { DraftLine, DraftValues, PriceList } from './offer-draft.ts';
import { priceDraft, unitPriceOf } from './offer-draft.ts';
import classes from './offer-form.module.css';

const wholeBasisPoints = 10_000;

interface OfferFormLinesProps {
  values: DraftValues;
  priceList: PriceList;
  today: CalendarDate;
  form: UseFormReturnType<DraftValues>;
}

/** One row for each product on the price list; a row without a number is no line of the offer. */
export function OfferFormLines({ values, priceList, today, form }: OfferFormLinesProps) {
  const t = useText();
  const format = useFormat();
  const limit = format.percent(priceList.discountLimitBasisPoints / wholeBasisPoints);
  return (
    <div className={classes.lines}>
      <div className={classes.heads} aria-hidden>
        <span>{t('desk.offer.product')}</span>
        <span className={classes.number}>{t('desk.offer.quantity')}</span>
        <span className={classes.number}>{t('desk.offer.unitPrice')}</span>
        <span className={classes.number}>{t('desk.offer.discount')}</span>
        <span className={classes.number}>{t('desk.offer.amount')}</span>
      </div>
      {values.lines.map((line, index) => {
        const product = priceList.products.find(({ id }) => id === line.productId);
        if (!product) return null;
        return (
          <LineRow
            key={line.productId}
            product={product}
            line={line}
            index={index}
            values={values}
            priceList={priceList}
            today={today}
            form={form}
          />
        );
      })}
      <Text size="xs" c="dimmed">
        {t('desk.offer.discount')}: {t('desk.offer.discountLimit', { limit })}
      </Text>
    </div>
  );
}

interface LineRowProps extends OfferFormLinesProps {
  product: Product;
  line: DraftLine;
  index: number;
}

function LineRow({ product, line, index, values, priceList, today, form }: LineRowProps) {
  const t = useText();
  const format = useFormat();
  const { currency } = priceList;
  const unitPrice = unitPriceOf(priceList, product.id, values.termMonths);
  const isAsked = Number(line.quantity) > 0;
  const priced = isAsked ? priceDraft({ ...values, validUntil: today, lines: [line] }, priceList, today) : undefined;
  const fault = priced && !priced.ok ? priced : undefined;
  const limit = priceList.discountLimitBasisPoints;
  return (
    <div className={classes.line}>
      <div>
        <Text fw={600}>{product.name}</Text>
        <Text size="sm" c="dimmed">
          {unitPrice === undefined ? t('desk.offer.notInTerm') : hintOf(product, t, format)}
        </Text>
      </div>
      <NumberInput
        aria-label={t('desk.offer.quantityOf', { product: product.name })}
        inputContainer={(input) => <Narrow title={t('desk.offer.quantity')}>{input}</Narrow>}
        classNames={{ input: classes.number ?? '' }}
        min={0}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        placeholder="0"
        autoFocus={index === 0}
        disabled={unitPrice === undefined && !isAsked}
        onFocus={({ currentTarget }) => currentTarget.select()}
        {...form.getInputProps(`lines.${index}.quantity`)}
        error={fault && fault.reason !== 'discountOverLimit' ? faultText(fault, t, format) : undefined}
      />
      <div className={classes.price}>
        <span className={classes.narrow}>{t('desk.offer.unitPrice')}</span>
        {unitPrice === undefined ? '–' : format.money(unitPrice, currency)}
      </div>
      <NumberInput
        aria-label={t('desk.offer.discountOf', { product: product.name })}
        inputContainer={(input) => <Narrow title={t('desk.offer.discount')}>{input}</Narrow>}
        classNames={{ input: classes.number ?? '' }}
        min={0}
        max={100}
        clampBehavior="none"
        decimalScale={2}
        allowedDecimalSeparators={['.', ',']}
        suffix=" %"
        hideControls
        placeholder="0 %"
        disabled={limit === 0 || !isAsked}
        {...form.getInputProps(`lines.${index}.discountPercent`)}
        error={fault?.reason === 'discountOverLimit' ? faultText(fault, t, format) : undefined}
      />
      <div className={classes.price}>
        <span className={classes.narrow}>{t('desk.offer.amount')}</span>
        <strong>{priced?.ok ? format.money(priced.value.total.amountMinor, currency) : '–'}</strong>
      </div>
    </div>
  );
}

/** A field with its title above it, where the table has become too narrow for a head. */
function Narrow({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <span className={classes.narrow} aria-hidden>
        {title}
      </span>
      {children}
    </>
  );
}

/** What else the agent says about a product: its storage, and that its orders take longer. */
function hintOf({ kind, includedStorageBytes, unitBytes, review }: Product, t: Translate, format: Format): string {
  const hints: string[] = [];
  if (kind === 'storage') hints.push(t('desk.offer.unit', { bytes: format.bytes(unitBytes) }));
  else if (includedStorageBytes > 0)
    hints.push(t('desk.offer.included', { bytes: format.bytes(includedStorageBytes) }));
  if (review === 'backOffice') hints.push(t('desk.offer.review'));
  return hints.join(' · ');
}

type Fault = Extract<ReturnType<typeof priceDraft>, { ok: false }>;

function faultText({ reason, details }: Fault, t: Translate, format: Format): string {
  const limit = Number(details?.limit ?? 0);
  const shown = reason === 'discountOverLimit' ? format.percent(limit / wholeBasisPoints) : format.number(limit);
  return t(`desk.offer.fault.${reason}`, { limit: shown });
}
