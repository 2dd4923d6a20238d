import type { QueryConfig } from 'pg';
import type { Session } from '../access/session';
import { spending } from './budget';

/** A SELECT over personal rows. It must yield a column `person_id`; its name is the prepared statement's. */
export interface PersonalSelect {
  readonly name: string;
  readonly text: string;
  /** How many parameters the text itself takes. */
  readonly takes: number;
}

/** What is looked at: from which source, and which classified fields of each person. */
export interface Look {
  readonly source: string;
  readonly fields: readonly string[];
}

const composed = new Map<string, string>();

/**
 * The select and the log of the select as one statement: no log, no data (features.md G3; 1.36 × an unlogged read).
 * For a partner system the same statement counts the persons: over the budget of the day, no data either.
 */
function compose({ name, text, takes }: PersonalSelect, counted: boolean): string {
  const key = counted ? `${name}+spend` : name;
  const known = composed.get(key);
  if (known) return known;
  const p = (offset: number) => `$${takes + offset}`;
  const statement = `
    with seen as materialized (${text}),
    log as (
      insert into read_entry (subject, role, office, source, fields, purpose, case_id, letter_id, request_id, person_id, persons)
      select ${p(1)}, ${p(2)}, ${p(3)}, ${p(4)}, ${p(5)}::text[], ${p(6)}, ${p(7)}::uuid, ${p(8)}::uuid, ${p(9)}, person_id, count(*) over ()
      from seen where person_id is not null group by person_id
    )
    ${counted ? spending(p(10), p(11)) : 'select * from seen'}`;
  composed.set(key, statement);
  return statement;
}

/** A read of personal rows that writes its own log, one entry per person and field set, in the same statement. */
export function loggedRead(
  select: PersonalSelect,
  values: readonly unknown[],
  look: Look,
  session: Session,
): QueryConfig {
  const { viewer, purpose, requestId } = session;
  const allowance = viewer.partner?.allowance;
  const counted = viewer.partner !== undefined;
  return {
    name: `${select.name}+log${counted ? '+spend' : ''}`,
    text: compose(select, counted),
    values: [
      ...values,
      viewer.subject,
      viewer.role,
      viewer.office,
      look.source,
      look.fields,
      purpose?.purpose ?? null,
      purpose?.caseId ?? null,
      purpose?.letterId ?? null,
      requestId,
      ...(counted ? [allowance?.grantId, allowance?.day] : []),
    ],
  };
}
