import type { ClientBase } from 'pg';

export interface WorkingDay {
  /** 'YYYY-MM-DD' */
  readonly day: string;
  /** A year on the way is not announced: weekends alone were counted there. */
  readonly provisional: boolean;
}

/**
 * The n-th working day 工作日 after a day by the calendar of a region, the day itself not counted (Civil Code art. 201). The one
 * place where working days are counted: the SQL function of the same name.
 */
export async function addWorkingDays(client: ClientBase, region: string, from: string, n: number): Promise<WorkingDay> {
  const { rows } = await client.query<WorkingDay>({
    name: 'add-working-days',
    text: 'select day::text, provisional from add_working_days($1, $2, $3)',
    values: [region, from, n],
  });
  return rows[0]!;
}
