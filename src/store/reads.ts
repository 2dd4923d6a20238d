import type { Pool, QueryResultRow } from 'pg';
import { reach } from '../access/allowance';
import type { Session } from '../access/session';
import { loggedRead, type Look, type PersonalSelect } from '../audit/reads';
import { queryInScope } from './database';

/** Reads personal rows in the viewer's row scope; the log of the look is written by the same statement. */
export async function readPersonal<Row extends QueryResultRow>(
  pool: Pool,
  select: PersonalSelect,
  values: readonly unknown[],
  look: Look,
  session: Session,
): Promise<Row[]> {
  const query = loggedRead(select, values, look, session);
  const { viewer, toDisk } = session;
  const rows = await queryInScope<Row>(pool, viewer.regions, query, toDisk && 'quickly');
  toDisk?.wrote();
  reach(
    viewer,
    rows.map(({ person_id: person }) => person as unknown),
  );
  return rows;
}
