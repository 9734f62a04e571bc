import { Code, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../components/loaded.tsx';
import { LoadingRows } from '../../components/loading.tsx';
import { Page } from '../../components/page.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useText } from '../../text/use-text.ts';
import { CataloguePartners } from './catalogue-partners.tsx';
import { CataloguePrices } from './catalogue-prices.tsx';
import { CatalogueProducts } from './catalogue-products.tsx';

/** What the deployment's file says: products, prices, partners and applications. To read, not to write. */
export function CataloguePage() {
  const t = useText();
  const query = useQuery({
    queryKey: queryKeys.catalogue,
    queryFn: ({ signal }) => api.getCatalogue({ signal }),
  });
  return (
    <Page
      title={t('office.catalogue.title')}
      lead={query.data && t('office.catalogue.lead', { source: query.data.source })}
      badge={query.data && <Code>{query.data.source}</Code>}
    >
      <Loaded query={query} loading={<LoadingRows rows={10} />}>
        {(catalogue) => (
          <Stack gap="lg">
            <CatalogueProducts products={catalogue.products} />
            <CataloguePrices catalogue={catalogue} />
            <CataloguePartners partners={catalogue.partners} applications={catalogue.applications} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
