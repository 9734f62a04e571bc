import { Center, Stack, Text, ThemeIcon } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: Icon;
  /** One sentence: what would stand here. */
  title: string;
  /** What to do next, or why there is nothing to do. */
  hint?: ReactNode;
  /** The button that does it. */
  action?: ReactNode;
}

/** Stands where a list has nothing to show yet. */
export function EmptyState({ icon: Sign, title, hint, action }: EmptyStateProps) {
  return (
    <Center py={40} px="md">
      <Stack align="center" gap="xs" maw={420} ta="center">
        <ThemeIcon variant="light" color="gray" size={48} radius="xl" aria-hidden>
          <Sign size={24} stroke={1.5} />
        </ThemeIcon>
        <Text fw={600}>{title}</Text>
        {hint && (
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  );
}
