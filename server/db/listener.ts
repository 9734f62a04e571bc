import pg from 'pg';

/** A connection of its own that hears what other connections notify. */
export interface Listener {
  readonly client: pg.Client;
  close(): Promise<void>;
}

export interface ListenerOptions {
  readonly connectionString: string;
  readonly channel: string;
  /** Called with what came, unless this very connection sent it. */
  readonly onNotice: (payload: string) => void;
  /** Called once when the connection has ended by itself. */
  readonly onEnd: () => void;
}

const CONNECT_MILLISECONDS = 2000;
const QUERY_MILLISECONDS = 5000;

/** Connects and listens. What is sent while nobody listens is lost, as it is with PostgreSQL. */
export async function openListener({ connectionString, channel, onNotice, onEnd }: ListenerOptions): Promise<Listener> {
  const client = new pg.Client({
    connectionString,
    application_name: 'namesake changes',
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    query_timeout: QUERY_MILLISECONDS,
    keepAlive: true,
  });
  let ended = false;
  const end = () => {
    if (!ended) onEnd();
    ended = true;
  };
  client.on('error', end);
  client.on('end', end);
  client.on('notification', ({ payload }) => onNotice(payload ?? ''));
  const close = async () => {
    ended = true;
    await client.end().catch(() => {});
  };
  try {
    await client.connect();
    await client.query(`listen ${pg.escapeIdentifier(channel)}`);
  } catch (error) {
    await close();
    throw error;
  }
  return { client, close };
}
