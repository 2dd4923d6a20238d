import type { Client } from 'pg';
import { asOwner } from '../../store/owner';
import { LOGIN_ROLES } from '../../store/roles';

/** The database as it is found before anything starts. */
interface Found {
  readonly sandbox: boolean;
  /** The owner and the hub's logins. */
  readonly logins: readonly Login[];
  /** Tables with rows about persons or regions that a login may read and that are not, or not for their owner, under row security. */
  readonly unguarded: readonly { readonly table: string; readonly forced: boolean }[];
}

interface Login {
  readonly name: string;
  readonly owner: boolean;
  readonly superuser: boolean;
  readonly bypass: boolean;
  /** Roles it can become that may do either. */
  readonly through: readonly string[];
}

const LOGINS = `
  select r.rolname as name, r.rolname = current_user as owner, r.rolsuper as superuser, r.rolbypassrls as bypass,
    array(select s.rolname::text from pg_roles s where (s.rolsuper or s.rolbypassrls) and s.oid <> r.oid and not r.rolsuper
      and pg_has_role(r.oid, s.oid, 'member') order by 1) as through
  from pg_roles r where r.rolname = current_user or r.rolname = any ($1) order by 1`;

/* Personal: it names a person or a household, or is one of the two. What no login may read needs no row security. */
const UNGUARDED = `
  select c.relname as table, c.relrowsecurity as "on", c.relforcerowsecurity as forced
  from pg_class c join pg_roles r on r.rolname = any ($1)
    and not exists (select from pg_roles s where s.rolsuper and pg_has_role(r.oid, s.oid, 'member'))
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and has_table_privilege(r.oid, c.oid, 'select')
    and (c.relname in ('person', 'household')
      or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('person_id', 'household_id') and not a.attisdropped))
    and not (c.relrowsecurity and c.relforcerowsecurity)
  group by 1, 2, 3 order by 1`;

type Check = (found: Found) => string[];

const superusers: Check = ({ sandbox, logins }) =>
  logins.flatMap(({ name, owner, superuser }) =>
    superuser && !(sandbox && owner)
      ? [`${called(name, owner)} is a superuser, whom row security does not bind: alter role ${name} nosuperuser`]
      : [],
  );

const bypassing: Check = ({ sandbox, logins }) =>
  logins.flatMap(({ name, owner, bypass, superuser }) =>
    bypass && !superuser && !(sandbox && owner)
      ? [`${called(name, owner)} may bypass row security: alter role ${name} nobypassrls`]
      : [],
  );

const byMembership: Check = ({ logins }) =>
  logins.flatMap(({ name, owner, through }) =>
    owner
      ? []
      : through.map(
          (role) =>
            `${called(name, owner)} is a member of ${role}, which row security does not bind: revoke ${role} from ${name}`,
        ),
  );

const unguarded: Check = (found) =>
  found.unguarded.map(
    ({ table }) =>
      `table ${table} holds personal rows without forced row security: alter table ${table} enable row level security, force row level security`,
  );

const called = (name: string, owner: boolean): string =>
  owner ? `The user of DATABASE_URL (${name})` : `The hub's login ${name}`;

const CHECKS: readonly Check[] = [superusers, bypassing, byMembership, unguarded];

/** What is wrong with the database's logins and tables, each with its remedy. Needs a database that answers. */
export const databaseProblems = (ownerUrl: string, sandbox: boolean): Promise<string[]> =>
  asOwner(ownerUrl, (owner) => problemsOf(owner, sandbox));

/** The same over an open connection of the owner. */
export async function problemsOf(owner: Client, sandbox: boolean): Promise<string[]> {
  const { rows: logins } = await owner.query<Login>(LOGINS, [LOGIN_ROLES]);
  const { rows: tables } = await owner.query<Found['unguarded'][number]>(UNGUARDED, [LOGIN_ROLES]);
  const found: Found = { sandbox, logins, unguarded: tables };
  return CHECKS.flatMap((check) => check(found));
}
