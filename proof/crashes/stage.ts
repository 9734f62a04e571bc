import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { startEngine } from '../../server/db/engine.ts';
import { clusterIn } from '../../server/db/engine-cluster.ts';
import { readPostmasterFile } from '../../server/db/engine-postmaster.ts';
import type { Caller } from './caller.ts';
import { createCaller } from './caller.ts';
import type { DatabaseProxy } from './database-proxy.ts';
import { openDatabaseProxy } from './database-proxy.ts';
import type { Front } from './front.ts';
import { openFront } from './front.ts';
import type { MailHouse } from './mail-house.ts';
import { openMailHouse } from './mail-house.ts';
import type { CrewMember } from './server-crew.ts';
import { startCrew } from './server-crew.ts';

/** A deployment on loopback, each piece of which can be broken by itself: servers, database, mail server, and every connection. */
export interface Stage {
  readonly folder: string;
  /** The settings that all server processes share; each has its own way to the database. */
  readonly serverEnv: Readonly<Record<string, string>>;
  readonly databaseUrl: string;
  /** To the database, past the proxy. */
  readonly pool: pg.Pool;
  readonly proxy: DatabaseProxy;
  readonly front: Front;
  readonly mails: MailHouse;
  readonly crew: readonly CrewMember[];
  readonly caller: Caller;
  /** The process id of PostgreSQL itself; undefined while it starts. */
  postmaster(): number | undefined;
  /** Asks the database, over and over until it answers. */
  ask<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly servers: number;
  /** Where the database's files are; in the stage's own folder where it is left out. */
  readonly dataFolder?: string;
}

export async function openStage({ servers, dataFolder }: StageOptions): Promise<Stage> {
  const folder = await mkdtemp(path.join(tmpdir(), 'namesake-proof-'));
  const closing: (() => Promise<unknown>)[] = [
    () => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
  ];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const engineFolder = dataFolder ?? path.join(folder, 'engine');
    const engine = await startEngine({ dataFolder: engineFolder });
    closing.push(() => engine.stop());
    const pool = new pg.Pool({ connectionString: engine.url, max: 3, connectionTimeoutMillis: 5000 });
    pool.on('error', () => {}); // killed with the database
    closing.push(() => pool.end());
    const proxy = await openDatabaseProxy(engine.url, servers);
    closing.push(() => proxy.close());
    const mails = await openMailHouse(folder);
    closing.push(() => mails.server.close());
    const front = await openFront();
    closing.push(() => front.close());
    const serverEnv = {
      NAMESAKE_SECRET: randomBytes(32).toString('hex'),
      NAMESAKE_URL: front.url,
      NAMESAKE_SMTP_URL: mails.url,
      NODE_COMPILE_CACHE: path.join(folder, 'compiled'),
    };
    const crew = await startCrew(proxy.urls, { folder, env: serverEnv });
    closing.push(() => Promise.all(crew.map((member) => member.close())));
    front.lead(crew.map(({ port }) => port));
    const postmaster = () => {
      const note = readPostmasterFile(clusterIn(engineFolder));
      return note?.ready ? note.pid : undefined;
    };
    const caller = createCaller(front.url);
    return {
      folder,
      serverEnv,
      databaseUrl: engine.url,
      pool,
      proxy,
      front,
      mails,
      crew,
      caller,
      postmaster,
      ask: asker(pool),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What a deployment must not do whatever breaks: fall by itself, answer 500, answer a repeated request otherwise. */
export function faultsOfStage({ crew, caller }: Pick<Stage, 'crew' | 'caller'>): string[] {
  return [
    ...crew.flatMap((member) => member.fallen()),
    ...caller.broken.map((what) => `a call was answered 500: ${what}`),
    ...caller.unlike,
  ];
}

const PATIENCE_MILLISECONDS = 60_000;

function asker(pool: pg.Pool): Stage['ask'] {
  return async (text, values = []) => {
    const deadline = performance.now() + PATIENCE_MILLISECONDS;
    for (;;) {
      try {
        return (await pool.query(text, values)).rows;
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await delay(50);
      }
    }
  };
}
