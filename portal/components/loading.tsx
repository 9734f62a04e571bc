import { Box, Card, Group, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../text/use-text.ts';

/** Stands where a list is on its way. */
export function LoadingRows({ rows = 6 }: { rows?: number }) {
  return (
    <Waiting>
      <Stack gap={10} py={6}>
        {places(rows).map((place) => (
          <Group key={place} gap="md" wrap="nowrap">
            <Skeleton height={14} width={`${28 + ((place * 17) % 22)}%`} />
            <Skeleton height={14} width={`${16 + ((place * 11) % 14)}%`} />
            <Skeleton height={14} width="12%" ml="auto" />
          </Group>
        ))}
      </Stack>
    </Waiting>
  );
}

/** Stands where a whole page is on its way. */
export function LoadingPage() {
  return (
    <Waiting>
      <Skeleton height={26} width={220} mb={10} />
      <Skeleton height={14} width={340} maw="80%" mb="xl" />
      <Card>
        <Stack gap="sm">
          {places(5).map((place) => (
            <Skeleton key={place} height={14} width={`${90 - place * 9}%`} />
          ))}
        </Stack>
      </Card>
    </Waiting>
  );
}

function Waiting({ children }: { children: ReactNode }) {
  const t = useText();
  return (
    <Box role="status" aria-busy="true">
      <VisuallyHidden>{t('component.loading')}</VisuallyHidden>
      <Box aria-hidden>{children}</Box>
    </Box>
  );
}

function places(count: number): number[] {
  return Array.from({ length: count }, (_, place) => place);
}
