import { openStage, UNCOUNTED, type Stage } from '../server/support/stage';
import { COUNTY, FAR, officeOf, STEPS, told, UNRULED, type Batch, type Check, type Procedure } from './office-of';

const [ANNOUNCE, ACCEPT, PUBLICISE, DRAW, SIGN] = STEPS as [string, string, string, string, string];
const APPLICANTS = 'PUBLISH_APPLICANTS';
const REMAINDER = 'PUBLISH_REMAINDER';
const RULE = '广西住房保障资源配置监管规程7.2.2';
const DAYS = '南住建〔2026〕7号';

let now = new Date('2026-12-01T04:00:00Z');
let stage: Stage;
let office: ReturnType<typeof officeOf>;
/** Everything that 规程 7.2.2 demands stands in the first; the second asks for no publicity, in an order of its own. */
let whole: Procedure;
let own: Procedure;
beforeAll(async () => {
  stage = await openStage({ now: () => now, settings: UNCOUNTED });
  office = officeOf(stage, COUNTY);
  await number('allocation.publicity-days', COUNTY, 7, 'LOCAL', '2026-12-01');
  whole = await office.approved('2026-12-01', [ANNOUNCE, ACCEPT, APPLICANTS, PUBLICISE, DRAW, SIGN, REMAINDER]);
});
afterAll(() => stage.close());

let known = 0;
/** A region's word on a number, later than any before. */
const number = (code: string, region: string, value: number, mark: string, from: string, document = DAYS) =>
  stage.base.owner.query(
    `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
     values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, timestamptz '2026-01-01' + $8 * interval '1 second')`,
    [code, region, value, code.endsWith('-days') ? 'day' : 'flag', document, mark, from, (known += 1)],
  );

type Taken = readonly (readonly [step: string, day: string | null])[];
/** Whole: sixteen days after the publicity. */
const GOOD: Taken = [
  [ANNOUNCE, '2026-12-01'],
  [ACCEPT, '2026-12-02'],
  [APPLICANTS, '2026-12-03'],
  [PUBLICISE, '2026-12-04'],
  [DRAW, '2026-12-12'],
  [SIGN, '2026-12-20'],
  [REMAINDER, '2026-12-21'],
];
const without = (...steps: string[]): Taken => GOOD.filter(([step]) => !steps.includes(step));
const on = (step: string, day: string | null): Taken => GOOD.map((one) => (one[0] === step ? [step, day] : one));

let batches = 0;
/** A batch opened on 2026-12-01 with these steps, all recorded on 2026-12-31, closed or not. */
async function batchOf(taken: Taken, closed = true, procedure = whole): Promise<Batch> {
  now = new Date('2026-12-01T04:00:00Z');
  const opened = await office.ran(procedure, `第${(batches += 1)}批`, []);
  now = new Date('2026-12-31T04:00:00Z');
  let batch = opened;
  for (const [step, onDay] of taken) batch = await office.done<Batch>(office.record(batch, step, { onDay }));
  return closed ? office.done<Batch>(office.close(batch)) : batch;
}
const line = ({ basis, step, outcome, reason, against, rule }: Check): string =>
  [basis, step, outcome, reason, against && `< ${against}`, rule].filter(Boolean).join(' ');
const but = (batch: Batch, ...outcomes: string[]): string[] =>
  batch.checks.filter(({ outcome }) => !outcomes.includes(outcome)).map(line);
const findings = (batch: Batch): string[] => batch.checks.filter(({ outcome }) => outcome === 'FAIL').map(line);

describe('a batch beside the version it is bound to', () => {
  it('that took every step in its order and kept the law passes every check', async () => {
    const batch = await batchOf(GOOD);
    expect(but(batch, 'PASS')).toEqual([]);
    expect([batch.outcome, batch.checks.length, batch.steps.length]).toEqual(['PASS', 7 + 5, 7]);
    expect(batch.checks.filter(({ basis }) => basis === 'PROCEDURE').map(({ citation }) => citation)).toEqual(
      Array(7).fill('政函〔2026〕1号'),
    );
  });

  it('that skipped publicity is found, by the name of the step [GX-6.2.2(1)]', async () => {
    const batch = await batchOf(without(PUBLICISE));
    expect(findings(batch)).toContain(`PROCEDURE ${PUBLICISE} FAIL SKIPPED < ${DRAW}`);
    expect(batch.outcome).toBe('FAIL');
    expect(findings(await batchOf(without(ANNOUNCE, REMAINDER)))).toEqual(
      expect.arrayContaining([`PROCEDURE ${ANNOUNCE} FAIL SKIPPED < ${ACCEPT}`, `PROCEDURE ${REMAINDER} FAIL SKIPPED`]),
    );
  });

  it('that took a step before one that comes first is found, by the name of the step taken too soon [GX-6.2.2(1)]', async () => {
    const batch = await batchOf(on(DRAW, '2026-12-03'));
    expect(findings(batch)).toEqual([`PROCEDURE ${DRAW} FAIL OUT_OF_ORDER < ${PUBLICISE}`]);
    expect(findings(await batchOf(on(ACCEPT, '2026-12-01')))).toEqual([]);
  });

  it('lacks nothing that is not due yet: of an open one only what a later step has gone past', async () => {
    const batch = await batchOf([], false);
    expect(but(batch, 'NOT_DUE')).toEqual([]);
    expect(batch.outcome).toBe('NOT_DUE');
    expect(findings(await batchOf([[ANNOUNCE, '2026-12-01']], false))).toEqual([]);
    expect(findings(await batchOf([[APPLICANTS, '2026-12-01']], false)).filter((one) => one.startsWith('PRO'))).toEqual(
      [`PROCEDURE ${ANNOUNCE} FAIL SKIPPED < ${APPLICANTS}`, `PROCEDURE ${ACCEPT} FAIL SKIPPED < ${APPLICANTS}`],
    );
  });

  it('of whose step the day is not known is INCONCLUSIVE there: no finding and no pass, until the day is put right with a reason', async () => {
    const batch = await batchOf(on(PUBLICISE, null));
    const law = ['publicity-required', 'publicity-days'].map(
      (rule) => `LAW ${PUBLICISE} INCONCLUSIVE DAY_UNKNOWN allocation.${rule}`,
    );
    const after = [DRAW, SIGN, REMAINDER].map((step) => `PROCEDURE ${step} INCONCLUSIVE DAY_UNKNOWN < ${PUBLICISE}`);
    expect(but(batch, 'PASS')).toEqual([`PROCEDURE ${PUBLICISE} INCONCLUSIVE DAY_UNKNOWN`, ...after, ...law]);
    expect(batch.outcome).toBe('INCONCLUSIVE');
    expect(told(await office.record(batch, PUBLICISE, { onDay: '2026-12-04' }))).toBe('INVALID_INPUT correction');
    const right = office.record(batch, PUBLICISE, { onDay: '2026-12-04', correction: '补登公示日期' });
    const corrected = await office.done<Batch>(right);
    expect([corrected.outcome, corrected.steps.length]).toEqual(['PASS', 8]);
    expect(corrected.steps.map(({ onDay }) => onDay)).toContain(null);
  });
});

describe('a batch beside the law', () => {
  const local = [ACCEPT, ANNOUNCE, DRAW, SIGN];
  const followed: Taken = [
    [ACCEPT, '2026-12-02'],
    [ANNOUNCE, '2026-12-03'],
    [DRAW, '2026-12-04'],
    [SIGN, '2026-12-05'],
  ];

  it('that followed its local procedure and broke what law demands of every batch is found, by the step and the citation of each rule [GX-6.2.2(2)]', async () => {
    now = new Date('2026-12-01T04:00:00Z');
    own = await officeOf(stage, FAR).approved('2026-12-01', local);
    for (const [step, item] of Object.entries({ announce: 1, applicants: 2, publicity: 3, remainder: 4 }))
      await number(`allocation.${step}-required`, FAR, 1, 'SEED', '2014-01-01', `${RULE}(${item})`);
    await number('allocation.publicity-days', FAR, 7, 'LOCAL', '2014-01-01');
    office = officeOf(stage, FAR);
    const batch = await batchOf(followed, true, own);
    office = officeOf(stage, COUNTY);
    const found = batch.checks.filter(({ outcome }) => outcome === 'FAIL');
    expect(found.map((one) => [line(one), one.citation])).toEqual([
      [`LAW ${ANNOUNCE} FAIL OUT_OF_ORDER < ${ACCEPT} allocation.announce-required`, `${RULE}(1)`],
      [`LAW ${APPLICANTS} FAIL SKIPPED < ${DRAW} allocation.applicants-required`, `${RULE}(2)`],
      [`LAW ${PUBLICISE} FAIL SKIPPED < ${SIGN} allocation.publicity-required`, `${RULE}(3)`],
      [`LAW ${REMAINDER} FAIL SKIPPED allocation.remainder-required`, `${RULE}(4)`],
      [`LAW ${PUBLICISE} FAIL SKIPPED < ${SIGN} allocation.publicity-days`, DAYS],
    ]);
    expect(but(batch, 'FAIL')).toEqual(local.map((step) => `PROCEDURE ${step} PASS`));
  });

  it.each([
    ['2026-12-12', 'PASS', 7],
    ['2026-12-11', 'FAIL', 6],
    ['2026-12-04', 'FAIL', 0],
  ])(
    'that signed on %s, having published on 2026-12-04, of seven whole days demanded: %s, having had %i [GX-6.2.2(2)]',
    async (day, outcome, observedDays) => {
      const draw = day < '2026-12-12' ? day : '2026-12-12';
      const batch = await batchOf(on(SIGN, day).map((one) => (one[0] === DRAW ? [DRAW, draw] : one)));
      const check = batch.checks.find(({ rule }) => rule === 'allocation.publicity-days')!;
      expect(check).toEqual({
        ...{ basis: 'LAW', step: PUBLICISE, outcome, reason: outcome === 'FAIL' ? 'PERIOD_TOO_SHORT' : null },
        ...{ against: SIGN, observedDays, requiredDays: 7, rule: 'allocation.publicity-days', citation: DAYS },
      });
      expect(batch.outcome).toBe(outcome);
    },
  );

  it('takes the number in force on the day on which the period began, of the nearest region', async () => {
    await number('allocation.publicity-days', '45', 30, 'LOCAL', '2014-01-01', '桂建〔2014〕1号');
    await number('allocation.publicity-days', COUNTY, 10, 'LOCAL', '2026-12-06', '南住建〔2026〕9号');
    const demanded = async (day: string) => {
      const { checks } = await batchOf(on(PUBLICISE, day));
      const { requiredDays, citation } = checks.find(({ rule }) => rule === 'allocation.publicity-days')!;
      return [requiredDays, citation];
    };
    expect(await demanded('2026-12-04')).toEqual([7, DAYS]);
    expect(await demanded('2026-12-06')).toEqual([10, '南住建〔2026〕9号']);
  });

  it('of which no document tells the number is INCONCLUSIVE, and so where nobody has verified it; where the document in force demands nothing there is no check', async () => {
    const codes = ['announce-required', 'applicants-required', 'publicity-required', 'remainder-required'];
    const batch = await batchOf(GOOD);
    expect(batch.checks.filter(({ basis }) => basis === 'LAW').map(({ outcome }) => outcome)).toEqual(
      Array(5).fill('PASS'),
    );
    await number('allocation.announce-required', COUNTY, 1, 'UNVERIFIED', '2026-12-01');
    await number('allocation.remainder-required', COUNTY, 0, 'LOCAL', '2026-12-01');
    const other = await batchOf(GOOD);
    expect(but(other, 'PASS')).toEqual([`LAW ${ANNOUNCE} INCONCLUSIVE RULE_UNKNOWN allocation.${codes[0]}`]);
    expect(other.checks.map(({ rule }) => rule)).not.toContain('allocation.remainder-required');
    expect(other.outcome).toBe('INCONCLUSIVE');

    const bare = officeOf(stage, UNRULED);
    now = new Date('2026-12-01T04:00:00Z');
    const procedure = await bare.approved('2026-12-01');
    const none = await bare.ran(procedure, '第一批', []);
    expect(none.checks.flatMap(({ reason, rule }) => (reason === 'RULE_UNKNOWN' ? [rule] : []))).toEqual(
      [...codes, 'publicity-days'].map((code) => `allocation.${code}`),
    );
  });
});

describe('a record of a batch', () => {
  it('needs a day within the batch or none, what shows it, and nobody who was faster; of a closed batch only what is on record is corrected', async () => {
    const batch = await batchOf([], false);
    const say = (more: object) => office.record(batch, ANNOUNCE, more).then(told);
    expect(await say({ onDay: '2026-11-30' })).toBe('INVALID_INPUT onDay');
    expect(await say({ onDay: '2027-01-01' })).toBe('INVALID_INPUT onDay');
    expect(await say({ evidenceHash: null })).toBe('INVALID_INPUT evidenceHash');
    expect(await say({ evidenceHash: 'A' })).toBe('INVALID_INPUT evidenceHash');
    expect(await say({ evidenceUrl: 'ftp://x' })).toBe('INVALID_INPUT evidenceUrl');
    expect(await say({ correction: '无' })).toBe('INVALID_INPUT correction');
    const both = await Promise.all(['2026-12-01', '2026-12-02'].map((onDay) => say({ onDay })));
    expect(both.sort()).toEqual(['', 'STALE_VERSION version']);
    const { version } = batch;
    const closed = await office.done<Batch>(office.close({ ...batch, version: version + 1 }));
    expect(told(await office.close(closed))).toBe('ILLEGAL_MOVE batchId');
    expect(told(await office.record(closed, ACCEPT, { onDay: '2026-12-02' }))).toBe('ILLEGAL_MOVE batchId');
    const late = { correction: '日期有误', evidenceUrl: 'https://example.gov.cn/1', evidenceHash: null };
    expect(told(await office.record(closed, ANNOUNCE, late))).toBe('INVALID_INPUT onDay');
    expect(told(await office.record(closed, ANNOUNCE, { ...late, onDay: '2026-12-01' }))).toBe('');
  });
});
