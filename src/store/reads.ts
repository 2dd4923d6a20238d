import type { Pool, QueryResultRow } from 'pg';
import type { Session } from '../access/session';
import { loggedRead, type Look, type PersonalSelect } from '../audit/reads';
import { queryInScope } from './database';

/** Reads personal rows in the viewer's row scope; the log of the look is written by the same statement. */
export function readPersonal<Row extends QueryResultRow>(
  pool: Pool,
  select: PersonalSelect,
  values: readonly unknown[],
  look: Look,
  session: Session,
): Promise<Row[]> {
  return queryInScope<Row>(pool, session.viewer.regions, loggedRead(select, values, look, session));
}
