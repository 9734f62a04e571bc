import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Deployment } from '../../contract/deployment.ts';
import { api } from './api.ts';
import { queryKeys } from './query-key.ts';

export const deploymentQuery = queryOptions({
  queryKey: queryKeys.deployment,
  queryFn: ({ signal }) => api.getDeployment({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** What stands in for the deployment's own settings until they are read, and on the page that says that they can't be. */
const unread: Deployment = {
  vendorName: '',
  accentColour: '#2f5f9e',
  languages: ['en'],
  currency: 'EUR',
  timeZone: 'UTC',
  demo: false,
  version: '',
  invitationDays: 14,
};

/** Whose deployment this is and how it looks. */
export function useDeployment(): Deployment {
  return useQuery(deploymentQuery).data ?? unread;
}
