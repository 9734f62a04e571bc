import { Button, Group, Progress, Text } from '@mantine/core';
import { useFormat } from '../../../text/use-format.ts';
import { useText } from '../../../text/use-text.ts';
import classes from './bulk-bar.module.css';
import type { ProductColumn } from './table-actions.ts';
import type { BulkKind, BulkProgress } from './use-bulk.ts';

interface BulkBarProps {
  count: number;
  products: readonly ProductColumn[];
  progress: BulkProgress | undefined;
  onRun: (kind: BulkKind, product: ProductColumn) => void;
  onClear: () => void;
}

/** What can be done with all selected people at once. */
export function BulkBar({ count, products, progress, onRun, onClear }: BulkBarProps) {
  const t = useText();
  const format = useFormat();
  if (count === 0 && !progress) return null;
  return (
    <Group className={classes.bar ?? ''} gap="sm" role="region" aria-label={t('team.bulk.selected', { count })}>
      <Text size="sm" fw={600}>
        {t('team.bulk.selected', { count })}
      </Text>
      {progress ? (
        <Group gap="xs" flex="1 1 160px" wrap="nowrap">
          <Progress
            flex={1}
            value={(100 * progress.done) / progress.total}
            aria-label={t('team.bulk.progress', { done: progress.done, total: progress.total })}
          />
          <Text size="sm">
            {t('team.bulk.progress', { done: format.number(progress.done), total: format.number(progress.total) })}
          </Text>
        </Group>
      ) : (
        <>
          {products.map((product) => (
            <Group key={product.productId} gap={6}>
              <Button size="compact-sm" onClick={() => onRun('give', product)}>
                {t('team.bulk.give', { product: product.name })}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => onRun('take', product)}>
                {t('team.bulk.take', { product: product.name })}
              </Button>
            </Group>
          ))}
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
            {t('team.bulk.clear')}
          </Button>
        </>
      )}
    </Group>
  );
}
