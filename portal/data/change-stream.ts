import { backoffMs } from '../../sdk/backoff.ts';

/** What the stream says of what changed; see contract/entitlement.ts. */
export interface ChangeListener {
  onTeam: (teamId: string) => void;
  /** An application picked something up in that team. */
  onReceipt: (teamId: string) => void;
  onSale: () => void;
  /** A mail was handed over, or was not. */
  onNotice: () => void;
  onEntitlement: () => void;
  /** The stream stands again after a break: anything may have changed meanwhile. */
  onReopen: () => void;
  onState: (state: StreamState) => void;
}

export type StreamState = 'live' | 'broken';

/** The part of EventSource that is used here. */
export interface EventStream {
  readonly readyState: number;
  addEventListener: (type: string, listener: (event: { data: string }) => void) => void;
  close: () => void;
}

const closed = 2;

/**
 * Listens to the account's stream of changes until the returned function is called.
 *
 * A lost connection is the browser's own business; a refused one (a server that restarts behind its proxy) ends an
 * EventSource for good, so a new one is opened, with growing waits.
 *
 * @param resumes Whether the page listened before and let go: its first opening then is a reopening already.
 */
export function followChanges(open: () => EventStream, listener: ChangeListener, resumes = false): () => void {
  let stream: EventStream;
  let failures = 0;
  let wasOpen = resumes;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const connect = () => {
    stream = open();
    stream.addEventListener('open', () => {
      failures = 0;
      listener.onState('live');
      if (wasOpen) listener.onReopen();
      wasOpen = true;
    });
    stream.addEventListener('error', () => {
      listener.onState('broken');
      if (stream.readyState !== closed) return;
      failures += 1;
      timer = setTimeout(connect, backoffMs(failures, Math.random()));
    });
    stream.addEventListener('team', ({ data }) => listener.onTeam(teamIdOf(data)));
    stream.addEventListener('receipt', ({ data }) => listener.onReceipt(teamIdOf(data)));
    stream.addEventListener('sale', () => listener.onSale());
    stream.addEventListener('notice', () => listener.onNotice());
    stream.addEventListener('entitlement', () => listener.onEntitlement());
  };

  connect();
  return () => {
    clearTimeout(timer);
    stream.close();
  };
}

function teamIdOf(data: string): string {
  // The server's own message, see TeamMessage in contract/entitlement.ts and ReceiptMessage in contract/receipt.ts.
  return (JSON.parse(data) as { teamId: string }).teamId;
}
