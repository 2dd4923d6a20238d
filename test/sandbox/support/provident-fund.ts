import { Client, type QueryResult } from 'pg';
import type { Person } from './property';
import type { SmallSandbox } from './world';

export interface FundRow {
  readonly ref: string;
  readonly regions: string | null;
  readonly as_of: string | null;
  readonly holder_id_number: string | null;
  readonly holder_name: string | null;
  readonly record_no: string | null;
  readonly account_status?: string | null;
  readonly monthly_contribution?: string | null;
}

const sqlFor = (columns: readonly string[]) => `
  select q.ref, c.regions, c.as_of::text, a.holder_id_number, a.holder_name, a.record_no, ${columns.map((name) => `a.${name}`).join(', ')}
    from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as q(ref, id_number, case_no, letter_no)
    left join fund.shared_coverage c on true
    left join fund.shared_account a on a.id_number = q.id_number
  /*purpose='HOUSING_SECURITY_REVIEW'*/`;

/** One connection, one statement. */
export async function onFund<Row extends object>(
  small: SmallSandbox,
  sql: string,
  values: unknown[],
  patienceMs = 5_000,
): Promise<Row[]> {
  const client = new Client({ connectionString: small.sandbox.agencies['provident-fund']!.url });
  client.on('error', () => undefined);
  let patience: NodeJS.Timeout | undefined;
  const impatient = new Promise<never>((_, reject) => {
    patience = setTimeout(() => reject(new Error('no answer in time')), patienceMs);
  });
  const work = client.connect().then((): Promise<QueryResult<Row>> => client.query<Row>(sql, values));
  work.catch(() => undefined);
  try {
    return (await Promise.race([work, impatient])).rows;
  } finally {
    clearTimeout(patience);
    await Promise.race([client.end(), new Promise((resolve) => setImmediate(resolve))]);
  }
}

export function askFund(
  small: SmallSandbox,
  people: readonly Person[],
  columns: readonly string[],
  patienceMs?: number,
): Promise<FundRow[]> {
  const refs = people.map((_, at) => `q${at}`);
  const values = [refs, people.map((person) => person.idNumber), refs, refs];
  return onFund<FundRow>(small, sqlFor(columns), values, patienceMs);
}
