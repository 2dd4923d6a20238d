import { randomUUID } from 'node:crypto';
import { HONGSHAN, type Home, type Office } from '../commands/support/office';

/** A family with a re-check case, and a letter of all to three sources that it may be watched. */
export interface WatchedHome extends Home {
  readonly caseId: string;
  readonly letter: string;
}

export async function watchedHome(office: Office, since: string): Promise<WatchedHome> {
  const home = await office.home();
  const [caseId, letter] = [randomUUID(), randomUUID()];
  await office.rows(
    `insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on) values ($1, $2, $3, 'RE_CHECK', 'LOW_RENT', $4, '2026-10-01')`,
    [caseId, HONGSHAN, home.id, home.people[0]!.id],
  );
  await office.rows(`insert into entitlement values ($1, $2, $3, 'LOW_RENT', $4)`, [
    randomUUID(),
    HONGSHAN,
    home.id,
    since,
  ]);
  await office.rows(
    `insert into letter (id, region_code, household_id, case_id, purpose, sources, notice_version, signed_on, valid_until, registered_by)
     values ($1, $2, $3, $4, 'CHANGE_WATCH', '{property,vehicle,police}', '1', '2026-10-01', '2099-12-31', 'test')`,
    [letter, HONGSHAN, home.id, caseId],
  );
  for (const { id } of home.people) // the child's by its parent
    await office.rows(
      `insert into letter_member (letter_id, person_id, region_code, signature, signed_by) values ($1, $2, $3, $4, $5)`,
      [...[letter, id, HONGSHAN, id === home.people[0]!.id ? 'SELF' : 'GUARDIAN', home.people[0]!.id]],
    );
  return { ...home, caseId, letter };
}
