import type pg from 'pg';

/** Each part of the schema as text, in an order that depends on names alone, so that two databases can be compared. */
const QUERIES = {
  columns: `
    select format('%s.%s %s%s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                  case when a.attnotnull then ' not null' else '' end,
                  case when a.attgenerated = 's' then ' generated ' when d.oid is not null then ' default ' else '' end,
                  coalesce(pg_get_expr(d.adbin, d.adrelid), '')) as line
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely%'
     order by c.relname, a.attnum`,
  constraints: `
    select format('%s %s %s', c.relname, k.conname, pg_get_constraintdef(k.oid)) as line
      from pg_constraint k join pg_class c on c.oid = k.conrelid
     where c.relnamespace = 'public'::regnamespace and c.relname not like 'kysely%' and k.contype <> 'n'
     order by c.relname, k.conname`,
  indexes: `
    select indexdef as line from pg_indexes
     where schemaname = 'public' and tablename not like 'kysely%' order by indexname`,
  sequences: `select sequencename as line from pg_sequences where schemaname = 'public' order by 1`,
  triggers: `
    select pg_get_triggerdef(t.oid) as line from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where c.relnamespace = 'public'::regnamespace and not t.tgisinternal order by t.tgname`,
  functions: `
    select pg_get_functiondef(p.oid) as line from pg_proc p
     where p.pronamespace = 'public'::regnamespace order by p.proname`,
};

/** Describes the tables, constraints, indexes, triggers and functions of a migrated database; the same text on every PostgreSQL. */
export async function describeSchema(pool: pg.Pool): Promise<string> {
  const parts: string[] = [];
  for (const [title, query] of Object.entries(QUERIES)) {
    const { rows } = await pool.query<{ line: string }>(query);
    parts.push(`-- ${title}`, ...rows.map(({ line }) => line.trimEnd()), '');
  }
  return `-- What the migrations make. Written by npm run schema; compared by npm run verify.\n\n${parts.join('\n')}`;
}
