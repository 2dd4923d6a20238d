import type { Client, Pool } from 'pg';
import { beijingDay } from '../../access/day';
import { inForceIn, type ParameterInForce } from '../../engine/in-force';
import { parameterDeclared } from '../../../schema/parameters';
import { Programme } from '../../../schema/programme';
import { Refusal } from '../refusal';

export interface ToShow {
  readonly code: string;
  readonly region: string;
  readonly programme?: string;
  /** Day on which it holds; today in Beijing when left out. */
  readonly on?: string;
  /** Instant by which it was known; now when left out. */
  readonly known?: Date;
}

/** A value on the books of a region or of one above it. */
export interface Entry extends ParameterInForce {
  /** Regions between; 0 is its own. */
  readonly distance: number;
}

export interface Shown {
  readonly inForce: ParameterInForce | null;
  /** All that was known, the nearest region first, the latest word first. */
  readonly entries: readonly Entry[];
}

/* As the lineage of a household's region: the region, those above it, at last what nobody's region is. */
const ENTRIES = `
  with recursive step (code, distance) as (
    select $2::text, 0 union all select r.parent_code, distance + 1 from step join region r on r.code = step.code
  )
  select p.id, p.code, p.value, p.unit, p.document_number as "documentNumber", p.mark, p.region_code as "regionCode", p.programme,
    p.valid_from as "validFrom", p.valid_to as "validTo", p.known_from as "knownFrom", step.distance
  from step join parameter p on p.region_code is not distinct from step.code
  where p.code = $1 and p.known_from <= $3
  order by step.distance, p.programme nulls first, p.known_from desc, p.valid_from desc`;

/** What a number is in a place, as the engine takes it, and what is on the books about it. Throws Refusal. */
export async function showParameter(engineRole: Pool, wanted: ToShow, now: Date): Promise<Shown> {
  const { code, region, programme = null, on = beijingDay(now), known = now } = wanted;
  if (!parameterDeclared(code)) throw new Refusal(`Unknown code '${code}': npm run hub -- parameters list`);
  if (programme !== null && !(programme in Programme)) throw new Refusal(`Unknown programme '${programme}'.`);
  if (!(await engineRole.query('select from region where code = $1', [region])).rowCount)
    throw new Refusal(`Unknown region '${region}'.`);
  const place = { regionCode: region, programme, asOf: on, now: known };
  const inForce = (await inForceIn(engineRole, [code], place)).get(code) ?? null;
  return { inForce, entries: (await engineRole.query<Entry>(ENTRIES, [code, region, known])).rows };
}

/** How many values are on the books, by code. */
export async function countByCode(client: Pick<Client, 'query'>): Promise<Map<string, number>> {
  const { rows } = await client.query<{ code: string; n: number }>(
    'select code, count(*)::int as n from parameter group by code',
  );
  return new Map(rows.map(({ code, n }) => [code, n]));
}
