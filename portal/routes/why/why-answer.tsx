import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconBulb, IconCircleCheck } from '@tabler/icons-react';
import { useId } from 'react';
import type { Why } from '../../../contract/why.ts';
import { ButtonLink } from '../../components/link.tsx';
import { useText } from '../../text/use-text.ts';
import { useWords } from './use-words.ts';
import classes from './why.module.css';
import { remedyValues } from './why-values.ts';

/** The one line that matters: what to do, who does it, and how. */
export function WhyAnswer({ why, isSelf }: { why: Why; isSelf: boolean }) {
  const t = useText();
  const titleId = useId();
  const { remedy, team } = why;
  const values = remedyValues(why, useWords(isSelf));
  const Sign = remedy ? IconBulb : IconCircleCheck;
  const doesInTeam = team && remedy?.data.by === 'you' && remediesInTeam.has(remedy.code);
  return (
    <Card
      component="section"
      aria-labelledby={titleId}
      className={classes.answer}
      data-tone={remedy ? 'waiting' : 'good'}
    >
      <Group wrap="nowrap" align="flex-start" gap="md">
        <Sign size={30} stroke={1.6} aria-hidden className={classes.answerSign} />
        <Stack gap={6}>
          {remedy && (
            <Text size="sm" fw={600} className={classes.answerKind ?? ''}>
              {t('why.remedy')}
            </Text>
          )}
          <Title order={2} id={titleId} className={classes.answerTitle ?? ''}>
            {remedy ? t(`why.remedy.${remedy.code}`, values) : t('why.yes', values)}
          </Title>
          <Text>{remedy ? t(`why.how.${remedy.code}`, values) : t('why.yesHow', values)}</Text>
          {doesInTeam && (
            <div>
              <ButtonLink to="/teams/$teamId" params={{ teamId: team.id }} mt={6}>
                {t('why.openTeam')}
              </ButtonLink>
            </div>
          )}
        </Stack>
      </Group>
    </Card>
  );
}

/** What is done with a tick or a menu of the team's page. */
const remediesInTeam: ReadonlySet<string> = new Set(['giveLicence', 'freeLicence', 'invite', 'inviteAgain']);
