import type { ClientBase } from 'pg';

const OURS = `n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_t%'`;

/** Reads pg_catalog for everything that lets a role read, run or become something; $1 is its name. One column, a phrase each. */
const SCANS = [
  `select 'relation ' || n.nspname || '.' || c.relname || ' ' || p from pg_class c join pg_namespace n on n.oid = c.relnamespace,
     unnest(array['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER']) p
   where ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'f') and has_table_privilege($1, c.oid, p)`,
  `select 'column of ' || n.nspname || '.' || c.relname || ' ' || p from pg_class c join pg_namespace n on n.oid = c.relnamespace,
     unnest(array['SELECT','INSERT','UPDATE','REFERENCES']) p
   where ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'f') and not has_table_privilege($1, c.oid, p) and has_any_column_privilege($1, c.oid, p)`,
  `select 'sequence ' || c.relname || ' ' || p from pg_class c join pg_namespace n on n.oid = c.relnamespace, unnest(array['SELECT','USAGE','UPDATE']) p
   where ${OURS} and c.relkind = 'S' and has_sequence_privilege($1, c.oid, p)`,
  `select 'definer function ' || f.oid::regprocedure from pg_proc f join pg_namespace n on n.oid = f.pronamespace
   where f.prosecdef and has_function_privilege($1, f.oid, 'EXECUTE') and ${OURS}`,
  `select 'server file function ' || f.oid::regprocedure from pg_proc f
   where f.proname ~ '^(pg_read_|pg_ls_|pg_stat_file|lo_import|lo_export|pg_file_|dblink)' and has_function_privilege($1, f.oid, 'EXECUTE')`,
  `select 'schema ' || n.nspname || ' ' || p from pg_namespace n, unnest(array['USAGE','CREATE']) p
   where ${OURS} and has_schema_privilege($1, n.oid, p)`,
  `select 'database create' where has_database_privilege($1, current_database(), 'CREATE')`,
  `select 'default privilege ' || d.defaclobjtype::text || ' ' || a.privilege_type from pg_default_acl d, aclexplode(d.defaclacl) a
   where a.grantee in (0, $1::regrole::oid) and d.defaclobjtype in ('r', 'S', 'n')`,
  `with recursive held as (
     select roleid from pg_auth_members where member = $1::regrole
     union select m.roleid from pg_auth_members m join held on m.member = held.roleid
   ) select 'member of ' || roleid::regrole from held`,
  `select 'attribute ' || a from pg_roles r, lateral (values ('superuser', rolsuper), ('bypass row security', rolbypassrls), ('create role', rolcreaterole),
     ('create database', rolcreatedb), ('replication', rolreplication)) as v (a, has) where r.rolname = $1 and v.has`,
  `select 'owner of ' || c.relname from pg_class c where c.relowner = $1::regrole`,
  `select 'owner of ' || f.proname from pg_proc f where f.proowner = $1::regrole`,
  `select 'owner of schema ' || n.nspname from pg_namespace n where n.nspowner = $1::regrole`,
  `select 'foreign server ' || s.srvname from pg_foreign_server s where has_server_privilege($1, s.oid, 'USAGE')`,
  `select 'untrusted language ' || l.lanname from pg_language l where not l.lanpltrusted and l.lanname not in ('internal', 'c') and has_language_privilege($1, l.oid, 'USAGE')`,
  `select 'parameter ' || p.parname from pg_parameter_acl p, aclexplode(p.paracl) a where a.grantee in (0, $1::regrole::oid)`,
];

/** Everything a role has, of its own, through PUBLIC or through other roles; in order. */
export async function reachOfRole(client: ClientBase, role: string): Promise<string[]> {
  const found: string[] = [];
  for (const scan of SCANS) {
    const { rows } = await client.query<Record<string, string>>(scan, [role]);
    found.push(...rows.flatMap((row) => Object.values(row)));
  }
  return found.sort();
}
