import { randomBytes } from 'node:crypto';
import { createConnection } from 'node:net';
import { userInfo } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Settings } from './fill.ts';
import { POSTGRES_BIN } from './program.ts';

/** The machines of a deployment, each an address of this one: so every file keeps the ports that it has in earnest. */
export interface Network {
  readonly db1: string;
  readonly db2: string;
  readonly third: string;
  readonly app1: string;
  readonly app2: string;
  readonly front: string;
}

/** A network of its own, so that two runs do not meet. */
export function chooseNetwork(): Network {
  const at = (machine: number) => `127.${100 + (process.pid % 150)}.0.${machine}`;
  return { db1: at(11), db2: at(12), third: at(13), app1: at(21), app2: at(22), front: at(31) };
}

const password = () => randomBytes(24).toString('hex');

/** What all machines are filled in with. */
export function settingsOf({ db1, db2, third }: Network): Settings {
  const members = { db1, db2, third };
  return {
    ETCD_CLUSTER: Object.entries(members)
      .map(([name, address]) => `${name}=http://${address}:2380`)
      .join(','),
    ETCD_HOSTS: Object.values(members)
      .map((address) => `${address}:2379`)
      .join(','),
    DB1_ADDRESS: db1,
    DB2_ADDRESS: db2,
    NETWORK: '127.0.0.0/8',
    POSTGRES_BIN,
    BALANCER_USER: userInfo().username,
    SUPERUSER_PASSWORD: password(),
    REPLICATION_PASSWORD: password(),
    REWIND_PASSWORD: password(),
    NAMESAKE_PASSWORD: password(),
    API_PASSWORD: password(),
  };
}

/** Waits until something holds. @throws Error with what did not come. */
export async function until(what: string, seconds: number, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`after ${seconds} s still not: ${what}`);
    await delay(50);
  }
}

/** Whether somebody listens at an address. */
export function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}
