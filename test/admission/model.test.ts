import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { inScope } from '../../src/store/database';
import { HONGSHAN, NOW, ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { seedProperties } from '../support/seed';

seedProperties();

const RUNS = 60;
const DAY_MS = 86_400_000;
/** As the law has it (domain.md §3), not as the code does. */
const LEVELS = {
  [ONGNIUD]: ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING'],
  [HONGSHAN]: ['STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'],
} as Readonly<Record<string, readonly string[]>>;
const JOINT: Readonly<Record<string, readonly (readonly string[])[]>> = {
  [ONGNIUD]: [[], [], ['CIVIL_AFFAIRS', 'PUBLIC_SECURITY']],
  [HONGSHAN]: [[], ['CIVIL_AFFAIRS'], ['PUBLIC_SECURITY']],
};
const PERIODS = [7, 7, 15];

const ROUND = ['PASS', 'POSTING', 'PERIOD_END', 'CLEARANCE'] as const;
const KINDS = [
  ...['SUBMISSION', 'RETURN', 'ACCEPTANCE', 'OPINION', 'REJECTION', 'SENT_BACK', 'APPROVAL', 'WITHDRAWAL', 'APPEAL'],
  ...['APPEAL_UPHELD', 'APPEAL_DISMISSED', 'REVOCATION', ...ROUND],
] as const;

interface Try {
  readonly kind: string;
  /** Whose: the right level, or one by lot. */
  readonly role: string | null;
  readonly person: string;
  readonly agency: string;
  readonly days: number;
  readonly objected: 'NO' | 'FILED' | 'ESTABLISHED' | 'NOT_ESTABLISHED';
  readonly eligible: boolean;
}

const ROLES = [
  'COMMUNITY_WORKER',
  'STREET_OFFICER',
  'COUNTY_HOUSING',
  'CITY_HOUSING',
  'CIVIL_AFFAIRS',
  'POLICE',
  'REGION_HOUSING',
  'HUB',
];
const WAY = ['SUBMISSION', 'ACCEPTANCE', ...ROUND, 'OPINION', ...ROUND, 'OPINION', 'OPINION', ...ROUND, 'APPROVAL'];

/** Mostly as it should be, with whatever else between. */
const tries: fc.Arbitrary<Try[]> = fc
  .tuple(
    fc.array(fc.tuple(fc.nat({ max: 40 }), fc.constantFrom(...KINDS)), { maxLength: 8 }),
    fc.array(fc.nat({ max: WAY.length - 1 }), { maxLength: 2 }),
  )
  .map(([extra, left]) => {
    const kinds: string[] = WAY.filter((_, at) => !left.includes(at));
    for (const [place, kind] of extra) kinds.splice(place % kinds.length, 0, kind);
    return kinds;
  })
  .chain((kinds) =>
    fc.tuple(
      ...kinds.map((kind) =>
        fc.record({
          kind: fc.constant(kind),
          role: fc.oneof(
            { arbitrary: fc.constant(null), weight: 12 },
            { arbitrary: fc.constantFrom(...ROLES), weight: 1 },
          ),
          person: fc.oneof({ arbitrary: fc.constant(''), weight: 12 }, { arbitrary: fc.constant('one'), weight: 1 }),
          agency: fc.constantFrom('CIVIL_AFFAIRS', 'PUBLIC_SECURITY'),
          days: fc.oneof(
            { arbitrary: fc.constant(16), weight: 6 },
            { arbitrary: fc.constantFrom(0, 7, 8, 15), weight: 1 },
          ),
          objected: fc.oneof(
            { arbitrary: fc.constant('NO' as const), weight: 8 },
            {
              arbitrary: fc.constantFrom('FILED' as const, 'ESTABLISHED' as const, 'NOT_ESTABLISHED' as const),
              weight: 1,
            },
          ),
          eligible: fc.oneof(
            { arbitrary: fc.constant(true), weight: 12 },
            { arbitrary: fc.constant(false), weight: 1 },
          ),
        }),
      ),
    ),
  );

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

interface Subject {
  readonly region: string;
  readonly household: string;
  readonly caseId: string;
  readonly application: string;
}

async function begin(region: string): Promise<Subject> {
  const home = await office.home(region);
  const [caseId, letter, application] = [randomUUID(), randomUUID(), randomUUID()];
  await office.rows(
    `insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on) values ($1, $2, $3, 'APPLICATION', 'LOW_RENT', $4, '2026-01-01')`,
    [caseId, region, home.id, home.people[0]!.id],
  );
  await office.base.owner.query('alter table letter disable trigger user');
  await office.rows(
    `insert into letter (id, region_code, household_id, case_id, purpose, sources, notice_version, signed_on, valid_until, state, registered_by)
     values ($1, $2, $3, $4, 'ADMISSION_REVIEW', '{property}', '1', '2026-01-01', '2099-12-31', 'ACTIVE', 'x')`,
    [letter, region, home.id, caseId],
  );
  await office.base.owner.query('alter table letter enable trigger user');
  await office.rows(
    `insert into application (id, region_code, household_id, case_id, flow) values ($1, $2, $3, $4, admission_flow($2, '2026-11-22', now()))`,
    [application, region, home.id, caseId],
  );
  return { region, household: home.id, caseId, application };
}

interface Standing {
  readonly state: string;
  readonly round: number;
  readonly version: number;
}
const standing = async ({ application }: Subject): Promise<Standing> =>
  (await office.rows<Standing>('select state, round, version from application where id = $1', [application]))[0]!;

/** By plain SQL in one transaction, as the hub's own role: was it done? */
const tried = (region: string, ...statements: (readonly [text: string, values: unknown[]])[]): Promise<boolean> =>
  inScope(office.hub.db.app, [region], async (client) => {
    for (const [text, values] of statements) await client.query(text, values);
  }).then(
    () => true,
    (error: { code: string; message: string }) => {
      expect([error.code, error.message]).toEqual([expect.stringMatching(/^(23514|23502|42501)$/), expect.anything()]);
      return false;
    },
  );

const PUBLICITY = `insert into publicity (id, region_code, household_id, application_id, round, place, snapshot, snapshot_hash, posted_on, last_day)
  values ($1, $2, $3, $4, $5, '公告栏', 'x', encode(sha256('x'), 'hex'), $6::date, $6::date + $7::int)`;
const OBJECTION = `insert into objection (id, region_code, household_id, application_id, publicity_id, filed_on, statement, taken_by) values ($1, $2, $3, $4, $5, $6, '异议', 'x')`;
const STEP = `insert into application_step (id, region_code, household_id, application_id, version, kind, round, at, on_day, taken_by, role, office, agency, opinion, note, report_hash, publicity_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $2, $12, $13, '意见', $14, $15)`;

interface Posted {
  readonly id: string;
  readonly lastDay: string;
  objected: Try['objected'];
}

interface Past {
  readonly kind: string;
  readonly round: number;
  readonly role: string;
  readonly person: string;
  readonly agency: string;
  readonly on: string;
  readonly eligible: boolean;
  readonly posted: Posted | null;
}

/** What a step taken must have had before it, read off the past alone. */
function expectLawful(region: string, past: readonly Past[], now: Past): void {
  const levels = LEVELS[region]!;
  const entered = past.findLastIndex(({ kind }) =>
    ['ACCEPTANCE', 'CLEARANCE', 'SENT_BACK', 'APPEAL_UPHELD'].includes(kind),
  );
  const review = past.slice(entered + 1);
  if (['PASS', 'REJECTION', 'POSTING', 'CLEARANCE'].includes(now.kind)) expect(now.role).toBe(levels[now.round - 1]);
  if (now.kind === 'PASS') {
    const before = past.findLast(({ kind, round }) => kind === 'PASS' && round === now.round - 1);
    expect(before?.person).not.toBe(now.person);
    for (const agency of JOINT[region]![now.round - 1]!)
      expect(review.some((step) => step.kind === 'OPINION' && step.agency === agency)).toBe(true);
    if (now.round === 3) expect(now.eligible).toBe(true);
  }
  if (now.kind === 'POSTING') expect(review.some(({ kind }) => kind === 'PASS')).toBe(true);
  if (now.kind === 'PERIOD_END') expect(now.on > now.posted!.lastDay).toBe(true);
  if (now.kind === 'CLEARANCE') {
    expect(review.map(({ kind }) => kind).filter((kind) => ROUND.includes(kind as never))).toEqual([
      'PASS',
      'POSTING',
      'PERIOD_END',
    ]);
    expect(['NO', 'NOT_ESTABLISHED']).toContain(now.posted!.objected);
  }
  if (now.kind === 'SENT_BACK') expect(now.posted!.objected).toBe('ESTABLISHED');
  if (now.kind === 'APPROVAL') {
    expect(now.role).toBe(levels[2]);
    for (const round of [1, 2, 3])
      for (const kind of ['PASS', 'CLEARANCE'])
        expect(past.some((step) => step.kind === kind && step.round === round)).toBe(true);
  }
}

/** Whose step it is where all goes right. */
function rightRole(region: string, kind: string, round: number): string {
  const levels = LEVELS[region]!;
  if (kind === 'PERIOD_END') return 'HUB';
  if (kind.startsWith('APPEAL_')) return region === HONGSHAN ? 'REGION_HOUSING' : 'CITY_HOUSING';
  if (['SUBMISSION', 'RETURN', 'ACCEPTANCE', 'WITHDRAWAL', 'APPEAL'].includes(kind)) return levels[0]!;
  return ['APPROVAL', 'REVOCATION'].includes(kind) ? levels[2]! : levels[round - 1]!;
}

const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** The world about an application, as far as a step may lean on it. */
class World {
  on = NOW.getTime();
  posted: Posted | null = null;
  readonly past: Past[] = [];
  constructor(readonly about: Subject) {}

  async report(eligible: boolean): Promise<void> {
    const { region, household, caseId } = this.about;
    await office.rows(
      `insert into case_report values ($1, $2, $3, $1, $4, $5, now()) on conflict (case_id) do update set hash = excluded.hash, conclusion = excluded.conclusion`,
      [caseId, region, household, `${caseId} ${eligible}`, eligible ? 'ELIGIBLE' : 'PENDING_EVIDENCE'],
    );
  }

  /** An objection within the period, and what is found. */
  async object(found: Try['objected']): Promise<void> {
    const { region, household, application } = this.about;
    if (!this.posted || found === 'NO') return;
    const id = randomUUID();
    const { id: publicity, lastDay } = this.posted;
    if (!(await tried(region, [OBJECTION, [id, region, household, application, publicity, lastDay]]))) return;
    this.posted.objected = 'FILED';
    if (found !== 'FILED' && (await tried(region, [ANSWER, [id, found, dayOf(this.on)]]))) this.posted.objected = found;
  }

  agencyOf(step: Try, round: number): string {
    const given = this.past.filter((each) => each.kind === 'OPINION' && each.round === round);
    const owed = JOINT[this.about.region]![round - 1]!.find((agency) => !given.some((each) => each.agency === agency));
    return owed ?? step.agency;
  }

  async take(step: Try): Promise<void> {
    const { region, household, application, caseId } = this.about;
    const { state, round, version } = await standing(this.about);
    if (step.kind === 'PERIOD_END') {
      this.on += step.days * DAY_MS;
      await this.object(step.objected);
    }
    await this.report(step.eligible);
    const role = step.role ?? rightRole(region, step.kind, round);
    const [day, person, agency] = [dayOf(this.on), step.person || `${role} ${round}`, this.agencyOf(step, round)];
    const [days, short] = [PERIODS[round - 1]!, step.days === 0 ? 1 : 0];
    const posting: Posted | null =
      step.kind === 'POSTING' ? { id: randomUUID(), lastDay: dayOf(this.on + days * DAY_MS), objected: 'NO' } : null;
    const publicity = NEEDS_PUBLICITY.includes(step.kind) ? ((posting ?? this.posted)?.id ?? randomUUID()) : null;
    const said = step.kind === 'OPINION' ? [agency, 'AGREES'] : [null, null];
    const values = [
      ...[
        randomUUID(),
        region,
        household,
        application,
        version,
        step.kind,
        round,
        new Date(this.on),
        day,
        person,
        role,
      ],
      ...[...said, `${caseId} ${step.eligible}`, publicity],
    ];
    const posted = [posting?.id, region, household, application, round, day, days - short];
    const done = await tried(region, ...(posting ? [[PUBLICITY, posted] as const] : []), [STEP, values]);
    const after = await standing(this.about);
    if (!done) return expect(after).toEqual({ state, round, version });
    expect(after.version).toBe(version + 1);
    if (posting) expect(short).toBe(0);
    this.posted = posting ?? this.posted;
    const now: Past = {
      kind: step.kind,
      round,
      role,
      person,
      agency,
      on: day,
      eligible: step.eligible,
      posted: this.posted && { ...this.posted },
    };
    expectLawful(region, this.past, now);
    this.past.push(now);
  }
}

/** Ways that lead somewhere: a model that never gets there proves nothing. */
const asItShould = (kinds: readonly string[], objected: Try['objected'] = 'NO'): Try[] =>
  kinds.map((kind) => ({ kind, role: null, person: '', agency: 'CIVIL_AFFAIRS', days: 16, objected, eligible: true }));
const EXAMPLES: [string, Try[]][] = [HONGSHAN, ONGNIUD].flatMap((region): [string, Try[]][] => [
  [region, asItShould([...WAY, 'REVOCATION'])],
  [region, asItShould([...WAY.slice(0, 5), 'CLEARANCE', 'SENT_BACK', ...ROUND.slice(0, 3)], 'ESTABLISHED')],
  [region, asItShould([...WAY.slice(0, 2), 'REJECTION', 'APPEAL', 'APPEAL_UPHELD', ...ROUND])],
  [region, asItShould([...WAY.slice(0, 3), 'WITHDRAWAL', 'ACCEPTANCE'])],
  [region, asItShould(WAY.slice(0, 6), 'FILED')],
  [region, [...asItShould(WAY.slice(0, 9)), ...asItShould(['PERIOD_END', 'SENT_BACK', 'PASS'], 'ESTABLISHED')]],
  /* One person all the way, a report that leaves something open, no word of an agency: none of these gets there. */
  [region, asItShould(WAY).map((step) => ({ ...step, person: 'one' }))],
  [region, asItShould(WAY).map((step) => ({ ...step, eligible: false }))],
  [region, asItShould(WAY.filter((kind) => kind !== 'OPINION'))],
]);

const NEEDS_PUBLICITY = ['POSTING', 'PERIOD_END', 'CLEARANCE', 'SENT_BACK'];
const ANSWER = `update objection set state = $2, answered_on = $3, answered_by = 'another', answer = '答复' where id = $1`;

describe('an application moved by plain SQL, in whatever order', () => {
  it('passes no review at the wrong level, by the same person, without its agencies or on a report that does not bear it; clears no publicity early or over an objection; is approved after three and three [IM-3.2] [IM-3.C5]', async () => {
    const taken: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(HONGSHAN as string, ONGNIUD as string), tries, async (region, sequence) => {
        const world = new World(await begin(region));
        for (const step of sequence) await world.take(step);
        for (const { kind } of world.past) taken[kind] = (taken[kind] ?? 0) + 1;
      }),
      { numRuns: RUNS, examples: EXAMPLES },
    );
    process.stderr.write(`steps taken: ${JSON.stringify(taken)}\n`);
    for (const kind of ['PASS', 'CLEARANCE', 'REJECTION', 'SENT_BACK', 'APPROVAL'])
      expect(taken[kind] ?? 0).toBeGreaterThan(0);
  });

  it('is not moved past its steps, and no step is written over', async () => {
    const about = await begin(ONGNIUD);
    const forbidden = [
      `update application set state = 'CLEARED', round = 3 where id = $1`,
      `insert into application (id, region_code, household_id, case_id, flow, state, round)
       select gen_random_uuid(), region_code, household_id, case_id, flow, 'CLEARED', 3 from application where id = $1`,
      `update application_step set note = 'x' where application_id = $1`,
      `update publicity set last_day = posted_on where application_id = $1`,
      `delete from application_step where application_id = $1`,
    ];
    for (const text of forbidden) expect(await tried(about.region, [text, [about.application]])).toBe(false);
    expect(await standing(about)).toEqual({ state: 'DRAFT', round: 1, version: 0 });
  });
});
