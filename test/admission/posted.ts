import { randomUUID } from 'node:crypto';
import type { Office } from '../commands/support/office';
import { approvedIn } from '../waiting/queue-of';

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** A publicity that runs; how it came about is told by other tests, and the guards look away meanwhile. */
export async function posted(
  office: Office,
  region: string,
  postedOn: string,
  days: number,
  url: string | null = 'http://x.invalid/',
): Promise<string> {
  const { id: household } = await office.home(region);
  const { application } = await approvedIn(office.base, region, household);
  const { owner } = office.base;
  const id = randomUUID();
  for (const guard of ['begin_publicity', 'publicity_posted'])
    await owner.query(`alter table publicity disable trigger ${guard}`);
  await owner.query(
    `insert into publicity (id, region_code, household_id, application_id, round, place, url, snapshot, snapshot_hash, page_hash, posted_on, last_day)
     values ($1, $2, $3, $4, 1, 'x', $5, 'x', encode(sha256('x'), 'hex'), encode(sha256('page'), 'hex'), $6, $7)`,
    [id, region, household, application, url, postedOn, dayAfter(postedOn, days)],
  );
  for (const guard of ['begin_publicity', 'publicity_posted'])
    await owner.query(`alter table publicity enable trigger ${guard}`);
  return id;
}
