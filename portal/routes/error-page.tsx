import { Button, Group, Text } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useRouter } from '@tanstack/react-router';
import { ApiError } from '../../contract/client.ts';
import { ButtonLink } from '../components/link.tsx';
import { NarrowCard } from '../components/narrow-card.tsx';
import { problemCode, shownProblem } from '../data/api-problem.ts';
import { useText } from '../text/use-text.ts';
import { NotFoundPage } from './not-found-page.tsx';

/** Stands where a page could not be shown, and tells why and what to do. */
export function ErrorPage({ error }: Pick<ErrorComponentProps, 'error'>) {
  if (problemCode(error) === 'notFound') return <NotFoundPage />;
  return <FailedPage error={error} />;
}

function FailedPage({ error }: { error: unknown }) {
  const t = useText();
  const router = useRouter();
  const problem = error instanceof ApiError ? shownProblem(error) : undefined;
  return (
    <NarrowCard
      title={problem ? t(problem.titleId) : t('page.error.title')}
      lead={problem ? t(problem.wayOutId) : t('page.error.text')}
    >
      <Group>
        <Button onClick={() => void router.invalidate()}>{t('component.retry')}</Button>
        <ButtonLink to="/" variant="default">
          {t('page.error.home')}
        </ButtonLink>
      </Group>
      {!problem && (
        <Text size="xs" mt="lg" ff="monospace" c="dimmed">
          {String(error)}
        </Text>
      )}
    </NarrowCard>
  );
}
