import { Card, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface HomeCardProps {
  icon: Icon;
  title: string;
  text?: string;
  /** The buttons of the first steps. */
  children: ReactNode;
}

export function HomeCard({ icon: Sign, title, text, children }: HomeCardProps) {
  return (
    <Card component="section">
      <Stack h="100%" gap="sm">
        <Group gap="sm" wrap="nowrap">
          <ThemeIcon variant="light" size={36} aria-hidden>
            <Sign size={20} stroke={1.6} />
          </ThemeIcon>
          <Title order={2}>{title}</Title>
        </Group>
        {text && (
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        )}
        <Group gap="xs" mt="auto" pt={4}>
          {children}
        </Group>
      </Stack>
    </Card>
  );
}
