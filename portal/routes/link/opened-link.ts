import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { OpenedLink } from '../../../contract/link.ts';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { showLinkLanguage } from './link-language.ts';

/** What every page of a link needs to act: which link it is, and the secret that proves it. */
export interface LinkProof {
  readonly linkId: string;
  readonly secret: string;
}

/** One kind of link with what it shows. */
export type Opened<Kind extends OpenedLink['kind']> = Extract<OpenedLink, { kind: Kind }>;

/** Reads what the link is about; reading changes nothing. */
export function useOpenedLink({ linkId, secret }: LinkProof) {
  return useQuery({
    queryKey: queryKeys.link(linkId),
    queryFn: async ({ signal }) => {
      const opened = await api.openLink({ linkId, body: { secret }, signal });
      await showLinkLanguage(linkId, opened);
      return opened;
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

/** Shows what became of the link by an answer that is here already, without asking again. */
export function useLinkUpdate<Kind extends OpenedLink['kind']>(linkId: string) {
  const client = useQueryClient();
  return (change: Partial<Opened<Kind>>) =>
    client.setQueryData<OpenedLink>(queryKeys.link(linkId), (opened) => opened && { ...opened, ...change });
}
