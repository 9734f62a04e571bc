import { once } from 'node:events';
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A balancer as small as one can be: in turn to whoever is ready, and nothing is ever asked twice. */
export interface Balancer {
  readonly url: string;
  /** From now on this server is asked whether it is ready, and gets requests while it is. */
  add(url: string): void;
  remove(url: string): void;
  /** Waits until a server gets requests. */
  ready(url: string): Promise<void>;
  /** How many requests this server has been handed and has not begun to answer. */
  unanswered(url: string): number;
  close(): Promise<void>;
}

/** How often each server is asked; it must go on for longer than this once it says that it is about to end. */
export const LOOK_MILLISECONDS = 100;

interface Backend {
  readonly url: URL;
  isReady: boolean;
  readonly unanswered: Set<ClientRequest>;
  wake: (() => void)[];
}

export async function openBalancer(port: number): Promise<Balancer> {
  const backends = new Map<string, Backend>();
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  let turn = 0;
  const server = createServer((incoming, response) => {
    const ready = [...backends.values()].filter(({ isReady }) => isReady);
    turn += 1;
    const backend = ready[turn % Math.max(1, ready.length)];
    if (!backend) return void response.writeHead(502, { 'x-balancer': 'nobody is ready' }).end();
    pass(incoming, response, { backend, agent });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const looking = setInterval(() => {
    for (const backend of backends.values()) void look(backend);
  }, LOOK_MILLISECONDS);
  return {
    // A listening TCP server has an address of this shape.
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    add: (url) => void backends.set(url, { url: new URL(url), isReady: false, unanswered: new Set(), wake: [] }),
    remove: (url) => void backends.delete(url),
    ready: (url) => new Promise((resolve) => backends.get(url)?.wake.push(resolve)),
    unanswered: (url) => backends.get(url)?.unanswered.size ?? 0,
    async close() {
      clearInterval(looking);
      agent.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function look(backend: Backend): Promise<void> {
  try {
    const answer = await fetch(new URL('/health/ready', backend.url), { signal: AbortSignal.timeout(2000) });
    await answer.body?.cancel();
    backend.isReady = answer.ok;
  } catch {
    backend.isReady = false;
  }
  if (backend.isReady) for (const wake of backend.wake.splice(0)) wake();
}

interface Way {
  readonly backend: Backend;
  readonly agent: Agent;
}

/** Hands a request on as it is, and its answer back as it comes; what breaks on the way breaks for the caller as well. */
function pass(incoming: IncomingMessage, response: ServerResponse, { backend, agent }: Way): void {
  const { method, headers } = incoming;
  const onward: ClientRequest = request(
    { host: '127.0.0.1', port: backend.url.port, path: incoming.url, method, headers, agent },
    (answer) => {
      const { connection: _, 'keep-alive': __, ...rest } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, rest);
      response.flushHeaders();
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    },
  );
  backend.unanswered.add(onward);
  for (const end of ['response', 'close']) onward.once(end, () => backend.unanswered.delete(onward));
  onward.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { 'x-balancer': 'the server broke off' }).end();
  });
  response.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
