import { execFile } from 'node:child_process';
import { chown, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Member } from './database-machine.ts';
import { DatabaseMachine } from './database-machine.ts';
import type { Settings } from './fill.ts';
import { DEPLOY } from './fill.ts';
import type { Network } from './network.ts';
import { until } from './network.ts';
import { DATABASE_USER, POSTGRES_BIN } from './program.ts';

const START_SECONDS = 120;
const run = promisify(execFile);

export interface ClusterOptions {
  readonly network: Network;
  readonly folder: string;
  readonly settings: Settings;
}

/** Two machines with PostgreSQL under Patroni, and a third that only has a vote. */
export class Cluster {
  readonly machines: readonly DatabaseMachine[];
  readonly #third: DatabaseMachine;
  readonly #options: ClusterOptions;

  constructor(options: ClusterOptions) {
    this.#options = options;
    const { folder, settings, network } = options;
    const machine = (name: 'db1' | 'db2' | 'third') =>
      new DatabaseMachine({ name, address: network[name], folder: path.join(folder, name), settings });
    this.machines = [machine('db1'), machine('db2')];
    this.#third = machine('third');
  }

  /** Starts all of it, and makes Namesake's database as `docs/operating.md` says. */
  async start(): Promise<void> {
    const { folder, settings } = this.#options;
    for (const { name } of [...this.machines, this.#third]) await makeFolder(path.join(folder, name));
    await Promise.all([...this.machines, this.#third].map((machine) => machine.startEtcd()));
    for (const machine of this.machines) await machine.startPatroni();
    await this.protected(START_SECONDS);
    const { address } = await this.primary();
    const variable = `password=${settings.NAMESAKE_PASSWORD}`;
    const file = path.join(DEPLOY, 'postgresql/namesake.sql');
    await run(
      `${POSTGRES_BIN}/psql`,
      ['-h', address, '-U', 'postgres', '-v', 'ON_ERROR_STOP=1', '-v', variable, '-f', file, 'postgres'],
      { env: { PGPASSWORD: settings.SUPERUSER_PASSWORD } },
    );
  }

  /** The machine that is the primary. @throws Error where none is for a minute. */
  async primary(): Promise<DatabaseMachine> {
    let found: DatabaseMachine | undefined;
    await until('there is a primary', 60, async () => {
      for (const machine of this.machines) if ((await machine.ask('/primary'))?.status === 200) found = machine;
      return found !== undefined;
    });
    if (!found) throw new Error('there is no primary');
    return found;
  }

  standbyOf(primary: DatabaseMachine): DatabaseMachine {
    const standby = this.machines.find((machine) => machine !== primary);
    if (!standby) throw new Error('a cluster has two machines');
    return standby;
  }

  /** Waits until a synchronous standby follows the primary. */
  async protected(seconds: number): Promise<void> {
    await this.#standbyIs('a synchronous standby follows', 'sync_standby', seconds);
  }

  /** Waits until a standby follows the primary without being waited for. */
  async unprotected(seconds: number): Promise<void> {
    await this.#standbyIs('an asynchronous standby follows', 'replica', seconds);
  }

  async #standbyIs(what: string, role: string, seconds: number): Promise<void> {
    await until(what, seconds, async () => {
      const members = await this.members();
      const leader = members.find((member) => member.role === 'leader' && member.state === 'running');
      return members.some(
        (member) => member.role === role && isFollowing(member) && member.timeline === leader?.timeline,
      );
    });
  }

  async members(): Promise<readonly Member[]> {
    for (const machine of this.machines) {
      const answer = await machine.ask('/cluster');
      // Patroni's own answer, of a form that its documentation gives.
      if (answer?.status === 200) return (answer.body as { members: readonly Member[] }).members;
    }
    return [];
  }

  urlOf({ address }: DatabaseMachine): string {
    return `postgres://postgres:${this.#options.settings.SUPERUSER_PASSWORD}@${address}:5432/namesake`;
  }

  async close(): Promise<void> {
    await Promise.all([...this.machines, this.#third].map((machine) => machine.kill({ whole: true })));
  }
}

const isFollowing = ({ state }: Member): boolean => state === 'running' || state === 'streaming';

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (DATABASE_USER === undefined) return;
  const { stdout } = await run('id', ['-u', DATABASE_USER]);
  await chown(folder, Number(stdout), -1);
}
