import { randomUUID } from 'node:crypto';
import { notifyOfChange } from '../../src/commands/notify-of-change';
import { openReviewCampaign } from '../../src/commands/open-review-campaign';
import { inScope } from '../../src/store/database';
import { HONGSHAN, openOffice, TODAY, type Office } from '../commands/support/office';
import { watchedHome } from '../watch/home';

/* From Sunday, 22 November 2026: by weekends alone the 30th working day is Friday, 1 January 2027, a holiday as it turns out. */
const [BEFORE, AFTER] = ['2027-01-01', '2027-01-04'];
const DAYS = 30;
let office: Office;
let at: { caseId: string; letter: string; household: string; person: string };
beforeAll(async () => {
  office = await openOffice();
  const home = await watchedHome(office, '2020-01-01');
  at = { caseId: home.caseId, letter: home.letter, household: home.id, person: home.people[0]!.id };
  for (const code of ['notice.working-days', 'watch.reply-working-days', 'review.declaration-working-days'])
    await office.rows(
      `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
       values (gen_random_uuid(), $1, $2, $3, 'working-day', '测试1号', 'UNVERIFIED', '2026-11-01', '2026-11-01')`,
      [code, HONGSHAN, DAYS],
    );
});
afterAll(() => office.close());

const inRegion = (text: string, values: unknown[]) =>
  inScope(office.hub.db.app, [HONGSHAN], (client) => client.query(text, values));

async function told(): Promise<string> {
  const id = randomUUID();
  await inRegion(
    `insert into change (id, region_code, household_id, person_id, case_id, letter_id, kind, source, item, seen_on, query_id, state)
     values ($1, $2, $3, $4, $5, $6, 'NEW_HOME', 'property', 'x', '2026-11-20', $1, 'OPEN')`,
    [id, HONGSHAN, at.household, at.person, at.caseId, at.letter],
  );
  await notifyOfChange(office.as(), { changeId: id, notifiedOn: TODAY });
  return id;
}
const notified = async (): Promise<string> => {
  const id = randomUUID();
  await office.rows(`select tell_of('APPROVED', $1, $2, $3, $4, $5::date, $6, '{}')`, [
    ...[HONGSHAN, at.household, at.person, id, TODAY, office.hub.now()],
  ]);
  return id;
};

describe('a time that reaches into a year not yet announced', () => {
  it('is nobody’s to change by hand', async () => {
    const id = await told();
    for (const set of [
      `reply_by = '2026-12-01'`,
      `reply_by_provisional = true`,
      `reply_by = reply_by + 1, reply_by_provisional = false`,
      `reply_by = reply_by + 1, reply_by_provisional = false, notified_by = 'y'`,
    ])
      await expect(inRegion(`update change set ${set} where id = $1`, [id])).rejects.toMatchObject({
        constraint: 'change_legal_move',
      });
  });

  it('is counted again once the year is announced: an office’s as the calendar says, a household’s never shorter than it was told', async () => {
    const changes = [await told(), await told()];
    const basis = await notified();
    const { id: campaign } = await openReviewCampaign(office.as(), { region: HONGSHAN, year: 2026 });
    const household = randomUUID();
    await office.rows(
      `insert into annual_review (id, campaign_id, region_code, household_id, year, entitlement_id, programme, due_on, declare_by)
       select $1, c.id, c.region_code, $3, 2026, e.id, 'LOW_RENT', '2026-12-31', c.declare_by from review_campaign c, entitlement e where c.id = $2 and e.household_id = $3`,
      [household, campaign, at.household],
    );
    /* The second was told of a later day, as an officer may have written it. */
    await office.rows('alter table change disable trigger guard_change');
    await office.rows(`update change set reply_by = '2027-02-01' where id = $1`, [changes[1]]);
    await office.rows('alter table change enable trigger guard_change');
    const days = async () => [
      ...(await office.rows(
        'select reply_by::text as day, reply_by_provisional as provisional from change where id = any ($1) order by reply_by',
        [changes],
      )),
      ...(await office.rows(
        'select due_on::text as day, due_provisional as provisional from notice where basis_id = $1',
        [basis],
      )),
      ...(await office.rows(
        'select declare_by::text as day, declare_by_provisional as provisional from review_campaign where id = $1',
        [campaign],
      )),
      ...(await office.rows('select declare_by::text as day from annual_review where id = $1', [household])),
    ];
    expect(await days()).toEqual([
      { day: BEFORE, provisional: true },
      { day: '2027-02-01', provisional: true },
      { day: BEFORE, provisional: true },
      { day: BEFORE, provisional: true },
      { day: BEFORE },
    ]);
    await office.rows(`begin;
      insert into calendar_year values (2027, null, '测试文号', 'NATIONAL');
      insert into calendar_day values ('2027-01-01', null, 'HOLIDAY', '元旦', '测试文号', 'NATIONAL');
      commit`);
    expect(await days()).toEqual([
      { day: AFTER, provisional: false },
      { day: '2027-02-01', provisional: false },
      { day: AFTER, provisional: false },
      { day: AFTER, provisional: false },
      { day: AFTER },
    ]);
  });
});
