import type { QueryClient } from '@tanstack/react-query';
import { queryOptions } from '@tanstack/react-query';
import type { Member } from '../../../contract/team.ts';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import type { TeamLicences } from './licences/holding.ts';
import { newerOf } from './licences/holding.ts';

/** One team; the key is the root of all that belongs to it. */
export function teamQuery(teamId: string) {
  return queryOptions({
    queryKey: queryKeys.team(teamId),
    queryFn: ({ signal }) => api.getTeam({ teamId, signal }),
  });
}

const pageSize = 500;

/** Everybody in the team, so that search and filters answer without the server. */
export function membersQuery(teamId: string) {
  return queryOptions({
    queryKey: queryKeys.members(teamId),
    queryFn: async ({ signal }) => {
      const members: Member[] = [];
      let after: string | null = null;
      do {
        const query: { limit: number; after?: string } = after ? { limit: pageSize, after } : { limit: pageSize };
        const page: { items: Member[]; next: string | null } = await api.listMembers({ teamId, query, signal });
        members.push(...page.items);
        after = page.next;
      } while (after);
      return members;
    },
  });
}

/** The team's subscriptions and licences; an answer older than what is known already is left aside. */
export function licencesQuery(teamId: string, client: QueryClient) {
  const queryKey = queryKeys.licences(teamId);
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }): Promise<TeamLicences> => {
      const fresh = await api.listLicences({ teamId, signal });
      return newerOf(fresh, client.getQueryData<TeamLicences>(queryKey));
    },
  });
}

/** What the devices of a team picked up last. */
export function receiptsQuery(teamId: string) {
  return queryOptions({
    queryKey: queryKeys.receipts(teamId),
    queryFn: async ({ signal }) => (await api.listReceipts({ teamId, signal })).items,
  });
}

export function storageQuery(teamId: string) {
  return queryOptions({
    queryKey: queryKeys.storage(teamId),
    queryFn: ({ signal }) => api.getStorage({ teamId, signal }),
  });
}
