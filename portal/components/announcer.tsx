import { VisuallyHidden } from '@mantine/core';
import { useSyncExternalStore } from 'react';

let spoken = '';
const listeners = new Set<() => void>();

/** Tells people who listen instead of look what just changed. */
export function announce(text: string): void {
  // A repeated sentence would be no change and stay unsaid; the invisible space makes it one.
  spoken = text === spoken ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

/** The page's one live region; the application renders it once. */
export function Announcer() {
  const text = useSyncExternalStore(subscribe, () => spoken);
  return (
    <VisuallyHidden aria-live="polite" aria-atomic="true" role="status">
      {text}
    </VisuallyHidden>
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
