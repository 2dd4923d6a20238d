import { createHmac } from 'node:crypto';
import type { Client } from 'pg';

/** Login roles of the hub and the group that may write the audit tables (architecture.md §2, 4). Names are cluster-wide. */
export const LOGIN_ROLES = ['anju_app', 'anju_engine', 'anju_public_reader'] as const;
export type LoginRole = (typeof LOGIN_ROLES)[number];
const AUDIT_WRITER = 'anju_audit_writer';
/**
 * Their statements are prepared and their tables partitioned: planned anew for every call, as PostgreSQL would choose to,
 * a read of stored answers costs 7.6 ms of planning for 0.8 ms of work. The engine's pages are planned for their size.
 */
const PLAN_ONCE = 'plan_cache_mode = force_generic_plan';

/**
 * Rounds of hashing slow down who guesses a password that people chose. Ours are keys of 256 bits that nobody guesses, and
 * the rounds are what each start and each new connection waited for. Servers before 16 know no such setting.
 */
const HASH_ONCE = `select set_config(name, '1', true) from pg_settings where name = 'scram_iterations'`;

/** A role's password: derived, so that every process of the hub knows it and nobody stores it. */
export function rolePassword(key: Buffer, role: LoginRole): string {
  return createHmac('sha256', key).update(`role:${role}`).digest('base64url');
}

/** Makes or updates the hub's logins, in one message and one transaction. Idempotent; run by the owner before migrations. */
export async function ensureRoles(owner: Client, roleKey: Buffer): Promise<void> {
  await owner.query(`
    select pg_advisory_xact_lock(20261122);
    ${HASH_ONCE};
    ${ensureRole(AUDIT_WRITER, 'nologin')}
    ${LOGIN_ROLES.map((role) => ensureRole(role, `login password '${rolePassword(roleKey, role)}'`)).join('\n')}
    alter role anju_app set ${PLAN_ONCE};
    alter role anju_public_reader set ${PLAN_ONCE};
    grant ${AUDIT_WRITER} to anju_app, anju_engine`);
}

const ensureRole = (role: string, options: string): string => `
  do $$ begin
    if not exists (select from pg_roles where rolname = '${role}') then create role ${role}; end if;
  end $$;
  alter role ${role} ${options};`;
