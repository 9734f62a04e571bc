import { useDocumentVisibility } from '@mantine/hooks';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ChangeListener, StreamState } from './change-stream.ts';
import { followChanges } from './change-stream.ts';
import { queryKeys } from './query-key.ts';

const gatherMillis = 80;
/** When an office starts work a receipt comes with every person: the first shows at once, the others together. */
const receiptPauseMillis = 1000;

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
    const changes = gatheredRefresh(client);
    const receipts = gatheredRefresh(client, receiptPauseMillis);
    const listener = { ...listenerOf(changes.refresh, receipts.refresh), onState: setState };
    const close = followChanges(() => new EventSource('/v1/me/stream'), listener, listened.current);
    listened.current = true;
    return () => {
      close();
      changes.stop();
      receipts.stop();
    };
  }, [accountId, visible, client]);
  return state;
}

type Refresh = (keys: readonly QueryKey[]) => void;

function listenerOf(refresh: Refresh, refreshReceipts: Refresh): Omit<ChangeListener, 'onState'> {
  const { record, teams, team, receipts, why, sale, entitlements, notices } = queryKeys;
  return {
    onTeam: (teamId) => refresh([team(teamId), teams, entitlements, why, record()]),
    onReceipt: (teamId) => refreshReceipts([receipts(teamId), why]),
    onSale: () => refresh([sale, notices, record()]),
    onNotice: () => refresh([notices]),
    onEntitlement: () => refresh([entitlements, why]),
    onReopen: () => refresh([['team'], teams, sale, notices, entitlements, why, record()]),
  };
}

/** Ten ticks in one moment are one reading. With a pause, one reading follows another no sooner than that. */
function gatheredRefresh(client: QueryClient, pauseMillis = 0) {
  const waiting = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  const flush = () => {
    timer = undefined;
    readAt = performance.now();
    for (const queryKey of waiting.values()) void client.invalidateQueries({ queryKey });
    waiting.clear();
  };
  const refresh: Refresh = (keys) => {
    for (const key of keys) waiting.set(JSON.stringify(key), key);
    timer ??= setTimeout(flush, Math.max(gatherMillis, readAt + pauseMillis - performance.now()));
  };
  return { refresh, stop: () => clearTimeout(timer) };
}
