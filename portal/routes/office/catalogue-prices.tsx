import { Table } from '@mantine/core';
import { ListTable } from '../../components/list-table.tsx';
import { Money } from '../../components/money.tsx';
import { Panel } from '../../components/panel.tsx';
import { useText } from '../../text/use-text.ts';
import type { Catalogue } from './catalogue.ts';
import { currenciesOf, priceRows } from './price-table.ts';

/** Every price, currencies side by side. */
export function CataloguePrices({ catalogue: { products, prices } }: { catalogue: Catalogue }) {
  const t = useText();
  const currencies = currenciesOf(prices);
  return (
    <Panel title={t('office.catalogue.prices')} hint={t('office.catalogue.pricesHint')} flush>
      <ListTable label={t('office.catalogue.prices')} minWidth={680}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('office.catalogue.product')}</Table.Th>
            <Table.Th>{t('office.catalogue.term')}</Table.Th>
            {currencies.map((currency) => (
              <Table.Th key={currency} ta="right">
                {currency}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {priceRows(products, prices).map(({ key, productName, termMonths, unitPrices }) => (
            <Table.Tr key={key}>
              <Table.Td fw={600}>{productName}</Table.Td>
              <Table.Td>{t('offer.months', { count: termMonths })}</Table.Td>
              {currencies.map((currency) => {
                const amountMinor = unitPrices[currency];
                return (
                  <Table.Td key={currency} ta="right">
                    {amountMinor === undefined ? '–' : <Money amountMinor={amountMinor} currency={currency} />}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </ListTable>
    </Panel>
  );
}
