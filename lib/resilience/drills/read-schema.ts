/**
 * What holds over the rows of a database, as lines of text that two databases can be compared by: columns, constraints,
 * indexes, triggers with whether they are in force, functions, and what each role of the console may do.
 */
import { createHash } from 'node:crypto';
import type pg from 'pg';

/** Not null is told by the column: only newer servers keep a constraint for it as well. */
const statement = `
  with relations as (
    select c.oid, c.relname, c.relacl, c.relkind from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'S') and c.relname <> '_prisma_migrations'
  ), routines as (
    select p.* from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  ), roles as (
    select r.oid, r.rolname from pg_roles r where r.rolname like 'countersign\\_%'
      union all select 0, 'everybody'
  )
  select 'column ' || r.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || case when a.attnotnull then ' not null' else '' end
      || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
    from relations r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where r.relkind <> 'S'
  union all
  select 'constraint ' || r.relname || '.' || c.conname || ' ' || pg_get_constraintdef(c.oid)
    from relations r join pg_constraint c on c.conrelid = r.oid and c.contype <> 'n'
  union all
  select 'index ' || pg_get_indexdef(i.indexrelid) from relations r join pg_index i on i.indrelid = r.oid
  union all
  select 'trigger ' || pg_get_triggerdef(t.oid) || ' in force ' || t.tgenabled::text
    from relations r join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
  union all
  select 'inner trigger ' || r.relname || ' of ' || c.conname || ' ' || count(*) || ' in force ' || t.tgenabled::text
    from relations r join pg_trigger t on t.tgrelid = r.oid and t.tgisinternal
      join pg_constraint c on c.oid = t.tgconstraint group by r.relname, c.conname, t.tgenabled
  union all
  select 'function ' || p.oid::regprocedure || ' ' || md5(pg_get_functiondef(p.oid))
      || coalesce(' of ' || (select o.rolname from roles o where o.oid = p.proowner and o.oid <> 0), '')
    from routines p
  union all
  select 'right of ' || o.rolname || ' to ' || x.privilege_type || ' ' || r.relname
    from relations r, aclexplode(r.relacl) x join roles o on o.oid = x.grantee
  union all
  select 'right of ' || o.rolname || ' to ' || x.privilege_type || ' ' || r.relname || '.' || a.attname
    from relations r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped,
      aclexplode(a.attacl) x join roles o on o.oid = x.grantee
  union all
  select 'right of ' || o.rolname || ' to ' || x.privilege_type || ' ' || p.oid::regprocedure
    from routines p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x join roles o on o.oid = x.grantee`;

/** The lines in the order of their bytes, each once. */
export async function readSchema(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(statement);
  return [...new Set(rows.map(({ line }) => line))].sort();
}

/** SHA-256 in hex over the lines. */
export const digestOfLines = (lines: readonly string[]): string =>
  createHash('sha256').update(lines.join('\n')).digest('hex');
