import { queryOptions } from '@tanstack/react-query';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import type { WhySearch } from './why-search.ts';

/** The explanation that an address asks for: of oneself, or of a member of a team that one manages. */
export function whyQuery({ product, team, member }: WhySearch) {
  const productId = product && { productId: product };
  return queryOptions({
    queryKey: [...queryKeys.why, product, team, member],
    queryFn: ({ signal }) =>
      team && member
        ? api.explainMember({ teamId: team, memberId: member, query: { ...productId }, signal })
        : api.explainMine({
            // This computer's clock, to be held against the server's.
            query: { ...productId, ...(team && { teamId: team }), clientTime: new Date().toISOString() },
            signal,
          }),
  });
}

/** The caller's teams and products, to choose from. */
export const entitlementsQuery = queryOptions({
  queryKey: queryKeys.entitlements,
  queryFn: ({ signal }) => api.listMyEntitlements({ signal }),
});
