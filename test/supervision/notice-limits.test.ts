import { NoticeResolver } from '../../resolvers/housing/notice/notice';
import { loadNotice } from '../../resolvers/housing/notice/notice-rows';
import { HONGSHAN, ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { approvalTold, stepBySql } from '../notices/told-in';
import { found } from './found';

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

/** A Tuesday before any number is in force; its year and the next are of no calendar, so that weekends alone are off. */
const RESULT = '2013-12-31';
const OWN = { office: ONGNIUD, regions: [ONGNIUD] };
const unknown = async () =>
  (await found(office, 'NOTICE_LIMIT_UNKNOWN', '2026-11-26', ONGNIUD, OWN)).map(({ recordId, source }) => [
    recordId,
    source,
  ]);
const late = async (id: string) => new NoticeResolver().late((await loadNotice(office.as(OWN), id))!, office.as(OWN));
const number = (code: string, days: number) =>
  office.rows(
    `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
     values (gen_random_uuid(), $1, $2, $3, 'working-day', '翁住发〔2026〕1号', 'LOCAL', '2013-01-01', '2026-01-01')`,
    [code, ONGNIUD, days],
  );
type Told = Awaited<ReturnType<typeof approvalTold>>;
const step = ({ home, region, notice }: Told, kind: string, at: string, version = 0) =>
  stepBySql(
    office,
    { region, household: home.id, notice: notice.id },
    { version, kind, at: new Date(at), role: 'HUB' },
  );

describe('a notice whose limit no region has set', () => {
  it('is late for nobody and found as unknown, until the number comes: then it has its day; what was told on the day of the result is in time by any number [GX-10.4.3-3]', async () => {
    const [open, same, later, failed] = [
      ...[await approvalTold(office, RESULT), await approvalTold(office, RESULT)],
      ...[await approvalTold(office, RESULT), await approvalTold(office, RESULT)],
    ] as [Told, Told, Told, Told];
    await approvalTold(office, '2026-01-15'); // of a day with a number
    expect(await step(same, 'SENDING', `${RESULT}T04:00:00Z`)).toBe(true);
    expect(await step(later, 'SENDING', '2014-01-03T04:00:00Z')).toBe(true);
    expect(await step(failed, 'ATTEMPT', `${RESULT}T04:00:00Z`)).toBe(true);
    expect(await failed.now()).toMatchObject({ state: 'PAPER_TASK', due: null, paper: null });

    const without = [open, later, failed].map(({ notice }) => notice.id);
    expect(await unknown()).toEqual(without.sort().map((id) => [id, 'notice.working-days']));
    expect(await found(office, 'NOTICE_LIMIT_UNKNOWN', '2026-11-26', HONGSHAN)).toEqual([]);
    expect(await Promise.all(without.map(late))).toEqual([null, null, null]);
    expect(await late(same.notice.id)).toBe(false);

    await number('notice.working-days', 2);
    expect(await unknown()).toEqual([[failed.notice.id, 'notice.paper-working-days']]);
    for (const { now } of [open, same, later, failed]) expect((await now()).due).toBe('2014-01-02');
    expect(await late(later.notice.id)).toBe(true);
    expect(await late(same.notice.id)).toBe(false);

    await number('notice.paper-working-days', 3);
    expect(await unknown()).toEqual([]);
    expect((await failed.now()).paper).toBe('2014-01-03');
  });
});
