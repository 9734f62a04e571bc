import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Me } from '../../contract/account.ts';
import { api } from './api.ts';
import { problemCode } from './api-problem.ts';
import { queryKeys } from './query-key.ts';

/** Who is signed in; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: queryKeys.me,
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await api.getMe({ signal });
    } catch (error) {
      if (problemCode(error) === 'notSignedIn') return null;
      throw error;
    }
  },
  staleTime: 300_000,
});

/** Who is signed in; null when nobody is or it is not known yet. */
export function useMe(): Me | null {
  return useQuery(meQuery).data ?? null;
}

/** Who is signed in, on pages that only somebody signed in can reach. */
export function useSignedIn(): Me {
  const me = useMe();
  if (!me) throw new Error('This page stands below the route that asks for a sign-in.');
  return me;
}
