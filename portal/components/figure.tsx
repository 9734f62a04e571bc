import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './figure.module.css';

interface FigureProps {
  label: string;
  /** A formatted number, or one of `Money`, `Bytes`, `Day`. */
  value: ReactNode;
  /** What the number is made of or measured against. */
  hint?: ReactNode;
  /** Marks a number that wants attention. */
  tone?: 'neutral' | 'good' | 'waiting' | 'bad';
}

/** One number with its label; several stand in {@link Figures}. */
export function Figure({ label, value, hint, tone = 'neutral' }: FigureProps) {
  return (
    <Stack gap={0} className={classes.figure}>
      <Text component="dt" size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="dd" className={classes.value} data-tone={tone}>
        {value}
      </Text>
      {hint && (
        <Text component="dd" size="xs" c="dimmed" m={0}>
          {hint}
        </Text>
      )}
    </Stack>
  );
}

export function Figures({ children }: { children: ReactNode }) {
  return (
    <Group component="dl" gap="xl" m={0} align="flex-start">
      {children}
    </Group>
  );
}
