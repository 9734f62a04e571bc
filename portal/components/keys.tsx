import { Group, Kbd } from '@mantine/core';

const isMac = /mac|iphone|ipad/i.test(navigator.platform);

const names: Record<string, string> = isMac
  ? { mod: '⌘', shift: '⇧', alt: '⌥', enter: '↩', escape: 'esc' }
  : { mod: 'Ctrl', shift: 'Shift', alt: 'Alt', enter: 'Enter', escape: 'Esc' };

/** A keyboard hint: `mod+Z` shows as Ctrl Z, or ⌘ Z on a Mac; silent where no keyboard is likely. */
export function Keys({ of }: { of: string }) {
  return (
    <Group component="span" gap={3} wrap="nowrap" visibleFrom="sm">
      {keyNames(of).map((key) => (
        <Kbd key={key} size="xs">
          {key}
        </Kbd>
      ))}
    </Group>
  );
}

function keyNames(of: string): string[] {
  return of.split('+').map((key) => names[key.toLowerCase()] ?? key);
}
