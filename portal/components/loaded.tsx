import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { LoadingRows } from './loading.tsx';
import { ProblemAlert } from './problem-alert.tsx';

interface LoadedProps<Data> {
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>;
  /** What stands there meanwhile; rows unless told. */
  loading?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** Shows what a query read: a skeleton while it is on its way, its problem when it failed, the data as soon as there is some. */
export function Loaded<Data>({ query, loading = <LoadingRows />, children }: LoadedProps<Data>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return <>{loading}</>;
}
