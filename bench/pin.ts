import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type pg from 'pg';

/** Keeps processes with all their threads on one core, where there are two and `taskset` is at hand; answers whether it did. */
export function pin(pids: readonly number[], core: number): boolean {
  if (availableParallelism() <= core && core > 0) return false;
  const done = pids.map((pid) => spawnSync('taskset', ['-acp', String(core), String(pid)]).status === 0);
  return done.every(Boolean);
}

/** The processes of a database: its first one, from which later ones inherit their core, and those that are there. */
export async function databasePids(pool: pg.Pool): Promise<number[]> {
  const { rows } = await pool.query<{ pid: number }>(
    `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid
     union select pid from pg_stat_activity where pid is not null`,
  );
  return rows.map(({ pid }) => pid);
}
