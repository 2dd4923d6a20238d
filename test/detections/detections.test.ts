import { randomUUID } from 'node:crypto';
import { executeReview } from '../../src/commands/execute-review';
import { recordAdmissionGround } from '../../src/commands/record-admission-ground';
import { detectIneligible } from '../../src/jobs/detect-ineligible';
import { DetectionResolver } from '../../resolvers/sharing/review/detection';
import { AdmissionGround } from '../../schema/housing/entitlement';
import { Programme } from '../../schema/programme';
import { DetectionKind, type DetectionFinding } from '../../schema/review/detection-finding';
import { HONGSHAN, ONGNIUD, openOffice, TIANE, TODAY, type Kin, type Office } from '../commands/support/office';
import { forgetParameter } from '../support/parameters';
import { desk, exitOpened, noon, reviewDecided } from '../tenancy/tenancy-of';
import { bySql } from '../waiting/queue-of';

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

interface Held {
  readonly household: string;
  readonly entitlement: string;
  readonly people: readonly { readonly id: string }[];
}
const ADULT: readonly Kin[] = [{ name: '王建国', birth: '1980-05-02', relation: 'APPLICANT' }];
async function secured(region: string, kin = ADULT, programme = 'LOW_RENT'): Promise<Held> {
  const { id: household, people } = await office.home(region, kin);
  const entitlement = randomUUID();
  await office.rows(
    'insert into entitlement (id, region_code, household_id, programme, since) values ($1, $2, $3, $4, $5)',
    [entitlement, region, household, programme, '2024-01-01'],
  );
  return { household, entitlement, people };
}
/** Judged in a case of low-rent security, or of another. */
async function judged(region: string, { household, people }: Held, conclusion: string, programme = 'LOW_RENT') {
  const id = randomUUID();
  await office.rows(
    `insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on) values ($1, $2, $3, 'RE_CHECK', $4, $5, '2026-01-01')`,
    [id, region, household, programme, people[0]!.id],
  );
  await office.rows(
    `insert into evaluation (id, at, region_code, household_id, case_id, rule_set, as_of, outcome, observed, threshold, evidence, evidence_source, conclusion)
     values ($1, '2026-11-22', $2, $3, $1, 'test', '2026-11-22', '{}', '{}', '{}', '{}', '{}', $4)`,
    [id, region, household, conclusion],
  );
  return id;
}
const night = (day = TODAY) =>
  detectIneligible.run({}, { ...office.hub, now: () => noon(day) }, new AbortController().signal);
const province = (day = TODAY) => desk(office, HONGSHAN).on(day, { role: 'REGION_HOUSING', office: '15' });
async function foundOf({ household }: Held, kind: DetectionKind): Promise<DetectionFinding[]> {
  const { nodes } = await new DetectionResolver().detectionFindings(province(), '15', kind, undefined, 200);
  return nodes.filter(({ householdId }) => householdId === household);
}
const statesOf = async (held: Held, kind: DetectionKind) => (await foundOf(held, kind)).map(({ state }) => state);
const progressOf = async (region: string, day = TODAY) => {
  const all = await new DetectionResolver().rectifications('15', province(day));
  return all.find(({ regionCode }) => regionCode === region);
};
/** As the steps of an exit leave it. */
const vacated = (exit: string) =>
  office.rows(
    `with done as (update exit_case set state = 'VACATED' where id = $1 returning household_id)
     update entitlement e set until = '2026-11-23' from done where done.household_id = e.household_id`,
    [exit],
  );

describe('a security held in the name of a minor', () => {
  const minor = (birth: string): Kin[] => [
    { name: '王小雨', birth, relation: 'APPLICANT' },
    { name: '王建国', birth: '1980-05-02', relation: 'OTHER' },
  ];

  it('is found once, with a correction case, up to the day before the eighteenth birthday, and is cleared when the case is closed [IM-6(1)-2]', async () => {
    const young = await secured(HONGSHAN, minor('2010-03-02'));
    const [eve, birthday] = [
      await secured(HONGSHAN, minor('2008-11-23')),
      await secured(HONGSHAN, minor('2008-11-22')),
    ];
    const rented = await secured(HONGSHAN, minor('2010-03-02'), 'PUBLIC_RENTAL');
    await night();
    await night();
    for (const fine of [birthday, rented]) expect(await foundOf(fine, DetectionKind.MINOR_HOLDER)).toEqual([]);
    expect(await statesOf(eve, DetectionKind.MINOR_HOLDER)).toEqual(['OPEN']);
    const [finding, ...more] = await foundOf(young, DetectionKind.MINOR_HOLDER);
    expect([finding, more]).toMatchObject([{ state: 'OPEN', foundOn: TODAY, entitlementId: young.entitlement }, []]);
    const cases = await office.rows(`select id, kind, closed_on from housing_case where household_id = $1`, [
      young.household,
    ]);
    expect(cases).toEqual([{ id: finding!.caseId, kind: 'RE_CHECK', closed_on: null }]);
    const CLEAR = `update detection_finding set state = 'CLEARED', cleared_on = '2026-11-23' where id = $1`;
    await expect(bySql(office.base, HONGSHAN, CLEAR, [finding!.id])).rejects.toMatchObject({
      constraint: 'detection_put_right',
    });
    /* An adult of the household takes it over. */
    await office.rows(
      `update household_member set relation = case relation when 'APPLICANT' then 'CHILD' else 'APPLICANT' end where household_id = $1`,
      [young.household],
    );
    await office.rows(`update housing_case set closed_on = '2026-11-23' where id = $1`, [finding!.caseId]);
    await night('2026-11-24');
    expect(await foundOf(young, DetectionKind.MINOR_HOLDER)).toMatchObject([
      { id: finding!.id, state: 'CLEARED', clearedOn: '2026-11-24' },
    ]);
  });

  it('is found again where its case was closed and nothing was put right', async () => {
    const young = await secured(HONGSHAN, minor('2012-03-02'));
    await night();
    const [finding] = await foundOf(young, DetectionKind.MINOR_HOLDER);
    await office.rows(`update housing_case set closed_on = '2026-11-23' where id = $1`, [finding!.caseId]);
    await night('2026-11-24');
    expect(await statesOf(young, DetectionKind.MINOR_HOLDER)).toEqual(['CLEARED', 'OPEN']);
  });
});

describe('low-rent security that nobody was found eligible for', () => {
  const KIND = DetectionKind.INELIGIBLE_CATEGORY;

  it.each<[keyof typeof AdmissionGround | null, string | null, string]>([
    ['DEMOLITION', null, 'IM-6(3)-a'],
    ['RETIREE', 'INELIGIBLE_PROPOSED', 'IM-6(3)-b'],
    ['DEMOBILISED_SOLDIER', null, 'IM-6(3)-c'],
    ['PETITIONER', null, 'IM-6(3)-d'],
    ['OTHER', 'PENDING_EVIDENCE', 'IM-6(3)-f'],
    [null, null, 'IM-6(3)-f'],
  ])('on the ground %s and judged %s is found, and who was judged eligible is not [%s]', async (ground, conclusion) => {
    const [without, passed] = [await secured(HONGSHAN), await secured(HONGSHAN)];
    for (const { entitlement: entitlementId } of ground ? [without, passed] : [])
      await recordAdmissionGround(office.as(), { entitlementId, ground: AdmissionGround[ground!] });
    if (conclusion) await judged(HONGSHAN, without, conclusion);
    await judged(HONGSHAN, without, 'ELIGIBLE', 'PUBLIC_RENTAL'); // of another programme
    await judged(HONGSHAN, passed, 'ELIGIBLE');
    await night();
    await night();
    expect(await foundOf(without, KIND)).toMatchObject([{ ground, state: 'OPEN', foundOn: TODAY }]);
    expect(await foundOf(passed, KIND)).toEqual([]);
  });

  it('is no more a finding once a judgement says eligible, and of no other county’s to record', async () => {
    const held = await secured(ONGNIUD);
    const input = { entitlementId: held.entitlement, ground: AdmissionGround.OTHER };
    await expect(recordAdmissionGround(office.as(), input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await night();
    const caseId = await judged(ONGNIUD, held, 'ELIGIBLE');
    await night('2026-11-23');
    await night('2026-11-24');
    expect(await foundOf(held, KIND)).toMatchObject([{ state: 'CLEARED', caseId, clearedOn: '2026-11-23' }]);
  });

  it('is counted until each household is out: two of three done leave the rectification open [IM-6(3)-e]', async () => {
    const region = '150404';
    const holders = [await secured(region), await secured(region), await secured(region)];
    await night();
    expect(await progressOf(region)).toMatchObject({ found: 3, cleared: 0, open: 3, closed: false });
    const exits: string[] = [];
    for (const { household } of holders)
      exits.push(
        await exitOpened(
          office,
          { region, household, entry: '', dwelling: '', programme: Programme.LOW_RENT },
          '2026-11-23',
        ),
      );
    await night('2026-11-24');
    for (const held of holders) expect(await statesOf(held, KIND)).toEqual(['CLEARING']);
    for (const exit of exits.slice(0, 2)) await vacated(exit);
    await night('2026-11-25');
    expect(await progressOf(region)).toMatchObject({ found: 3, cleared: 2, open: 1, closed: false });
    const CLOSE = `update detection_finding set state = 'CLEARED', cleared_on = '2026-11-25' where region_code = $1 and state = 'CLEARING'`;
    await expect(bySql(office.base, region, CLOSE, [region])).rejects.toMatchObject({
      constraint: 'detection_put_right',
    });
    await vacated(exits[2]!);
    await night('2026-11-26');
    expect(await progressOf(region)).toMatchObject({ found: 3, cleared: 3, open: 0, closed: true });
    expect(await statesOf(holders[2]!, KIND)).toEqual(['CLEARED']);
  });
});

describe('a decision that was due', () => {
  it('is found where neither the security ended nor an exit was opened, until it is carried out [GX-9.2.1(3)]', async () => {
    const held = await secured(HONGSHAN);
    const home = {
      region: HONGSHAN,
      household: held.household,
      entry: '',
      dwelling: '',
      programme: Programme.LOW_RENT,
    };
    const review = await reviewDecided(office, home, { outcome: 'TERMINATE', effectiveOn: '2026-11-20' });
    const KIND = DetectionKind.OUTCOME_NOT_CARRIED_OUT;
    await night('2026-11-20');
    expect(await foundOf(held, KIND)).toEqual([]);
    await night('2026-11-21');
    await night('2026-11-22');
    expect(await foundOf(held, KIND)).toMatchObject([{ state: 'OPEN', foundOn: '2026-11-21' }]);
    await executeReview(desk(office, HONGSHAN).county('2026-11-23'), review);
    const done = await office.rows(
      `select e.until::text, x.state, x.opened_on::text from entitlement e join exit_case x using (household_id) where e.id = $1`,
      [held.entitlement],
    );
    expect(done).toEqual([{ until: '2026-11-19', state: 'OPENED', opened_on: '2026-11-23' }]);
    await night('2026-11-24');
    expect(await foundOf(held, KIND)).toMatchObject([{ state: 'CLEARED', clearedOn: '2026-11-24' }]);
  });
});

describe('by plain SQL', () => {
  const INSERT = `insert into detection_finding (id, region_code, household_id, entitlement_id, kind, found_on, state, cleared_on)
    values (gen_random_uuid(), $1, $2, $3, 'EXIT_OVERDUE', '2026-11-22', $4, $5)`;
  const refusedBy = (text: string, values: unknown[]) =>
    bySql(office.base, HONGSHAN, text, values).then(
      () => 'done',
      (error: { constraint?: string; message: string }) => error.constraint ?? error.message,
    );

  it('no finding begins cleared, is of another household, comes back, changes or goes', async () => {
    const [held, other] = [await secured(HONGSHAN), await secured(HONGSHAN)];
    const of = [HONGSHAN, held.household, held.entitlement];
    expect(await refusedBy(INSERT, [...of, 'CLEARED', '2026-11-22'])).toBe('detection_begins');
    const stranger = [HONGSHAN, other.household, held.entitlement, 'OPEN', null];
    expect(await refusedBy(INSERT, stranger)).toBe('detection_of_entitlement');
    expect(await refusedBy(INSERT, [...of, 'OPEN', null])).toBe('done');
    expect(await refusedBy(INSERT, [...of, 'OPEN', null])).toBe('detection_one_open');
    const mine = 'where household_id = $1';
    const clear = `update detection_finding set state = 'CLEARED', cleared_on = '2026-11-23' ${mine}`;
    expect(await refusedBy(clear, [held.household])).toBe('detection_put_right');
    const again = `update detection_finding set state = 'OPEN' ${mine}`;
    expect(await refusedBy(again, [held.household])).toBe('detection_legal_move');
    for (const text of [
      `update detection_finding set found_on = '2026-11-30' ${mine}`,
      `delete from detection_finding ${mine}`,
    ])
      expect(await refusedBy(text, [held.household])).toContain('permission denied');
  });
});

describe('the catalogue of high-end goods', () => {
  const CODE = 'high-end-vehicle.price-fen';
  const lay = (number: string, from: string, to: string | null, region: string) =>
    office.rows(
      `insert into parameter (id, code, region_code, programme, value, unit, document_number, mark, valid_from, valid_to, known_from)
       values (gen_random_uuid(), $1, $2, 'LOW_RENT', 15000000, 'fen', $3, 'LOCAL', $4, $5, '2024-01-01')`,
      [CODE, region, number, from, to],
    );

  it('of a county is the one of that day, and a county without any is listed [IM-6(2)-3]', async () => {
    await forgetParameter(office.base.owner, CODE);
    await lay('旧办法1号', '2024-01-01', '2025-04-30', HONGSHAN);
    await lay('新办法2号', '2025-05-01', null, HONGSHAN);
    const on = async (day: string) => (await progressOf(HONGSHAN, day))?.highEndCatalogue;
    expect([await on('2025-04-30'), await on('2025-05-01'), await on('2023-12-31')]).toEqual([
      '旧办法1号',
      '新办法2号',
      null,
    ]);
    expect(await progressOf(ONGNIUD)).toMatchObject({ regionCode: ONGNIUD, highEndCatalogue: null });
    expect(await progressOf(TIANE)).toBeUndefined(); // of another autonomous region
  });
});

describe('without an age of majority in force', () => {
  it('nobody is called a minor, and the night says of whom it did not look [IM-6(1)-2]', async () => {
    const held = await secured(TIANE, [{ name: '王小雨', birth: '2015-03-02', relation: 'APPLICANT' }]);
    await forgetParameter(office.base.owner, 'adult-age.years');
    const warned: unknown[][] = [];
    const log = { warn: (...said: unknown[]) => void warned.push(said) } as unknown as typeof office.hub.log;
    await detectIneligible.run({}, { ...office.hub, log, now: () => noon(TODAY) }, new AbortController().signal);
    expect(
      await office.rows('select from detection_finding where household_id = $1 and kind = $2', [
        held.household,
        'MINOR_HOLDER',
      ]),
    ).toEqual([]);
    expect(warned).toContainEqual([{ region: TIANE }, expect.stringContaining('adult-age.years')]);
  });
});
