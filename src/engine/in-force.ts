import type { PoolClient } from 'pg';
import { statementValues, type EvaluationRequest } from './evaluate';
import { given, subject } from './statement/subject';
import type { ReportParameter } from '../../schema/sharing/report-body';

/** A number of the law as it was in force for a region, a programme and a day, as far as was known. */
export interface ParameterInForce extends Omit<ReportParameter, 'knownFrom'> {
  readonly knownFrom: Date;
}

/** By code; a code without a value is absent. */
export type InForce = ReadonlyMap<string, ParameterInForce>;

/** What holds in a place: where, for which programme, on which day, as known when. */
export interface Place {
  readonly regionCode: string;
  readonly programme: string | null;
  readonly asOf: string;
  readonly now: Date;
}

type Client = Pick<PoolClient, 'query'>;

/** The numbers that decide about each household, by its id. */
export async function inForceOf(
  client: Client,
  codes: readonly string[],
  request: EvaluationRequest,
): Promise<Map<string, InForce>> {
  const { rows } = await client.query<{ householdId: string; ids: string[] }>(
    `with ${subject('MANY')}, ${given(codes, 'id')}
     select household_id as "householdId", ${deciding(codes)} as ids from given`,
    statementValues(request),
  );
  const known = await byId(client, [...new Set(rows.flatMap(({ ids }) => ids))]);
  return new Map(rows.map(({ householdId, ids }) => [householdId, byCode(ids, known)]));
}

/** The numbers that hold in a place. */
export async function inForceIn(
  client: Client,
  codes: readonly string[],
  { regionCode, programme, asOf, now }: Place,
): Promise<InForce> {
  /* $3 and $4: the relations ask for the day as $5 and for the instant as $6. */
  const { rows } = await client.query<{ ids: string[] }>(
    `with subject as (select $1::text as region_code, $2::text as programme, $3::text as third, $4::text as fourth), ${given(codes, 'id')}
     select ${deciding(codes)} as ids from given`,
    [regionCode, programme ?? '', null, null, asOf, now],
  );
  const ids = rows.flatMap((row) => row.ids);
  return byCode(ids, await byId(client, ids));
}

const deciding = (codes: readonly string[]): string =>
  `array_remove(array[${codes.map((code) => `"${code}"`).join(', ')}]::uuid[], null)`;

async function byId(client: Client, ids: readonly string[]): Promise<Map<string, ParameterInForce>> {
  const { rows } = await client.query<ParameterInForce>(
    `select id, code, value, unit, document_number as "documentNumber", mark, region_code as "regionCode", programme,
       valid_from as "validFrom", valid_to as "validTo", known_from as "knownFrom"
     from parameter where id = any ($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

const byCode = (ids: readonly string[], known: ReadonlyMap<string, ParameterInForce>): InForce =>
  new Map(ids.map((id) => known.get(id)!).map((parameter) => [parameter.code, parameter]));
