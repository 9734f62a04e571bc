import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ProblemCode } from '../data/api-problem.ts';
import { isPassing, shownProblem } from '../data/api-problem.ts';
import { useText } from '../text/use-text.ts';
import { TextLink } from './link.tsx';

interface ProblemAlertProps {
  /** Whatever was thrown; null shows nothing. */
  error: unknown;
  /** Offered where trying again can help, and for `versionChanged` as reading again. */
  onRetry?: () => void;
  /** A better way out than the general one, as buttons or links. */
  actions?: ReactNode;
}

/** A problem of the API in words, with its way out. */
export function ProblemAlert({ error, onRetry, actions }: ProblemAlertProps) {
  const t = useText();
  if (!error) return null;
  const { code, titleId, wayOutId, fields } = shownProblem(error);
  return (
    <Alert color="red" variant="light" icon={<IconAlertCircle />} title={t(titleId)} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t(wayOutId)}</Text>
        {fields.length > 0 && (
          <List size="sm">
            {fields.map((field) => (
              <List.Item key={field.path}>
                {field.path}: {field.message}
              </List.Item>
            ))}
          </List>
        )}
        <Group gap="xs">
          {onRetry && isRepeatable(error, code) && (
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              {code === 'versionChanged' ? t('component.readAgain') : t('component.retry')}
            </Button>
          )}
          {toSignIn.has(code) && (
            <TextLink to="/sign-in" size="sm">
              {t('shell.signIn')}
            </TextLink>
          )}
          {actions}
        </Group>
        {code === 'internalError' && (
          <Text size="xs" ff="monospace">
            {t('component.problemReference', { code })}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}

function isRepeatable(error: unknown, code: ProblemCode): boolean {
  return code === 'versionChanged' || isPassing(error);
}

const toSignIn: ReadonlySet<ProblemCode> = new Set(['notSignedIn', 'linkSignInNeeded']);
