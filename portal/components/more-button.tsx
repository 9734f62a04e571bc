import { Button, Center } from '@mantine/core';
import { useText } from '../text/use-text.ts';

/** Ends a list that has further pages; shows nothing on the last. */
export function MoreButton({ onMore, isLoading }: { onMore: (() => void) | undefined; isLoading: boolean }) {
  const t = useText();
  if (!onMore) return null;
  return (
    <Center py="sm">
      <Button variant="subtle" onClick={onMore} loading={isLoading}>
        {t('component.more')}
      </Button>
    </Center>
  );
}
