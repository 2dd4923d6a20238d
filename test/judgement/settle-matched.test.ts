import { randomUUID } from 'node:crypto';
import { reviewIdentityMatch } from '../../src/commands/review-identity-match';
import { MatchVerdict } from '../../schema/housing/identity-match';
import type { ReportBody } from '../../schema/sharing/report-body';
import { honestHouseholds, openStage, type Stage } from '../cross-check/stage';

const TASKS = ['settle-matched-again', 'settle-again'];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(150);
  for (const source of ['civil-affairs', 'police']) await stage.sandbox.control.set(source, { readyAfterMs: 0 });
  await stage.work();
});
afterAll(() => stage.close());

const rows = async <Row>(text: string, values: unknown[] = []) =>
  (await stage.base.owner.query(text, values)).rows as Row[];
const quiet = async () => {
  while ((await rows('select from graphile_worker.jobs where task_identifier = any ($1)', [TASKS])).length > 0);
};
const reports = async (household: string): Promise<ReportBody[]> =>
  (await rows<{ body: string }>('select body from report where household_id = $1 order by version', [household])).map(
    ({ body }) => JSON.parse(body) as ReportBody,
  );
const outcomesOf = (report: ReportBody) => new Map(report.findings.map(({ rule, outcome }) => [rule, outcome]));

/** The applicants of both are suspected to be one. */
async function suspected(households: readonly [string, string]): Promise<string> {
  const [id, persons] = [randomUUID(), await Promise.all(households.map(applicantOf))];
  const [a, b] = persons.sort((one, other) => (one.person < other.person ? -1 : 1));
  await stage.base.owner.query(
    `insert into identity_match (id, person_a, person_b, region_code, other_region, score, tier, model, levels, registered_by, found_at, state)
     values ($1, $2, $3, $4, $5, 20, 'REVIEW', 1, '{}', '{clerk}', now(), 'OPEN')`,
    [id, a!.person, b!.person, a!.region, b!.region],
  );
  return id;
}
const applicantOf = async (household: string) =>
  (
    await rows<{ person: string; region: string }>(
      `select c.applicant_id as person, c.region_code as region from housing_case c where c.household_id = $1 and c.closed_on is null`,
      [household],
    )
  )[0]!;
const review = (id: string, verdict: MatchVerdict, subject: string) =>
  reviewIdentityMatch(stage.as('15', { subject }), { id, verdict, reason: '已当面核对' });

describe('an officer’s finding that two persons are one', () => {
  it('is judged at once in the standing report of either, and taken back when it is overruled; who has no report gets none', async () => {
    const [here, other] = (await honestHouseholds(stage, '15')) as [string, string];
    await stage.completed(await stage.request(stage.as('15'), { households: [here] }));
    const [first] = (await reports(here)).slice(-1);
    expect([outcomesOf(first!).get('RR-03'), first!.conclusion]).toEqual(['PASS', 'ELIGIBLE']);
    const id = await suspected([here, other]);

    await review(id, MatchVerdict.SAME, 'second');
    await quiet();
    const [second] = (await reports(here)).slice(-1);
    expect([outcomesOf(second!).get('RR-03'), second!.conclusion]).toEqual(['INCONCLUSIVE', 'PENDING_EVIDENCE']);

    await review(id, MatchVerdict.DIFFERENT, 'third');
    await quiet();
    const [third] = (await reports(here)).slice(-1);
    expect([outcomesOf(third!), third!.conclusion]).toEqual([outcomesOf(first!), 'ELIGIBLE']);
    expect(await reports(other)).toEqual([]);
  });
});
