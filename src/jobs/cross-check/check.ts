import { beijingDay } from '../../access/day';
import type { Session } from '../../access/session';
import type { Role } from '../../access/viewer';
import type { Database } from '../../store/database';

/** A cross-check as its job knows it. */
export interface Check {
  readonly id: string;
  readonly purpose: string;
  /** 'YYYY-MM-DD' */
  readonly asOf: string;
  /** Fields to ask each source for: those the purpose names, cut to what the partner may have. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /**
   * Sources of which the caller may have every field the purpose names. Only these are judged on: a stored answer may hold
   * more than a partner may ask for, and a verdict would tell it.
   */
  readonly judged: readonly string[];
  /** The caller, as at the request: the job sees and asks no more than the caller might. */
  readonly session: Session;
}

interface CheckRow {
  readonly id: string;
  readonly purpose: string;
  readonly as_of: string;
  readonly requested_by: string;
  readonly requester_role: Role;
  readonly requester_office: string;
  readonly partner_fields: string[] | null;
  readonly grant_id: string | null;
  readonly requested_at: Date;
  readonly scope_regions: string[];
  readonly sources: string[];
  readonly fields: string[];
}

const CHECK = `
  select c.id, c.purpose, c.as_of, c.requested_by, c.requester_role, c.requester_office, c.partner_fields, c.grant_id, c.requested_at, c.scope_regions, p.sources, p.fields
  from cross_check c join purpose p on p.code = c.purpose where c.id = $1`;

/** Null when there is no such cross-check. Reads as the engine, whose view has no scope: the scope is in the row. */
export async function loadCheck(db: Database, id: string): Promise<Check | null> {
  const { rows } = await db.engine.query<CheckRow>({ name: 'cross-check', text: CHECK, values: [id] });
  const row = rows[0];
  if (!row) return null;
  const { partner_fields: partnerFields } = row;
  return {
    id: row.id,
    purpose: row.purpose,
    asOf: row.as_of,
    fields: fieldsBySource(row.sources, row.fields, partnerFields),
    judged: row.sources.filter((source) => maySeeWhole(source, row.fields, partnerFields)),
    session: {
      viewer: {
        subject: row.requested_by,
        role: row.requester_role,
        office: row.requester_office,
        regions: row.scope_regions,
        ...(partnerFields ? { partner: limitsOf(row, partnerFields) } : {}),
      },
      purpose: null,
      requestId: `cross-check:${row.id}`,
    },
  };
}

/** The households were counted when they were asked for: their budget is that day's, and the cap has been kept. */
const limitsOf = (
  { purpose, grant_id: grantId, requested_at: at, scope_regions: granted }: CheckRow,
  fields: readonly string[],
) => ({
  purposes: [purpose],
  fields,
  allowance: {
    grantId: grantId ?? '',
    day: beijingDay(at),
    rowCap: Number.MAX_SAFE_INTEGER,
    reached: new Set<string>(),
  },
  scope: { granted, office: null },
});

const maySeeWhole = (source: string, named: readonly string[], permitted: readonly string[] | null): boolean =>
  permitted === null || named.every((field) => !field.startsWith(`${source}.`) || permitted.includes(field));

/** Sources left without a field are not asked and do not stand in the map. */
function fieldsBySource(
  sources: readonly string[],
  named: readonly string[],
  permitted: readonly string[] | null,
): Map<string, string[]> {
  const allowed = permitted ? named.filter((field) => permitted.includes(field)) : named;
  const fieldsOf = (source: string) =>
    allowed.filter((field) => field.startsWith(`${source}.`)).map((field) => field.slice(source.length + 1));
  return new Map(
    sources.map((source) => [source, fieldsOf(source)] as const).filter(([, fields]) => fields.length > 0),
  );
}
