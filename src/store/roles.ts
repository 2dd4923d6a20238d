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

/** A role's password: derived, so that every process of the hub knows it and nobody stores it. */
export function rolePassword(key: Buffer, role: LoginRole): string {
  return createHmac('sha256', key).update(`role:${role}`).digest('base64url');
}

/** Makes or updates the hub's logins. Idempotent; run by the owner before migrations. */
export async function ensureRoles(owner: Client, roleKey: Buffer): Promise<void> {
  await owner.query('select pg_advisory_lock(20261122)');
  try {
    await ensureRole(owner, AUDIT_WRITER, 'nologin');
    for (const role of LOGIN_ROLES) {
      await ensureRole(owner, role, `login password '${rolePassword(roleKey, role)}'`);
    }
    for (const role of ['anju_app', 'anju_public_reader']) await owner.query(`alter role ${role} set ${PLAN_ONCE}`);
    await owner.query(`grant ${AUDIT_WRITER} to anju_app, anju_engine`);
  } finally {
    await owner.query('select pg_advisory_unlock(20261122)');
  }
}

async function ensureRole(owner: Client, role: string, options: string): Promise<void> {
  const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [role]);
  const verb = rowCount ? 'alter' : 'create';
  await owner.query(`${verb} role ${role} ${options}`);
}
