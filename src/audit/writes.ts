import type { QueryConfig } from 'pg';
import type { Session } from '../access/session';

/** One act on one record. Field names only: the log never holds a person's value. */
export interface Written {
  readonly verb: string;
  readonly entity: string;
  readonly entityId: string;
  readonly regionCode: string | null;
  readonly fields: readonly string[];
}

/**
 * The statement that says in whose name the rest of the transaction changes rows: the log of changes, which every table
 * writes itself (src/store/change-triggers), takes subject, office and act from it.
 */
export const actingAs = (session: Pick<Session, 'viewer' | 'requestId'>, verb: string): QueryConfig => ({
  name: 'acting-as',
  text: `select set_config('app.caller', $1, true)`,
  values: [callerOf(session, verb)],
});

/** The setting `app.caller`. */
export const callerOf = ({ viewer, requestId }: Pick<Session, 'viewer' | 'requestId'>, verb: string): string =>
  JSON.stringify({ subject: viewer.subject, role: viewer.role, office: viewer.office, requestId, verb });

/** The statement that logs acts which change no row; run in the transaction of the act, so that if it fails the act fails. */
export function writeLog(
  acts: readonly Written[],
  { viewer, requestId }: Pick<Session, 'viewer' | 'requestId'>,
): QueryConfig {
  return {
    name: 'write-log',
    text: `insert into write_entry (subject, role, office, request_id, verb, entity, entity_id, region_code, fields)
           select $1, $2, $3, $4, verb, entity, entity_id, region_code, string_to_array(fields, ',')
           from unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::text[]) as a (verb, entity, entity_id, region_code, fields)`,
    values: [
      viewer.subject,
      viewer.role,
      viewer.office,
      requestId,
      acts.map((act) => act.verb),
      acts.map((act) => act.entity),
      acts.map((act) => act.entityId),
      acts.map((act) => act.regionCode),
      acts.map((act) => act.fields.join(',')),
    ],
  };
}
