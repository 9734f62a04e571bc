import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import type { CutMoment } from './database-proxy.ts';
import { closeAll } from './database-proxy.ts';

/** What stands before the servers as a deployment's balancer does: one address, and each connection goes to one that takes it. */
export interface Front {
  readonly url: string;
  /** Cuts made so far, by moment. */
  readonly made: Record<CutMoment, number>;
  /** Names the ports of the servers that may be asked; connections to others end. */
  lead(ports: readonly number[]): void;
  /** Cuts the next request that comes through: before it is handed on, while it is worked on, or with its answer thrown away. */
  plan(moment: CutMoment | undefined): void;
  close(): Promise<void>;
}

export async function openFront(): Promise<Front> {
  const made: Record<CutMoment, number> = { before: 0, during: 0, answer: 0 };
  const open = new Set<Socket>();
  const toServer = new WeakMap<Socket, number>();
  let ports: readonly number[] = [];
  let turn = 0;
  let planned: CutMoment | undefined;

  /** Connects to the first server that takes the connection. */
  const reach = async (): Promise<Socket | undefined> => {
    turn += 1;
    for (let index = 0; index < ports.length; index += 1) {
      const port = ports[(turn + index) % ports.length] ?? 0;
      const socket = connect(port, '127.0.0.1');
      try {
        await once(socket, 'connect');
        toServer.set(socket, port);
        return socket;
      } catch {
        socket.destroy();
      }
    }
    return undefined;
  };

  const pass = (client: Socket, server: Socket) => {
    let dropsAnswer = false;
    const cut = () => {
      for (const socket of [client, server]) {
        socket.destroy();
        open.delete(socket);
      }
    };
    for (const socket of [client, server]) {
      open.add(socket);
      socket.setNoDelay(true).on('error', cut).on('close', cut);
    }
    client.on('data', (chunk) => {
      const moment = planned;
      planned = undefined;
      if (moment) made[moment] += 1;
      if (moment === 'before') return cut();
      dropsAnswer ||= moment === 'answer';
      server.write(chunk, () => moment === 'during' && cut());
    });
    server.on('data', (chunk) => (dropsAnswer ? cut() : void client.write(chunk)));
    client.resume();
  };

  const listener = createServer({ pauseOnConnect: true }, async (client) => {
    client.on('error', () => client.destroy());
    const server = await reach();
    if (server) pass(client, server);
    else client.destroy();
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  // A listening TCP server has an address of this shape.
  const { port } = listener.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    made,
    lead: (to) => {
      ports = to;
      for (const socket of open) {
        const port = toServer.get(socket);
        if (port !== undefined && !to.includes(port)) socket.destroy();
      }
    },
    plan: (moment) => {
      planned = moment;
    },
    close: () => closeAll(listener, open),
  };
}
