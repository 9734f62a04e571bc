import { sql } from 'kysely';
import type { World } from './world/world.ts';

/** Tables that note that somebody asked, and nothing of what there is; or what becomes of mails that were owed before. */
const NOTES = new Set(['session', 'verification', 'mailbox_message']);
/** Columns that do so. */
const NOTED: Readonly<Record<string, readonly string[]>> = {
  link: ['wrong_tries'],
  device_token: ['last_used_at'],
  notice: ['state', 'attempts', 'accepted_at', 'next_attempt_at', 'last_error'],
};

/** A digest of every row that there is: the same before and after whatever was refused. */
export async function digestOf({ app }: World): Promise<ReadonlyMap<string, string>> {
  const { db } = app.ground;
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(db);
  const parts = tables
    .filter(({ name }) => !NOTES.has(name))
    .map(({ name }) => {
      const row = (NOTED[name] ?? []).reduce((json, column) => sql`${json} - ${column}::text`, sql`to_jsonb(t)`);
      return sql`select ${name}::text as name, count(*) || ' ' || coalesce(md5(string_agg((${row})::text, ',' order by (${row})::text)), '') as digest from ${sql.table(name)} t`;
    });
  const { rows } = await sql<{ name: string; digest: string }>`${sql.join(parts, sql` union all `)}`.execute(db);
  return new Map(rows.map(({ name, digest }) => [name, digest]));
}

/** The tables whose rows are not what they were. */
export function changedTables(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name);
}
