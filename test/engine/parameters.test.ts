import { randomUUID } from 'node:crypto';
import { clause } from '../../src/clauses';
import { defineRule } from '../../src/engine/rule';
import { parameter, sql } from '../../src/engine/sql';
import { forgetParameter } from '../support/parameters';
import { Court } from './world/court';
import { cleanFamily } from './world/families';

const CODE = 'test.limit';
const limit = defineRule({
  code: 'RR-99',
  title: '示例',
  basis: clause('IM-6(2)-3'),
  since: '2000-01-01',
  needs: [],
  facts: sql`select household_id from given`,
  holds: sql`${parameter(CODE)} > 0`,
  threshold: parameter(CODE),
  unit: 'fen',
  onFalse: 'FAIL',
  because: { fail: () => '', unknown: () => '' },
});

let court: Court;
beforeAll(async () => void (court = await Court.open([limit])));
afterAll(() => court.close());
beforeEach(() => forgetParameter(court.base.owner, CODE));

interface Line {
  value: number;
  region?: string | null;
  programme?: string | null;
  from?: string;
  to?: string | null;
  known?: string;
}
async function inForce(...lines: Line[]): Promise<void> {
  for (const {
    value,
    region = null,
    programme = null,
    from = '2020-01-01',
    to = null,
    known = '2020-01-01',
  } of lines) {
    await court.base.owner.query(
      `insert into parameter (id, code, region_code, programme, value, unit, document_number, mark, valid_from, valid_to, known_from)
       values ($1, $2, $3, $4, $5, 'fen', '示例', 'LOCAL', $6, $7, $8)`,
      [randomUUID(), CODE, region, programme, value, from, to, known],
    );
  }
}

async function thresholdOf(varied: { asOf?: string; now?: Date } = {}, regionCode = '150426'): Promise<number | null> {
  const built = await court.build({ ...cleanFamily, regionCode });
  const [evaluation] = await court.evaluate(built, varied);
  return evaluation!.threshold[0]!;
}

describe('a parameter [IM-6(2)-3]', () => {
  it('is inherited from the nearest region above that sets it', async () => {
    await inForce(
      { value: 1 },
      { value: 2, region: '15' },
      { value: 3, region: '1504' },
      { value: 4, region: '150402' },
    );
    expect(await thresholdOf()).toBe(3);
    expect(await thresholdOf({}, '150402')).toBe(4);
    expect(await thresholdOf({}, '450102')).toBe(1);
  });

  it('of the programme goes before the general one of the same region, never before a nearer region', async () => {
    await inForce(
      { value: 1, region: '15', programme: 'LOW_RENT' },
      { value: 2, region: '15' },
      { value: 3, region: '15', programme: 'PUBLIC_RENTAL' },
    );
    expect(await thresholdOf()).toBe(1);
    await inForce({ value: 9, region: '150426' });
    expect(await thresholdOf()).toBe(9);
  });

  it('is that of the day of judgement, first and last day included; a later value changes no earlier day', async () => {
    await inForce({ value: 1, from: '2026-01-01', to: '2026-06-30' }, { value: 2, from: '2026-07-01' });
    expect(await thresholdOf({ asOf: '2026-06-30' })).toBe(1);
    expect(await thresholdOf({ asOf: '2026-07-01' })).toBe(2);
    expect(await thresholdOf({ asOf: '2025-12-31' })).toBeNull();
  });

  it('is what was known at the time: a correction does not change an earlier judgement', async () => {
    await inForce({ value: 1 }, { value: 2, known: '2026-11-22T12:00:00Z' });
    expect(await thresholdOf({ now: new Date('2026-11-22T11:59:59Z') })).toBe(1);
    expect(await thresholdOf({ now: new Date('2026-11-22T12:00:00Z') })).toBe(2);
  });

  it('is the latest word, also where that reaches further back than the one before it', async () => {
    await inForce({ value: 1, from: '2026-01-01' }, { value: 2, from: '2025-01-01', known: '2026-11-01' });
    expect(await thresholdOf()).toBe(2);
    expect(await thresholdOf({ now: new Date('2026-10-31T00:00:00Z') })).toBe(1);
  });

  it('that nobody set leaves the rule open and is named', async () => {
    const [evaluation] = await court.evaluate(await court.build(cleanFamily));
    const [finding] = court.engine.findings(evaluation!, undefined, undefined);
    expect(finding).toMatchObject({
      outcome: 'INCONCLUSIVE',
      threshold: null,
      sentence: expect.stringContaining(CODE),
    });
  });
});
