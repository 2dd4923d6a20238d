import { randomUUID } from 'node:crypto';
import { beijingDay } from '../../src/access/day';
import { admission, staffOf } from '../admission/office-of';
import type { Office } from '../commands/support/office';
import { UNCOUNTED } from '../server/support/stage';
import { elsewhereOf, honestFiles, type File } from '../support/files';
import { openRunningHub, type Asked, type RunningHub, type Who } from '../support/running-hub';
import { reviewDecided } from '../tenancy/tenancy-of';
import { bySql, STEP } from '../waiting/queue-of';

const DAY_MS = 86_400_000;
const YEAR = 2027;
/** Tables whose guards look away: what is found here came past every verb. */
const HISTORY = ['application', 'application_step', 'publicity', 'waiting_list_entry', 'waiting_step', 'review_step'];

let ahead = 0;
let running: RunningHub;
let file: File;
let staff: ReturnType<typeof staffOf>;
let application: string;
beforeAll(async () => {
  running = await openRunningHub(120, UNCOUNTED, () => new Date(Date.now() + ahead));
  for (const source of ['civil-affairs', 'police']) await running.sandbox.control.set(source, { readyAfterMs: 0 });
  const files = await honestFiles(running);
  file = files.find(({ region }) => running.hub.regions.find(region)!.divisionKind !== 'DISTRICT')!;
  staff = staffOf(file, running);
  application = (await admission(running).approve(file, (days) => void (ahead += days * DAY_MS))).id;
  await waitedAndReviewed();
  await unguarded();
});
afterAll(() => running.close());

const rows = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await running.base.owner.query(text, values)).rows as Row[];

/** Invited from the queue, and decided about in a yearly review. */
async function waitedAndReviewed(): Promise<void> {
  const { region, householdId: household } = file;
  const [entry] = await rows<{ id: string }>('select id from waiting_list_entry where household_id = $1', [household]);
  const at = running.hub.now();
  const invited = [region, household, entry!.id, 0, 'INVITATION', at, beijingDay(at), 'COUNTY_HOUSING'];
  await bySql(running.base, region, STEP, [...invited, '第一批', null]);
  await rows(`insert into entitlement values (gen_random_uuid(), $1, $2, 'LOW_RENT', '2026-12-31', null)`, [
    region,
    household,
  ]);
  const home = { region, household, entry: entry!.id, dwelling: '', programme: 'LOW_RENT' as never };
  const decided = { outcome: 'ADJUST', effectiveOn: `${YEAR}-06-01` } as const;
  await reviewDecided({ base: running.base } as Partial<Office> as Office, home, decided);
}

async function unguarded(): Promise<void> {
  for (const table of HISTORY) await rows(`alter table ${table} disable trigger user`);
  const loose = `do $$ declare c record; begin
    for c in select conrelid::regclass as tab, conname from pg_constraint where contype in ('f', 'c') and conrelid = any ($1::regclass[]) loop
      execute format('alter table %s drop constraint %I', c.tab, c.conname);
    end loop;
    for c in select attrelid::regclass as tab, attname from pg_attribute where attname in ('at', 'on_day') and attrelid = any ($1::regclass[]) loop
      execute format('alter table %s alter column %I drop not null', c.tab, c.attname);
    end loop; end $$`;
  await rows(loose.replaceAll('$1', `'{${HISTORY.join(',')}}'`));
}

interface Finding {
  readonly finding: string;
  readonly stage: string;
  readonly regionCode: string;
  readonly applicationId: string | null;
  readonly round: number | null;
  readonly lacks: readonly string[];
}
const QUESTION = `query ($region: String!, $first: Int, $after: String) { procedureFindings(region: $region, first: $first, after: $after) {
  nodes { finding stage regionCode applicationId round lacks } pageInfo { hasNextPage endCursor } } }`;
interface Page {
  readonly procedureFindings: {
    readonly nodes: readonly Finding[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** All of them, page by page. */
async function found(who: Who = staff.county, region = file.region, first = 200): Promise<Finding[]> {
  const all: Finding[] = [];
  for (let after: string | null = null; ; ) {
    const { data, errors }: Asked<Page> = await running.ask<Page>(who, QUESTION, {
      variables: { region, first, after },
    });
    expect(errors).toEqual([]);
    const { nodes, pageInfo }: Page['procedureFindings'] = data.procedureFindings;
    all.push(...nodes);
    if (!pageInfo.hasNextPage) return all;
    after = pageInfo.endCursor;
  }
}
const said = ({ stage, round, lacks }: Finding): string =>
  [stage, round, ...lacks].filter((each) => each !== null).join(' ');
const ofHistory = async (): Promise<string[]> =>
  (await found()).filter(({ applicationId }) => applicationId === application).map(said);
const ofRules = async (region = file.region): Promise<string[]> =>
  (await found(staff.city, staff.city.region))
    .filter(({ finding, regionCode }) => finding === 'RULE_MISSING' && regionCode === region)
    .map(said);

type Where = readonly [table: string, where: string];
const step = (kind: string, round = 0): Where => [
  'application_step',
  `application_id = $1 and kind = '${kind}' and (${round} = 0 or round = ${round})`,
];
const WAITED: Where = ['waiting_step', 'entry_id in (select id from waiting_list_entry where application_id = $1)'];
const RECHECKED: Where = [
  'review_step',
  `kind = 'DECISION' and household_id = (select household_id from application where id = $1)`,
];
const OF_PUBLICITY: Where = ['publicity', 'application_id = $1 and round = 3'];
const ITSELF: Where = ['application', 'id = $1'];

/** Where the record of each step stands, and which column of which record says what came of it. */
const STEPS: readonly (readonly [
  title: string,
  stage: string,
  record: Where,
  result: Where,
  column: string,
  value: string | null,
])[] = [
  ['申请', 'APPLICATION', step('SUBMISSION'), ITSELF, 'submitted_on', null],
  ['受理', 'ACCEPTANCE', step('ACCEPTANCE'), step('ACCEPTANCE'), 'document_number', null],
  ['审核', 'REVIEW 2', step('PASS', 2), step('PASS', 2), 'note', ' '],
  ['公示', 'PUBLICITY 3', step('CLEARANCE', 3), OF_PUBLICITY, 'state', 'RUNNING'],
  ['轮候', 'WAITING', WAITED, WAITED, 'to_state', ''],
  ['复核', `RECHECK ${YEAR}`, RECHECKED, RECHECKED, 'outcome', null],
  ['审批', 'APPROVAL', step('APPROVAL'), ITSELF, 'state', 'CLEARED'],
];

/** What is found while one column of one record is something else. */
async function foundWith([table, where]: Where, column: string, value: string | null): Promise<string[]> {
  const [kept] = await rows<{ id: string; was: string }>(
    `select id, ${column}::text as was from ${table} where ${where}`,
    [application],
  );
  const set = (to: string | null) => {
    const typed = `(jsonb_populate_record(null::${table}, jsonb_build_object('${column}', $2::text))).${column}`;
    return rows(`update ${table} set ${column} = ${typed} where id = $1`, [kept!.id, to]);
  };
  await set(value);
  const findings = await ofHistory();
  await set(kept!.was);
  return findings;
}

describe('the history of an application', () => {
  it('that went its whole way lacks nothing, through acceptance, reviews, publicities, approval, queue and re-check', async () => {
    expect(await ofHistory()).toEqual([]);
  });

  it.each(STEPS)(
    'that lacks who took the step %s, when, or what came of it, or the step altogether, is reported for that step [GX-10.1.1]',
    async (_title, stage, record, result, column, value) => {
      expect(await foundWith(record, 'taken_by', ' ')).toEqual([`${stage} AUTHOR`]);
      for (const time of ['at', 'on_day']) expect(await foundWith(record, time, null)).toEqual([`${stage} TIME`]);
      expect(await foundWith(result, column, value)).toEqual([`${stage} RESULT`]);
      const [gone, to]: [Where, [string, string]] =
        record === WAITED
          ? [
              ['waiting_list_entry', 'application_id = $1'],
              ['application_id', randomUUID()],
            ]
          : [record, ['kind', 'NONE']];
      expect(await foundWith(gone, ...to)).toEqual([`${stage} AUTHOR RESULT TIME`]);
      expect(await ofHistory()).toEqual([]);
    },
  );

  it('is asked of what it has come through only: a draft and a review that runs lack nothing', async () => {
    const at = async (state: string, round: number) => {
      await rows(`update application set state = $2, round = $3 where id = $1`, [application, state, round]);
      return ofHistory();
    };
    await rows(`update application_step set kind = 'NONE:' || kind where application_id = $1`, [application]);
    expect([await at('DRAFT', 1), await at('WITHDRAWN', 1)]).toEqual([[], []]);
    const lacking = (stages: readonly string[]) => stages.map((stage) => `${stage} AUTHOR RESULT TIME`);
    expect(await at('SUBMITTED', 1)).toEqual(lacking(['APPLICATION']));
    expect(await at('IN_REVIEW', 2)).toEqual(lacking(['ACCEPTANCE', 'APPLICATION', 'PUBLICITY 1', 'REVIEW 1']));
    expect(await at('REJECTED', 1)).toEqual(lacking(['ACCEPTANCE', 'APPLICATION', 'REVIEW 1']));
    await rows(`update application_step set kind = substr(kind, 6) where application_id = $1`, [application]);
    expect(await at('APPROVED', 3)).toEqual([]);
  });
});

const CODES = {
  REVIEW: ['review.civil-affairs-days', 'review.housing-days', 'review.street-days'],
  PUBLICITY: ['publicity.stage-1-days', 'publicity.stage-2-days', 'publicity.stage-3-days'],
  WAITING: ['choice', 'funds', 'housing', 'income', 'year'].map((factor) => `waiting.points-${factor}`),
  RECHECK: ['review.declaration-working-days', 'review.interval-months'],
} as const;
let known = 0;
/** A county's own word on a number, later than any before. */
const says = (code: string, mark: 'LOCAL' | 'UNVERIFIED') =>
  rows(
    `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
     select gen_random_uuid(), code, $2, value, unit, '旗住建〔2026〕1号', $3, '2026-01-01', timestamptz '2026-01-01' + $4 * interval '1 day'
     from parameter where code = $1 and programme is null order by region_code nulls last limit 1`,
    [code, file.region, mark, (known += 1)],
  );
const publish = () =>
  rows(
    `insert into form_template (id, region_code, version, title, document_number, valid_from, fields, documents, published_at, published_by)
     values (gen_random_uuid(), $1, 1, '申请审核表', '市房〔2026〕1号', '2026-01-01', '[]', '[]', '2026-01-01', 'x')`,
    [staff.city.region],
  );

describe('a county', () => {
  it('that has no rule for applications, reviews, publicities, the queue or re-checks is named, for each of the five; a number that nobody verified is no rule [GX-10.2.1]', async () => {
    const before = await ofRules();
    expect(before.filter((each) => each.startsWith('APPLICATION'))).toEqual(['APPLICATION form-template']);
    await publish();
    for (const code of Object.values(CODES).flat()) await says(code, 'LOCAL');
    expect(await ofRules()).toEqual([]);
    for (const [stage, [code]] of Object.entries(CODES)) {
      await says(code!, 'UNVERIFIED');
      expect(await ofRules()).toEqual([`${stage} ${code}`]);
      await says(code!, 'LOCAL');
    }
    expect(await ofRules()).toEqual([]);
    const beside = running.hub.regions
      .scopeOf(staff.city.region)
      .find((code) => code.length === 6 && code !== file.region)!;
    expect(await ofRules(beside)).toContain(`WAITING ${CODES.WAITING.join(' ')}`);
  });

  it('is told of page by page without a gap, and to nobody of another region', async () => {
    const whole = await found(staff.city, staff.city.region);
    expect(whole.length).toBeGreaterThan(5);
    expect(await found(staff.city, staff.city.region, 2)).toEqual(whole);
    const far = { role: 'COUNTY_HOUSING', region: elsewhereOf(file) } as const;
    expect(await found(far, staff.city.region)).toEqual([]);
  });
});
