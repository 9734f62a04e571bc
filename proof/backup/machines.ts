import path from 'node:path';
import pg from 'pg';
import type { Engine } from '../../server/db/engine.ts';
import { startEngine } from '../../server/db/engine.ts';
import type { EngineMajor } from '../../server/db/engine-binaries.ts';

/** An empty database on another PostgreSQL, as it is before a restore. */
export interface EmptyMachine {
  readonly major: EngineMajor;
  readonly url: string;
  query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>;
  drop(): Promise<void>;
}

/** Other machines to restore onto: one with each PostgreSQL that we support. */
export interface Machines {
  empty(major: EngineMajor): Promise<EmptyMachine>;
  stop(): Promise<void>;
}

export function openMachines(folder: string): Machines {
  const engines = new Map<EngineMajor, Promise<Engine>>();
  let made = 0;
  const engineOf = (major: EngineMajor): Promise<Engine> => {
    const engine =
      engines.get(major) ?? startEngine({ dataFolder: path.join(folder, `machine-${major}`), major, forTests: true });
    engines.set(major, engine);
    return engine;
  };
  return {
    async empty(major) {
      const { url } = await engineOf(major);
      made += 1;
      const name = `restored_${made}`;
      await run(url, `create database ${name} template template0`);
      const own = new URL(url);
      own.pathname = `/${name}`;
      return {
        major,
        url: own.href,
        query: (text) => run(own.href, text),
        drop: async () => void (await run(url, `drop database ${name} with (force)`)),
      };
    },
    async stop() {
      for (const engine of engines.values()) await (await engine).stop();
    },
  };
}

async function run<Row extends pg.QueryResultRow>(connectionString: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<Row>(text);
    return rows;
  } finally {
    await client.end();
  }
}
