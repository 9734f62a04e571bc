import { Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertCircle } from '@tabler/icons-react';
import { isPassing, shownProblem } from '../data/api-problem.ts';
import { translate, useText } from '../text/use-text.ts';

const shownMillis = 12_000;

/** Says what went wrong with its way out, and offers to try again where that can help. */
export function showFailure(error: unknown, retry?: () => void): void {
  const { titleId, wayOutId } = shownProblem(error);
  const id = notifications.show({
    color: 'red',
    icon: <IconAlertCircle size={18} />,
    title: translate(titleId),
    message: <WayOut text={translate(wayOutId)} retry={isPassing(error) && retry ? tryAgain : undefined} />,
    autoClose: shownMillis,
    closeButtonProps: { 'aria-label': translate('component.dismiss') },
  });
  function tryAgain() {
    notifications.hide(id);
    retry?.();
  }
}

function WayOut({ text, retry }: { text: string; retry: (() => void) | undefined }) {
  const t = useText();
  return (
    <Stack gap={6} align="flex-start">
      <Text size="sm">{text}</Text>
      {retry && (
        <Button size="compact-sm" variant="light" color="red" onClick={retry}>
          {t('component.retry')}
        </Button>
      )}
    </Stack>
  );
}
