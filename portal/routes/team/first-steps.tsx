import { ActionIcon, Button, Card, CopyButton, Group, SimpleGrid, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useId } from 'react';
import type { Member, Team } from '../../../contract/team.ts';
import { announce } from '../../components/announcer.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/use-text.ts';
import type { ProductFigures } from './licences/product-figures.ts';

interface FirstStepsProps {
  team: Team;
  members: readonly Member[];
  products: readonly ProductFigures[];
}

/** The way from a new team to people who work; gone once it is walked or waved away. */
export function FirstSteps({ team, members, products }: FirstStepsProps) {
  const t = useText();
  const format = useFormat();
  const titleId = useId();
  const [isOver, setOver] = useLocalStorage({ key: `namesake.firstSteps.${team.id}`, defaultValue: false });
  const hasInvited = members.length > 1;
  const hasGiven = products.some(({ held, reserved }) => held + reserved > 0);
  if (isOver || products.length === 0) return null;
  const names = format.list(products.map(({ name }) => name));
  const message = t('team.steps.message', { products: names, team: team.name });
  return (
    <Card component="section" aria-labelledby={titleId} padding="md">
      <Group justify="space-between" mb="sm" wrap="nowrap">
        <Title order={2} id={titleId}>
          {t('team.steps.title')}
        </Title>
        <ActionIcon aria-label={t('team.steps.dismiss')} onClick={() => setOver(true)}>
          <IconX size={18} />
        </ActionIcon>
      </Group>
      <SimpleGrid component="ol" cols={{ base: 1, sm: 3 }} m={0} p={0} style={{ listStyle: 'none' }}>
        <Step number={1} isDone={hasInvited} title={t('team.steps.invite')} text={t('team.steps.inviteText')} />
        <Step number={2} isDone={hasGiven} title={t('team.steps.tick')} text={t('team.steps.tickText')} />
        <Step number={3} isDone={false} title={t('team.steps.tell')} text={t('team.steps.tellText')}>
          <CopyButton value={message}>
            {({ copy }) => (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconCopy size={15} aria-hidden />}
                onClick={() => {
                  copy();
                  announce(t('component.copied'));
                  if (hasInvited && hasGiven) setOver(true);
                }}
              >
                {t('team.steps.copy')}
              </Button>
            )}
          </CopyButton>
        </Step>
      </SimpleGrid>
    </Card>
  );
}

interface StepProps {
  number: number;
  isDone: boolean;
  title: string;
  text: string;
  children?: ReactNode;
}

function Step({ number, isDone, title, text, children }: StepProps) {
  const t = useText();
  return (
    <Group component="li" align="flex-start" wrap="nowrap" gap="sm">
      <ThemeIcon
        radius="xl"
        size={28}
        variant={isDone ? 'filled' : 'light'}
        color={isDone ? 'green' : 'accent'}
        aria-label={isDone ? t('team.steps.done') : undefined}
        role={isDone ? 'img' : undefined}
      >
        {isDone ? <IconCheck size={16} /> : number}
      </ThemeIcon>
      <Stack gap={4} align="flex-start">
        <Text fw={600} td={isDone ? 'line-through' : undefined} c={isDone ? 'dimmed' : undefined}>
          {title}
        </Text>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
        {children}
      </Stack>
    </Group>
  );
}
