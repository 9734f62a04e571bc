import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ServerProcess } from '../../server/tests/harness/server-process.ts';
import { startServerProcess } from '../../server/tests/harness/server-process.ts';
import { Cluster } from './cluster.ts';
import type { Settings } from './fill.ts';
import { fillFile } from './fill.ts';
import { chooseNetwork, listens, settingsOf, until } from './network.ts';
import { Program } from './program.ts';

/** A whole deployment on this machine, set up from the files in `deploy/`. */
export interface Site {
  readonly cluster: Cluster;
  readonly servers: readonly ServerProcess[];
  /** Where people and applications reach it. */
  readonly url: string;
  /** The database, as the first server reaches it. */
  readonly databaseUrl: string;
  readonly folder: string;
  close(options: { keep: boolean }): Promise<void>;
}

const DATABASE_PORT = 5000;
const FRONT_PORT = 8080;

export async function openSite(): Promise<Site> {
  const folder = await mkdtemp(path.join(tmpdir(), 'namesake-failover-'));
  // The database's own user has folders in it.
  await chmod(folder, 0o711);
  const network = chooseNetwork();
  const settings = settingsOf(network);
  const cluster = new Cluster({ network, folder, settings });
  const programs: Program[] = [];
  const servers: ServerProcess[] = [];
  const close = async ({ keep }: { keep: boolean }) => {
    await Promise.all(servers.map((server) => server.kill()));
    await Promise.all(programs.map((program) => program.end('SIGTERM')));
    await cluster.close();
    if (!keep) await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  const balance = async (name: string, file: string, own: Settings) => {
    const target = path.join(folder, `${name}.cfg`);
    const args = ['-f', await fillFile(file, { ...settings, ...own }, target)];
    programs.push(new Program('haproxy', { args, log: path.join(folder, `${name}.log`) }));
  };
  try {
    await cluster.start();
    const url = `http://${network.front}:${FRONT_PORT}`;
    const secret = randomBytes(32).toString('hex');
    for (const address of [network.app1, network.app2]) {
      await balance(`database-${address}`, 'haproxy/database.cfg', { DATABASE_BIND: `${address}:${DATABASE_PORT}` });
      await until('the balancer listens', 10, () => listens(address, DATABASE_PORT));
      const env = {
        DATABASE_URL: databaseAt(address, settings),
        NAMESAKE_SECRET: secret,
        NAMESAKE_URL: url,
        NAMESAKE_DATA: path.join(folder, `server-${address}`),
        NAMESAKE_DRAIN_SECONDS: '3',
        NAMESAKE_PROXIES: '127.0.0.0/8',
      };
      servers.push(await startedServer(env));
    }
    const [SERVER1, SERVER2] = servers.map((server) => new URL(server.url).host.replace('localhost', '127.0.0.1'));
    if (!SERVER1 || !SERVER2) throw new Error('two servers were started');
    const front = { FRONT_BIND: `${network.front}:${FRONT_PORT}`, FRONT_CONNECTIONS: '2000' };
    await balance('front', 'haproxy/front.cfg', { SERVER1, SERVER2, SERVER_TLS: '', ...front });
    await until('the front answers', 20, async () => (await answers(`${url}/v1/deployment`)) === 200);
    return { cluster, servers, url, databaseUrl: databaseAt(network.app1, settings), folder, close };
  } catch (error) {
    await close({ keep: true });
    throw new Error(`the site could not be set up; what it said is in ${folder}`, { cause: error });
  }
}

const databaseAt = (address: string, { NAMESAKE_PASSWORD }: Settings): string =>
  `postgres://namesake:${NAMESAKE_PASSWORD}@${address}:${DATABASE_PORT}/namesake`;

/** Where the balancer has not found the primary yet the server ends, and is started again as systemd does. */
async function startedServer(env: Record<string, string>): Promise<ServerProcess> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startServerProcess(env);
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

async function answers(url: string): Promise<number> {
  return fetch(url).then(
    ({ status }) => status,
    () => 0,
  );
}
