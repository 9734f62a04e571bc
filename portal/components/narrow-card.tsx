import { Card, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePageTitle } from './use-page-title.ts';

interface NarrowCardProps {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  /** Small links below the card. */
  footer?: ReactNode;
}

/** A page that is one short form or message, such as signing in. */
export function NarrowCard({ title, lead, children, footer }: NarrowCardProps) {
  usePageTitle(title);
  return (
    <Stack maw={440} mx="auto" mt={{ base: 0, sm: 'xl' }} gap="md">
      <Card padding="xl">
        <Title order={1} mb={4}>
          {title}
        </Title>
        {lead && (
          <Text c="dimmed" mb="lg">
            {lead}
          </Text>
        )}
        {children}
      </Card>
      {footer && (
        <Text component="div" size="sm" ta="center" c="dimmed">
          {footer}
        </Text>
      )}
    </Stack>
  );
}
