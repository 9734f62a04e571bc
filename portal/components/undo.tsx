import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { translate, useText } from '../text/use-text.ts';
import { announce } from './announcer.tsx';
import { showFailure } from './failure.tsx';
import { Keys } from './keys.tsx';
import type { UndoStep } from './undo-stack.ts';
import { rememberUndo, takeUndo } from './undo-stack.ts';

const shownMillis = 8_000;
const notificationIds = new WeakMap<UndoStep, string>();
let newestId: string | undefined;

/**
 * Offers the way back from what was just done: a message with a button, and Ctrl/Cmd+Z for as long as the page stands.
 */
export function offerUndo(step: UndoStep): void {
  rememberUndo(step);
  // One message is enough: the key goes back through all steps, and ten ticks must not cover the page.
  if (newestId) notifications.hide(newestId);
  const id = notifications.show({
    message: <UndoMessage step={step} />,
    autoClose: shownMillis,
    closeButtonProps: { 'aria-label': translate('component.dismiss') },
  });
  newestId = id;
  notificationIds.set(step, id);
}

/** Listens for Ctrl/Cmd+Z; the application renders it once. Texts being written keep their own undo. */
export function UndoKey(): null {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === 'z';
      if (!isUndo || isWriting(event.target)) return;
      const step = takeUndo();
      if (!step) return;
      event.preventDefault();
      void goBack(step);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return null;
}

function UndoMessage({ step }: { step: UndoStep }) {
  const t = useText();
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm">{step.message}</Text>
      <Button
        size="compact-sm"
        variant="light"
        flex="0 0 auto"
        onClick={() => takeUndo(step) && void goBack(step)}
        rightSection={<Keys of="mod+Z" />}
      >
        {t('component.undo')}
      </Button>
    </Group>
  );
}

async function goBack(step: UndoStep): Promise<void> {
  const id = notificationIds.get(step);
  if (id) notifications.hide(id);
  try {
    await step.undo();
    announce(translate('component.undone'));
  } catch (error) {
    showFailure(error);
  }
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !untexted.has(target.type);
}

const untexted: ReadonlySet<string> = new Set(['checkbox', 'radio', 'button', 'submit', 'range', 'file']);
