import { recordDwellingDealing } from '../../src/commands/record-dwelling-dealing';
import { Programme } from '../../schema/programme';
import { DealingAnswer, DealingKind } from '../../schema/supervision/dwelling-dealing';
import { HONGSHAN, ONGNIUD, openOffice, TODAY, type Office } from '../commands/support/office';
import { desk, dwellingIn, handedOver, inBatch, publishTemplates, type Home } from '../tenancy/tenancy-of';
import { found } from './found';

let office: Office;
let home: Home;
beforeAll(async () => {
  office = await openOffice();
  await publishTemplates(office, ONGNIUD);
  home = await inBatch(office, ONGNIUD);
  await handedOver(office, home); // signed by 合1号, filed by 备1号
});
afterAll(() => office.close());

const OWN = { office: ONGNIUD, regions: [ONGNIUD] };
/** The five, written down here anew. */
const FIVE = ['AGENCY_LISTING', 'LAND_TITLE_CHANGE', 'LEASE_FILING', 'TITLE_TRANSFER', 'TRADE'] as const;
const record = (
  dwellingId: string,
  kind: string,
  answer: string,
  { onDay = '2026-11-02', handlingBody = `${kind} 的经办单位`, documentNumber = null as string | null } = {},
) =>
  recordDwellingDealing(desk(office, ONGNIUD).county(TODAY), {
    ...{ dwellingId, kind: kind as DealingKind, answer: answer as DealingAnswer, handlingBody, onDay, documentNumber },
  });
const forbidden = async () =>
  (await found(office, 'DEALING_FORBIDDEN', TODAY, ONGNIUD, OWN)).map(
    ({ body, source, since }) => `${source} ${body} ${since}`,
  );
const unknown = async () =>
  (await found(office, 'DEALING_UNKNOWN', TODAY, ONGNIUD, OWN)).map(({ recordId, source, body }) => [
    recordId,
    source,
    body,
  ]);

/** On any day, a later one than today too. */
const dealt = (dwelling: string, onDay: string) =>
  office.rows(
    `insert into dwelling_dealing (id, region_code, dwelling_id, kind, answer, handling_body, on_day, recorded_at, recorded_by)
     values (gen_random_uuid(), $1, $2, 'TRADE', 'DEALING', '交易中心', $3, now(), 'x')`,
    [ONGNIUD, dwelling, onDay],
  );
/** The document that set a number holds no longer, and none follows it. */
async function ended(code: string, on: string): Promise<void> {
  await office.rows('alter table parameter disable trigger only_grows');
  await office.rows('update parameter set valid_to = $2 where code = $1', [code, on]);
  await office.rows('alter table parameter enable trigger only_grows');
}

describe('business about a security dwelling', () => {
  it('that its restrictions forbid is found with the body that handled it, in each of the five cases; of what a body does not say it stays open [GX-9.2.1(5)]', async () => {
    expect(await unknown()).toEqual([[home.dwelling, FIVE.join(' '), null]]);
    expect(await forbidden()).toEqual([]);
    await record(home.dwelling, 'TRADE', 'NO_ANSWER', { handlingBody: '房屋交易中心' });
    expect(await unknown()).toEqual([[home.dwelling, FIVE.join(' '), '房屋交易中心']]);
    for (const kind of FIVE) await record(home.dwelling, kind, 'DEALING', { onDay: '2026-11-03' });
    expect((await forbidden()).sort()).toEqual(FIVE.map((kind) => `${kind} ${kind} 的经办单位 2026-11-03`));
    expect(await unknown()).toEqual([]);
    await record(home.dwelling, 'TRADE', 'NO_ANSWER', { onDay: '2026-11-04', handlingBody: '房屋交易中心' });
    expect(await unknown()).toEqual([[home.dwelling, 'TRADE', '房屋交易中心']]);
    await record(home.dwelling, 'TRADE', 'NONE', { onDay: '2026-11-05' });
    expect(await unknown()).toEqual([]);
    expect(await forbidden()).toHaveLength(5); // what was done stays done
  });

  it('is no finding where there was none, nor where it is the filing of the security’s own contract; nobody of another county is told', async () => {
    const before = await forbidden();
    await record(home.dwelling, 'TITLE_TRANSFER', 'NONE');
    await record(home.dwelling, 'LEASE_FILING', 'DEALING', { documentNumber: '备1号' });
    expect(await forbidden()).toEqual(before);
    expect(await found(office, 'DEALING_FORBIDDEN', TODAY, ONGNIUD)).toEqual([]);
    const far = office.as({ office: HONGSHAN, regions: [HONGSHAN] });
    const input = {
      dwellingId: home.dwelling,
      kind: DealingKind.TRADE,
      answer: DealingAnswer.NONE,
      handlingBody: 'x',
      onDay: TODAY,
    };
    await expect(recordDwellingDealing(far, input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of what was sold is forbidden until the years of the law are over, to the day; of what nobody has bought, always', async () => {
    const sold = await inBatch(office, ONGNIUD, Programme.AFFORDABLE_SALE);
    await handedOver(office, sold, '2024-03-01');
    const stock = await dwellingIn(office, ONGNIUD, Programme.AFFORDABLE_SALE);
    const before = new Set(await forbidden());
    await dealt(sold.dwelling, '2029-02-28');
    await dealt(sold.dwelling, '2029-03-01');
    await dealt(stock, '2040-01-01');
    const since = (await forbidden()).filter((each) => !before.has(each)).map((each) => each.split(' ')[2]);
    expect(since.sort()).toEqual(['2029-02-28', '2040-01-01']);
  });

  it('of what was sold is no accusation where the years are unknown, but found as such until a number is there; of what is let or not yet sold it needs none [GX-9.2.1(5)]', async () => {
    const sold = await inBatch(office, ONGNIUD, Programme.AFFORDABLE_SALE);
    await handedOver(office, sold, '2024-03-01');
    const before = new Set(await forbidden());
    await ended('sale.restricted-years', '2023-12-31');
    const days = async (finding: 'DEALING_FORBIDDEN' | 'DEALING_LIMIT_UNKNOWN', dwelling: string) => {
      const ids = await office.rows<{ id: string }>('select id from dwelling_dealing where dwelling_id = $1', [
        dwelling,
      ]);
      const all = await found(office, finding, TODAY, ONGNIUD, OWN);
      return all.filter(({ recordId }) => ids.some(({ id }) => id === recordId));
    };
    for (const onDay of ['2024-02-29', '2024-03-01', '2026-06-01']) await dealt(sold.dwelling, onDay);
    await dealt(home.dwelling, '2026-06-01');
    expect((await days('DEALING_FORBIDDEN', sold.dwelling)).map(({ since }) => since)).toEqual(['2024-02-29']);
    const unknown = await days('DEALING_LIMIT_UNKNOWN', sold.dwelling);
    expect(unknown.map(({ since, body, source, clause }) => [since, body, source, clause]).sort()).toEqual([
      ['2024-03-01', '交易中心', 'sale.restricted-years', 'GX-9.2.1(5)'],
      ['2026-06-01', '交易中心', 'sale.restricted-years', 'GX-9.2.1(5)'],
    ]);
    expect(await days('DEALING_LIMIT_UNKNOWN', home.dwelling)).toEqual([]);
    expect((await forbidden()).filter((each) => !before.has(each)).sort()).toEqual([
      'TRADE 交易中心 2024-02-29',
      'TRADE 交易中心 2026-06-01', // of what is let
    ]);
    await office.rows(
      `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
       values (gen_random_uuid(), 'sale.restricted-years', $1, 2, 'year', '翁住发〔2024〕1号', 'LOCAL', '2024-01-01', '2024-01-01')`,
      [ONGNIUD],
    );
    expect(await days('DEALING_LIMIT_UNKNOWN', sold.dwelling)).toEqual([]);
    const since = (await days('DEALING_FORBIDDEN', sold.dwelling)).map((each) => each.since);
    expect(since.sort()).toEqual(['2024-02-29', '2024-03-01']);
  });
});
