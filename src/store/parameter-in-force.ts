import type { ClientBase } from 'pg';
import { HubError } from '../errors';

/** A number in force in a region for every programme. Error: PARAMETER_UNSET naming its code where no document sets one. */
export async function parameterInForce(
  client: ClientBase,
  code: string,
  region: string,
  day: string,
  now: Date,
): Promise<number> {
  const { rows } = await client.query<{ value: string | null }>({
    name: 'parameter-in-force',
    text: 'select parameter_in_force($1, $2, $3, $4) as value',
    values: [code, region, day, now],
  });
  if (rows[0]!.value === null) throw new HubError('PARAMETER_UNSET', code);
  return Number(rows[0]!.value);
}
