import type { File } from '../../support/files';
import type { RunningHub } from '../../support/running-hub';

/** What its results have made to be told, in one state and in these words; the earliest of all. Returns the notice of a refusal. */
export async function plantNotice(
  { base: { owner } }: Pick<RunningHub, 'base'>,
  { householdId }: Pick<File, 'householdId'>,
  body: string,
  personId?: string,
): Promise<string> {
  await owner.query('delete from notice_step where household_id = $1', [householdId]);
  await owner.query(
    `update notice set body = $2, due_on = '2020-01-01', state = 'SENT', told_on = '2026-10-01', version = 9, person_id = coalesce($3, person_id) where household_id = $1`,
    [householdId, body, personId],
  );
  const { rows } = await owner.query<{ id: string }>(
    `select id from notice where household_id = $1 and kind = 'REFUSED' order by id limit 1`,
    [householdId],
  );
  return rows[0]!.id;
}
