import { useDocumentVisibility } from '@mantine/hooks';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ChangeListener, StreamState } from './change-stream.ts';
import { followChanges } from './change-stream.ts';
import { queryKeys } from './query-key.ts';

const gatherMillis = 80;

/**
 * Keeps what the page shows fresh while somebody is signed in.
 *
 * A hidden page lets go of the stream, since browsers allow few connections to one server, and reads again when it comes back.
 */
export function useChanges(accountId: string | undefined): StreamState {
  const client = useQueryClient();
  const [state, setState] = useState<StreamState>('live');
  const visible = useDocumentVisibility() === 'visible';
  const listened = useRef(false);
  useEffect(() => {
    if (!accountId || !visible) return;
    const { refresh, stop } = gatheredRefresh(client);
    const listener = { ...listenerOf(refresh), onState: setState };
    const close = followChanges(() => new EventSource('/v1/me/stream'), listener, listened.current);
    listened.current = true;
    return () => {
      close();
      stop();
    };
  }, [accountId, visible, client]);
  return state;
}

function listenerOf(refresh: (keys: readonly QueryKey[]) => void): Omit<ChangeListener, 'onState'> {
  const { record, teams, team, receipts, why, sale, entitlements, notices } = queryKeys;
  return {
    onTeam: (teamId) => refresh([team(teamId), teams, entitlements, why, record()]),
    onReceipt: (teamId) => refresh([receipts(teamId), why]),
    onSale: () => refresh([sale, notices, record()]),
    onEntitlement: () => refresh([entitlements, why]),
    onReopen: () => refresh([['team'], teams, sale, notices, entitlements, why, record()]),
  };
}

/** Ten ticks in one moment are one reading. */
function gatheredRefresh(client: QueryClient) {
  const waiting = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    for (const queryKey of waiting.values()) void client.invalidateQueries({ queryKey });
    waiting.clear();
  };
  const refresh = (keys: readonly QueryKey[]) => {
    for (const key of keys) waiting.set(JSON.stringify(key), key);
    timer ??= setTimeout(flush, gatherMillis);
  };
  return { refresh, stop: () => clearTimeout(timer) };
}
