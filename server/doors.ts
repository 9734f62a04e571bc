import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import { createServer as createTlsServer } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { followCertificate, readCertificate, stateOf } from './certificate.ts';
import type { Config } from './config.ts';
import { ConfigError } from './platform/config-error.ts';
import { endStreams } from './platform/http/event-stream.ts';
import { standardLog } from './platform/log.ts';

/**
 * How long a client may take to send what it has to say: a thousand that send a byte now and then would hold a thousand
 * connections. A file of sixteen megabytes has two minutes. Nor may it leave unread for longer what it was answered: that is kept
 * for it in memory.
 */
const PATIENCE = {
  headersTimeout: 15_000,
  requestTimeout: 120_000,
  connectionsCheckingInterval: 5000,
  silenceMilliseconds: 120_000,
};

/** What has not been answered after this is cut off. */
const OPEN_MILLISECONDS = 10_000;
const LOOK_MILLISECONDS = 20;

export type DoorSettings = Pick<Config, 'host' | 'port' | 'drainSeconds' | 'tls'>;

/** Where requests come in, from the first to the last answered one. */
export class Doors {
  readonly #settings: DoorSettings;
  readonly #patience: typeof PATIENCE;
  #server: Server | TlsServer | undefined;
  #isClosing = false;

  constructor(settings: DoorSettings, patience = PATIENCE) {
    this.#settings = settings;
    this.#patience = patience;
  }

  /** Whether this process is about to end: it still answers, and wants nobody sent any more. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** @throws ConfigError where the port is taken, or the certificate is none. */
  async open(listener: RequestListener): Promise<void> {
    const { host, port } = this.#settings;
    const server = this.#create((request, response) => {
      // Whoever keeps connections finds another process for its next request.
      if (this.#isClosing) response.shouldKeepAlive = false;
      listener(request, response);
    });
    this.#server = server;
    server.setTimeout(this.#patience.silenceMilliseconds);
    server.listen(port, host);
    try {
      await once(server, 'listening');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      throw new ConfigError('NAMESAKE_PORT', `${port} is taken by another program; set another one`);
    }
  }

  #create(listener: RequestListener): Server | TlsServer {
    const { tls } = this.#settings;
    if (!tls) return createServer(this.#patience, listener);
    const handshakeTimeout = this.#patience.headersTimeout;
    const begun = stateOf(tls);
    const server = createTlsServer({ ...this.#patience, handshakeTimeout, ...readCertificate(tls) }, listener);
    server.once('close', followCertificate(server, tls, { begun, log: standardLog }));
    return server;
  }

  /**
   * Says that it wants nobody any more, goes on until balancers have noticed, then takes nobody, ends the streams and
   * waits for what is under way.
   */
  async close(): Promise<void> {
    this.#isClosing = true;
    const server = this.#server;
    if (!server?.listening) return;
    await delay(this.#settings.drainSeconds * 1000);
    const closed = once(server, 'close');
    server.close();
    const sweep = () => {
      endStreams();
      // A connection that was busy until now would be kept for its next request.
      server.closeIdleConnections();
    };
    sweep();
    const sweeping = setInterval(sweep, LOOK_MILLISECONDS);
    const cut = setTimeout(() => server.closeAllConnections(), OPEN_MILLISECONDS);
    await closed;
    clearInterval(sweeping);
    clearTimeout(cut);
  }
}
