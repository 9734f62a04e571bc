import { Box, Breadcrumbs, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import { useText } from '../text/use-text.ts';
import classes from './page.module.css';
import { usePageTitle } from './use-page-title.ts';

interface PageProps {
  title: string;
  /** One sentence below the title. */
  lead?: ReactNode;
  /** Links from the top of the portal to this page's parent, as a rule `<TextLink>`; the title ends the trail. */
  breadcrumbs?: readonly ReactNode[];
  /** What stands beside the title, such as a state badge. */
  badge?: ReactNode;
  /** Buttons on the right of the title. */
  actions?: ReactNode;
  /** `text` for pages to read and short forms, `list` for tables. */
  width?: 'text' | 'list';
  children: ReactNode;
}

/** A page with its heading; names the document and tells screen readers where they are. */
export function Page({ title, lead, breadcrumbs = [], badge, actions, width = 'list', children }: PageProps) {
  usePageTitle(title);
  return (
    <Box className={classes.page} data-width={width}>
      <Trail links={breadcrumbs} current={title} />
      <Group justify="space-between" align="flex-start" gap="sm" mb="lg">
        <Stack gap={4}>
          <Group gap="sm">
            <Title order={1}>{title}</Title>
            {badge}
          </Group>
          {lead && (
            <Text c="dimmed" maw="70ch">
              {lead}
            </Text>
          )}
        </Stack>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Box>
  );
}

function Trail({ links, current }: { links: readonly ReactNode[]; current: string }) {
  const t = useText();
  if (links.length === 0) return null;
  return (
    <nav aria-label={t('shell.breadcrumbs')}>
      <Breadcrumbs mb={6} separatorMargin={6} fz="sm">
        {links.map((link, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a trail never changes its order
          <Fragment key={index}>{link}</Fragment>
        ))}
        <Text span size="sm" c="dimmed" aria-current="page">
          {current}
        </Text>
      </Breadcrumbs>
    </nav>
  );
}
