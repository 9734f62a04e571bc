import { queryOptions } from '@tanstack/react-query';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';

/** One team; the key is the root of all that belongs to it. */
export function teamQuery(teamId: string) {
  return queryOptions({
    queryKey: queryKeys.team(teamId),
    queryFn: ({ signal }) => api.getTeam({ teamId, signal }),
  });
}
