import { QueryCache, QueryClient } from '@tanstack/react-query';
import { isPassing, problemCode } from './api-problem.ts';
import { queryKeys } from './query-key.ts';

const triesAgain = 2;

/** Keeps the server's answers: fresh by the stream of changes, tried again only where that can help. */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        // The session ended elsewhere: without an account the router leads to the sign-in.
        if (problemCode(error) === 'notSignedIn') client.setQueryData(queryKeys.me, null);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < triesAgain && isPassing(error),
        networkMode: 'always',
      },
      mutations: {
        retry: (failures, error) => failures < triesAgain && isPassing(error) && problemCode(error) !== 'internalError',
        networkMode: 'always',
      },
    },
  });
  return client;
}
