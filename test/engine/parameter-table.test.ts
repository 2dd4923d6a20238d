import { randomUUID } from 'node:crypto';
import { PARAMETERS, parameterDeclared } from '../../schema/parameters';
import { refuseUndeclaredParameters } from '../../src/engine/rule';
import { parameter, sql } from '../../src/engine/sql';
import { rules } from '../../src/rules';
import { testDatabase, type TestDatabase } from '../support/database';

interface Row {
  code: string;
  value: string;
  unit: string;
  document_number: string;
  mark: string;
  region_code: string | null;
}

let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());
const rows = async (where = 'true'): Promise<Row[]> =>
  (await base.owner.query<Row>(`select * from parameter where ${where}`)).rows;

describe('the catalogue of parameters', () => {
  it('holds every number that the hub comes with: its unit, its bounds, the document it rests on', async () => {
    const all = await rows();
    const off = all.filter(({ code, value, unit, document_number: document }) => {
      const declared = parameterDeclared(code);
      const within = declared && +value >= declared.least && +value <= declared.greatest;
      return !within || declared.unit !== unit || (declared.source !== null && declared.source !== document);
    });
    expect(off).toEqual([]);
    const known = new Set(all.map(({ code }) => code));
    expect([...PARAMETERS.keys()].filter((code) => !known.has(code))).toEqual([
      'admission.zone-is-districted', // which flow a 统计区 has is its region's to say
      'allocation.publicity-days', // how long, no text of the whole country says
      'answer-within.*',
      'death-register.police-prevails', // which source prevails is local government's to say
    ]);
  });

  it('gives the numbers behind the seeds, each with its mark, for every region', async () => {
    const everywhere = (await rows('region_code is null')).map(({ code, value, unit, mark }) => [
      code,
      +value,
      unit,
      mark,
    ]);
    expect(everywhere.sort()).toEqual([
      ['arrears.months', 6, 'month', 'NATIONAL'],
      ['complaint.verification-days', 60, 'day', 'UNVERIFIED'],
      ['contract-term.years', 5, 'year', 'NATIONAL'],
      ['correction.working-days', 10, 'working-day', 'NATIONAL'],
      ['entrant-recheck.working-days', 15, 'working-day', 'NATIONAL'],
      ['publication.working-days', 20, 'working-day', 'NATIONAL'],
      ['publicity.stage-1-days', 7, 'day', 'UNVERIFIED'],
      ['publicity.stage-2-days', 7, 'day', 'UNVERIFIED'],
      ['publicity.stage-3-days', 15, 'day', 'NATIONAL'],
      ['reapply-bar.years', 5, 'year', 'NATIONAL'],
      ['review.civil-affairs-days', 15, 'day', 'NATIONAL'],
      ['review.housing-days', 15, 'day', 'NATIONAL'],
      ['review.street-days', 30, 'day', 'NATIONAL'],
      ['sale.restricted-years', 5, 'year', 'NATIONAL'],
      ['vacancy.months', 6, 'month', 'SEED'],
      ['waiting.years', 5, 'year', 'NATIONAL'],
      ['what-if.max-age-days', 30, 'day', 'UNVERIFIED'],
    ]);
  });

  it('knows every number that a rule leans on; a rule with another one is refused by its code when it is loaded', () => {
    expect(() => refuseUndeclaredParameters(rules)).not.toThrow();
    const { parameters } = sql`${parameter('castle.towers')} > 0`;
    expect(() => refuseUndeclaredParameters([{ ...rules[0]!, parameters }])).toThrow(
      `rule ${rules[0]!.code}: undeclared parameter 'castle.towers'`,
    );
  });

  it('declares a number of one source for each source, and no code by its pattern', () => {
    expect(parameterDeclared('answer-within.civil-affairs')).toMatchObject({ unit: 'working-day' });
    for (const code of ['answer-within', 'answer-within.*', 'answer-within.a.b', 'hukou.castles'])
      expect(parameterDeclared(code)).toBeUndefined();
  });
});

describe('the table of parameters', () => {
  const insert = (from: string, to: string | null, known: string, programme: string | null = null) =>
    base.owner.query(
      `insert into parameter (id, code, region_code, programme, value, unit, document_number, mark, valid_from, valid_to, known_from)
       values ($1, 'hukou.years', '1504', $2, 4, 'year', '示例', 'LOCAL', $3, $4, $5)`,
      [randomUUID(), programme, from, to, known],
    );

  it('takes no two values of one number for one day that became known together; a later word it takes', async () => {
    await insert('2026-01-01', '2026-06-30', '2026-02-01');
    await expect(insert('2026-06-30', null, '2026-02-01')).rejects.toThrow(/parameter_said_once/);
    await insert('2026-07-01', null, '2026-02-01');
    await insert('2026-06-30', null, '2026-02-01', 'LOW_RENT');
    await insert('2026-06-30', null, '2026-02-02');
    await expect(insert('2026-06-30', '2026-06-29', '2026-02-03')).rejects.toThrow(/range|ends_after/);
  });

  it('only grows: not even the owner edits or removes what was known', async () => {
    const before = await rows();
    for (const attempt of ['update parameter set value = value + 1', 'delete from parameter'])
      await expect(base.owner.query(attempt)).rejects.toThrow(/never edited/);
    expect(await rows()).toEqual(before);
  });
});
