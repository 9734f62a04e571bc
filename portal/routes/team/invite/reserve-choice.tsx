import { Checkbox, Stack } from '@mantine/core';
import { useText } from '../../../text/use-text.ts';
import type { ProductFigures } from '../licences/product-figures.ts';

interface ReserveChoiceProps {
  products: readonly ProductFigures[];
  /** How many people would be invited. */
  count: number;
  chosen: string | undefined;
  onChoose: (productId: string | undefined) => void;
}

/** Offers to keep a licence for each person who is invited, where enough are free. */
export function ReserveChoice({ products, count, chosen, onChoose }: ReserveChoiceProps) {
  const t = useText();
  if (products.length === 0) return null;
  return (
    <Stack gap="xs">
      {products.map(({ productId, name, free }) => (
        <Checkbox
          key={productId}
          label={t('team.invite.reserve', { product: name })}
          description={t('team.invite.reserveFree', { count: free })}
          checked={chosen === productId && free >= count}
          disabled={free < Math.max(1, count)}
          onChange={(event) => onChoose(event.currentTarget.checked ? productId : undefined)}
        />
      ))}
    </Stack>
  );
}
