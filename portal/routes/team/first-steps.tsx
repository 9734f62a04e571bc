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

/** The way from a new team to people who work; shorter with each step done, gone once it is walked or waved away. */
export function FirstSteps({ team, members, products }: FirstStepsProps) {
  const t = useText();
  const format = useFormat();
  const titleId = useId();
  const [isOver, setOver] = useLocalStorage({ key: `namesake.firstSteps.${team.id}`, defaultValue: false });
  const hasInvited = members.length > 1;
  const hasGiven = products.some(({ held, reserved }) => held + reserved > 0);
  if (isOver || products.length === 0) return null;
  const names = format.list(products.map(({ name }) => name));
  const copy = (
    <CopyMessage
      message={t('team.steps.message', { products: names, team: team.name })}
      onCopied={() => hasInvited && hasGiven && setOver(true)}
    />
  );
  const dismiss = (
    <ActionIcon aria-label={t('team.steps.dismiss')} onClick={() => setOver(true)}>
      <IconX size={18} />
    </ActionIcon>
  );
  if (hasInvited && hasGiven) return <LastStep copy={copy} dismiss={dismiss} />;
  return (
    <Card component="section" aria-labelledby={titleId} padding="md">
      <Group justify="space-between" wrap="nowrap" mb="sm">
        <Title order={2} id={titleId}>
          {t('team.steps.title')}
        </Title>
        {dismiss}
      </Group>
      <SimpleGrid component="ol" cols={{ base: 1, sm: 3 }} m={0} p={0} style={{ listStyle: 'none' }}>
        <Step number={1} isDone={hasInvited} title={t('team.steps.invite')} text={t('team.steps.inviteText')} />
        <Step number={2} isDone={hasGiven} title={t('team.steps.tick')} text={t('team.steps.tickText')} />
        <Step number={3} isDone={false} title={t('team.steps.tell')} text={t('team.steps.tellText')}>
          {copy}
        </Step>
      </SimpleGrid>
    </Card>
  );
}

/** The one step that is left takes one line, so that the people stay in sight. */
function LastStep({ copy, dismiss }: { copy: ReactNode; dismiss: ReactNode }) {
  const t = useText();
  return (
    <Card component="section" aria-label={t('team.steps.tell')} padding="xs" px="md">
      <Group justify="space-between" gap="xs">
        <Text size="sm" flex="1 1 260px">
          <b>{t('team.steps.tell')}.</b> {t('team.steps.tellText')}
        </Text>
        <Group gap="xs" wrap="nowrap">
          {copy}
          {dismiss}
        </Group>
      </Group>
    </Card>
  );
}

function CopyMessage({ message, onCopied }: { message: string; onCopied: () => void }) {
  const t = useText();
  return (
    <CopyButton value={message}>
      {({ copy }) => (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconCopy size={15} aria-hidden />}
          onClick={() => {
            copy();
            announce(t('component.copied'));
            onCopied();
          }}
        >
          {t('team.steps.copy')}
        </Button>
      )}
    </CopyButton>
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
