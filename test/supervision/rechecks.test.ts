import { randomUUID } from 'node:crypto';
import { closeChange } from '../../src/commands/close-change';
import { notifyOfChange } from '../../src/commands/notify-of-change';
import { replyToChange } from '../../src/commands/reply-to-change';
import { inScope } from '../../src/store/database';
import { ChangeOutcome } from '../../schema/review/change';
import { HONGSHAN, ONGNIUD, openOffice, TODAY, type Office } from '../commands/support/office';
import { watchedHome, type WatchedHome } from '../watch/home';
import { found } from './found';

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

/** Seen on Friday 2026-11-20; three working days later is Wednesday the 25th. */
const SEEN = '2026-11-20';
const LAST = '2026-11-25';
const AFTER = '2026-11-26';
const within = (days: number, from = '2026-01-01', until: string | null = null) =>
  office.rows(
    `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, valid_to, known_from)
     values (gen_random_uuid(), 'change.recheck-working-days', '15', $1, 'working-day', '内建房〔2026〕1号', 'LOCAL', $2, $3, '2026-11-01')`,
    [days, from, until],
  );

async function changed(home: WatchedHome, seenOn = SEEN): Promise<string> {
  const id = randomUUID();
  await inScope(office.hub.db.app, [HONGSHAN], (client) =>
    client.query(
      `insert into change (id, region_code, household_id, person_id, case_id, letter_id, kind, source, item, seen_on, query_id)
       values ($1, $2, $3, $4, $5, $6, 'NEW_VEHICLE', 'vehicle', '蒙D0X001', $7, $1)`,
      [id, HONGSHAN, home.id, home.people[0]!.id, home.caseId, home.letter, seenOn],
    ),
  );
  return id;
}

/** Asked for on a day; with a conclusion once it is settled. */
async function checked(home: WatchedHome, asOf: string, conclusion?: string, purpose = 'ANNUAL_REVIEW') {
  const id = randomUUID();
  await office.rows(
    `insert into cross_check (id, region_code, purpose, requested_by, requester_role, requester_office, as_of, state, total, done, requested_at, finished_at, scope_regions)
     values ($1, $2, $3, 'x', 'COUNTY_HOUSING', $2, $4, 'COMPLETED', 1, 1, now(), now(), array[$2])`,
    [id, HONGSHAN, purpose, asOf],
  );
  await office.rows(
    `insert into cross_check_household (cross_check_id, ordinal, region_code, household_id, case_id, letter_id, state) values ($1, 1, $2, $3, $4, $5, 'DONE')`,
    [id, HONGSHAN, home.id, home.caseId, home.letter],
  );
  if (conclusion)
    await office.rows(
      `insert into case_report values ($1, $2, $3, $4, 'hash', $5, now()) on conflict (case_id) do update set cross_check_id = $4, conclusion = $5`,
      [home.caseId, HONGSHAN, home.id, id, conclusion],
    );
  return id;
}

async function heard(changeId: string): Promise<void> {
  await notifyOfChange(office.as(), { changeId, notifiedOn: TODAY });
  await replyToChange(office.as(), { changeId, repliedOn: TODAY, reply: '代亲属登记' });
}
const close = (changeId: string, outcome: ChangeOutcome, crossCheckId: string | null = null) =>
  closeChange(office.as(), { changeId, outcome, note: '核实', crossCheckId });
const late = async (day: string) => (await found(office, 'RECHECK_NOT_OPENED', day)).map(({ recordId }) => recordId);

describe('a change of a secured household', () => {
  it('without a re-check is found from the day after its limit until there is one, and its result is what the rules say: KEEP or NOT_QUALIFIED [GX-9.2.1(2)]', async () => {
    await within(3);
    const home = await watchedHome(office, '2020-01-01');
    const change = await changed(home);
    expect(await late(LAST)).toEqual([]);
    expect(await found(office, 'RECHECK_NOT_OPENED', AFTER)).toMatchObject([
      { recordId: change, clause: 'GX-9.2.1(2)', regionCode: HONGSHAN, since: LAST, source: 'vehicle' },
    ]);
    await heard(change);
    expect(await late(AFTER)).toEqual([change]); // words are no re-check
    await checked(home, '2026-11-19'); // before it was seen
    await checked(home, TODAY, undefined, 'ADMISSION_REVIEW');
    expect(await late(AFTER)).toEqual([change]);
    const pending = await checked(home, TODAY, 'PENDING_EVIDENCE');
    expect(await late(AFTER)).toEqual([]);
    await expect(close(change, ChangeOutcome.RE_CHECKED, pending)).rejects.toMatchObject({ field: 'crossCheckId' });
    const kept = await checked(home, TODAY, 'ELIGIBLE');
    await expect(close(change, ChangeOutcome.RE_CHECKED, pending)).rejects.toMatchObject({ field: 'crossCheckId' });
    await expect(close(change, ChangeOutcome.RE_CHECKED, kept)).resolves.toMatchObject({ result: 'KEEP' });
    const next = await changed(home);
    await heard(next);
    const failed = await checked(home, TODAY, 'INELIGIBLE_PROPOSED');
    await expect(close(next, ChangeOutcome.RE_CHECKED, failed)).resolves.toMatchObject({ result: 'NOT_QUALIFIED' });
  });

  it('that was explained is still to be re-checked; one that was an error of the record is not; nobody of another county is told', async () => {
    const home = await watchedHome(office, '2020-01-01');
    const [explained, mistaken] = [await changed(home), await changed(home)];
    for (const [change, outcome] of [
      [explained, ChangeOutcome.EXPLAINED],
      [mistaken, ChangeOutcome.MISTAKEN],
    ] as const) {
      await heard(change);
      await expect(close(change, outcome)).resolves.toMatchObject({ result: null });
    }
    expect(await late(AFTER)).toEqual([explained]);
    expect(await found(office, 'RECHECK_NOT_OPENED', AFTER, ONGNIUD)).toEqual([]);
  });

  it('whose limit is unknown, for want of a number or of the calendar of its year, is found as such and never as late, until both are there [GX-9.2.1(2)]', async () => {
    const EARLY = '2013-11-20'; // before any number is in force
    const home = await watchedHome(office, '2010-01-01');
    const change = await changed(home, EARLY);
    const unknown = () => found(office, 'RECHECK_LIMIT_UNKNOWN', AFTER);
    const lateNow = async () => (await late(AFTER)).includes(change);
    const said = { recordId: change, clause: 'GX-9.2.1(2)', regionCode: HONGSHAN, since: EARLY, body: null };
    expect(await unknown()).toEqual([
      { finding: 'RECHECK_LIMIT_UNKNOWN', ...said, source: 'change.recheck-working-days' },
    ]);
    expect(await lateNow()).toBe(false);
    expect(await found(office, 'RECHECK_LIMIT_UNKNOWN', AFTER, ONGNIUD)).toEqual([]);
    await within(3, '2013-01-01', '2013-12-31');
    expect(await unknown()).toMatchObject([{ ...said, source: 'calendar_year' }]);
    expect(await lateNow()).toBe(false);
    await office.rows(`insert into calendar_year values (2013, null, '国办发明电〔2012〕33号', 'NATIONAL')`);
    expect(await unknown()).toEqual([]);
    expect(await lateNow()).toBe(true);
    await checked(home, EARLY);
    expect(await lateNow()).toBe(false);
  });

  it('bears no result that its report does not say, by whatever statement', async () => {
    const home = await watchedHome(office, '2020-01-01');
    const change = await changed(home);
    await heard(change);
    const check = await checked(home, TODAY, 'INELIGIBLE_PROPOSED');
    const bySql = (outcome: string, result: string | null, crossCheck: string | null) =>
      inScope(office.hub.db.app, [HONGSHAN], (client) =>
        client.query(
          `update change set state = 'CLOSED', outcome = $2, result = $3, cross_check_id = $4, closing_note = 'x', closed_on = '2026-11-22', closed_by = 'x' where id = $1`,
          [change, outcome, result, crossCheck],
        ),
      );
    for (const result of ['KEEP', null])
      await expect(bySql('RE_CHECKED', result, check)).rejects.toMatchObject({
        constraint: 'change_result_of_re_check',
      });
    await expect(bySql('MISTAKEN', 'KEEP', null)).rejects.toMatchObject({ constraint: 'change_result_of_re_check' });
    await bySql('RE_CHECKED', 'NOT_QUALIFIED', check);
  });
});
