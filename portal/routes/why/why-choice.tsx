import { Select, SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Why } from '../../../contract/why.ts';
import { useText } from '../../text/use-text.ts';
import { entitlementsQuery } from './why-query.ts';
import type { WhySearch } from './why-search.ts';

const route = getRouteApi('/shell/signedIn/why');

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Which product in which team is meant, where there is something to choose. */
export function WhyChoice({ search, shown }: { search: WhySearch; shown: Why | undefined }) {
  const t = useText();
  const navigate = route.useNavigate();
  const { items = [] } = useQuery(entitlementsQuery).data ?? {};
  const teams = choicesOf(items.map(({ teamId, teamName }) => ({ value: teamId, label: teamName })));
  const products = choicesOf(items.map(({ productKey, productName }) => ({ value: productKey, label: productName })));
  const choose = (part: WhySearch) => void navigate({ search: { ...search, ...part }, replace: true });
  const hasForeignTeam = shown !== undefined && shown.team === null;
  if (teams.length < 2 && products.length < 2 && !(hasForeignTeam && teams.length > 0)) return null;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <Select
        label={t('why.product')}
        data={products}
        value={shown?.product.key ?? null}
        onChange={(product) => product && choose({ product })}
        allowDeselect={false}
      />
      <Select
        label={t('why.team')}
        data={teams}
        value={shown?.team?.id ?? null}
        onChange={(team) => team && choose({ team })}
        allowDeselect={false}
      />
    </SimpleGrid>
  );
}

function choicesOf(choices: readonly Choice[]): Choice[] {
  return [...new Map(choices.map((choice) => [choice.value, choice])).values()];
}
