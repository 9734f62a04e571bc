import type { ResponseOf } from '../../../contract/endpoint.ts';
import type { Endpoints } from '../../../contract/endpoints.ts';
import type { Format } from '../../text/format.ts';
import { useFormat } from '../../text/use-format.ts';
import type { Translate } from '../../text/use-text.ts';
import { useText } from '../../text/use-text.ts';
import classes from './offer-lines.module.css';

export type Offer = ResponseOf<Endpoints['getOffer']>;
type Line = Offer['lines'][number];

const wholeBasisPoints = 10_000;

/** What an offer is made of, with its prices: a table that becomes a list of two columns on a phone. */
export function OfferLines({ offer }: { offer: Pick<Offer, 'lines' | 'total' | 'storageBytes'> }) {
  const t = useText();
  const format = useFormat();
  const isDiscounted = offer.lines.some(({ discountBasisPoints }) => discountBasisPoints > 0);
  const columns = isDiscounted ? 4 : 3;
  return (
    <table className={classes.table} aria-label={t('offer.lines')}>
      <thead>
        <tr>
          <th scope="col">{t('offer.product')}</th>
          <th scope="col" className={`${classes.wide} ${classes.number}`}>
            {t('offer.quantity')}
          </th>
          <th scope="col" className={classes.wide}>
            {t('offer.term')}
          </th>
          <th scope="col" className={`${classes.wide} ${classes.number}`}>
            {t('offer.unitPrice')}
          </th>
          {isDiscounted && (
            <th scope="col" className={`${classes.wide} ${classes.number}`}>
              {t('offer.discount')}
            </th>
          )}
          <th scope="col" className={classes.number}>
            {t('offer.amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {offer.lines.map((line) => (
          <LineRow key={`${line.productId} ${line.termMonths}`} line={line} isDiscounted={isDiscounted} />
        ))}
        {offer.storageBytes > 0 && (
          <tr>
            <th scope="row">
              {t('offer.storageAdded')}
              <span className={classes.hint}>{t('offer.storageHint')}</span>
            </th>
            {Array.from({ length: columns }, (_, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: empty cells are all alike
              <td key={place} className={classes.wide} />
            ))}
            <td className={classes.number}>{format.bytes(offer.storageBytes)}</td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">
            {t('offer.total')}
            <span className={classes.hint}>{t('offer.totalHint')}</span>
          </th>
          {Array.from({ length: columns }, (_, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: empty cells are all alike
            <td key={place} className={classes.wide} />
          ))}
          <td className={classes.number}>{format.money(offer.total.amountMinor, offer.total.currency)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function LineRow({ line, isDiscounted }: { line: Line; isDiscounted: boolean }) {
  const t = useText();
  const format = useFormat();
  const { currency } = line.total;
  return (
    <tr>
      <th scope="row">
        {line.productName}
        <span className={classes.detail}>{detailOf(line, t, format)}</span>
      </th>
      <td className={`${classes.wide} ${classes.number}`}>{format.number(line.quantity)}</td>
      <td className={classes.wide}>{t('offer.months', { count: line.termMonths })}</td>
      <td className={`${classes.wide} ${classes.number}`}>{format.money(line.unitPriceMinor, currency)}</td>
      {isDiscounted && (
        <td className={`${classes.wide} ${classes.number}`}>
          {line.discountBasisPoints > 0 && format.percent(line.discountBasisPoints / wholeBasisPoints)}
        </td>
      )}
      <td className={classes.number}>{format.money(line.total.amountMinor, currency)}</td>
    </tr>
  );
}

function detailOf(line: Line, t: Translate, format: Format): string {
  const price = format.money(line.unitPriceMinor, line.total.currency);
  const parts = [
    t('offer.times', { quantity: format.number(line.quantity), price }),
    t('offer.months', { count: line.termMonths }),
  ];
  if (line.discountBasisPoints > 0) {
    parts.push(t('offer.less', { percent: format.percent(line.discountBasisPoints / wholeBasisPoints) }));
  }
  return parts.join(' · ');
}
