import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { inScope } from '../../src/store/database';
import { HONGSHAN, NOW, openOffice, TODAY, type Office } from '../commands/support/office';
import { seedProperties } from '../support/seed';

seedProperties();

const RUNS = 150;
const OUTCOMES = [
  'CONTINUE',
  'ADJUST',
  'CONVERT_TO_PUBLIC_RENTAL',
  'TERMINATE',
  'ORDER_EXIT',
  'PENDING_EVIDENCE',
] as const;
const CONCLUSIONS = ['ELIGIBLE', 'INELIGIBLE_PROPOSED', 'PENDING_EVIDENCE'] as const;
/** What each outcome must rest on, as the law has it. */
const BORNE_BY: Record<string, string | undefined> = {
  ...{ CONTINUE: 'ELIGIBLE', ADJUST: 'ELIGIBLE', PENDING_EVIDENCE: 'PENDING_EVIDENCE' },
  ...{ CONVERT_TO_PUBLIC_RENTAL: 'INELIGIBLE_PROPOSED', TERMINATE: 'INELIGIBLE_PROPOSED' },
};

interface Try {
  readonly kind: (typeof WAY)[number] | 'NOT_DECLARED' | 'EXEMPTION';
  readonly outcome: (typeof OUTCOMES)[number];
  readonly conclusion: (typeof CONCLUSIONS)[number];
  readonly agency: 'CIVIL_AFFAIRS' | 'PUBLIC_SECURITY';
  /** Counted back from the last report. */
  readonly back: number;
  readonly days: number;
}

const WAY = [
  'DECLARATION',
  'SOURCE_CHECK',
  'INSPECTION',
  'REPORT',
  'CONSULTATION',
  'HEARING',
  'DECISION',
  'EXECUTION',
] as const;

/* Rounds of the way as it should go, with gaps, and of the same in disorder: else hardly any would come to a decision. */
const kinds: fc.Arbitrary<Try['kind'][]> = fc
  .array(
    fc.oneof(
      { arbitrary: fc.subarray([...WAY], { minLength: 6 }), weight: 3 },
      { arbitrary: fc.shuffledSubarray([...WAY, 'NOT_DECLARED' as const, 'EXEMPTION' as const]), weight: 1 },
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((rounds) => rounds.flat());
const tries: fc.Arbitrary<Try[]> = kinds.chain((sequence) =>
  fc.tuple(
    ...sequence.map((kind) =>
      fc.record({
        kind: fc.constant(kind),
        outcome: fc.constantFrom(...OUTCOMES),
        conclusion: fc.constantFrom(...CONCLUSIONS),
        agency: fc.constantFrom('CIVIL_AFFAIRS' as const, 'CIVIL_AFFAIRS' as const, 'PUBLIC_SECURITY' as const),
        back: fc.constantFrom(0, 0, 0, 1),
        days: fc.constantFrom(0, 15, 16),
      }),
    ),
  ),
);

/** The way to an outcome, as it should go: a model that never gets there proves nothing. */
const asItShould = (outcome: Try['outcome']): Try[] =>
  [...WAY.slice(0, 3), 'INSPECTION' as const, ...WAY.slice(3)]
    .map((kind) => ({
      ...{ kind, outcome, agency: 'CIVIL_AFFAIRS' as const, back: 0, days: 16 },
      conclusion: (BORNE_BY[outcome] ?? 'ELIGIBLE') as Try['conclusion'],
    }))
    .filter(({ kind }) => !(['CONTINUE', 'PENDING_EVIDENCE'].includes(outcome) && /CONSULTATION|HEARING/.test(kind)));

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

interface Case {
  readonly review: string;
  readonly household: string;
  readonly caseId: string;
}

async function begin(): Promise<Case> {
  const home = await office.home();
  const [campaign, review, caseId, entitlement] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await office.rows(
    `insert into review_campaign (id, region_code, year, opened_by, role, office, opened_at, declare_by, declare_by_provisional)
     values ($1, $2, 2026, 'x', 'COUNTY_HOUSING', $2, $3, '2026-11-01', false) on conflict do nothing`,
    [campaign, HONGSHAN, NOW],
  );
  await office.rows(
    `insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on) values ($1, $2, $3, 'ANNUAL_REVIEW', 'LOW_RENT', $4, '2026-01-01')`,
    [caseId, HONGSHAN, home.id, home.people[0]!.id],
  );
  await office.rows(`insert into entitlement values ($1, $2, $3, 'LOW_RENT', '2020-01-01')`, [
    entitlement,
    HONGSHAN,
    home.id,
  ]);
  await office.rows(
    `insert into annual_review (id, campaign_id, region_code, household_id, year, entitlement_id, programme, case_id, due_on, declare_by)
     select $1, id, $2, $3, 2026, $4, 'LOW_RENT', $5, '2026-06-01', '2026-11-01' from review_campaign where region_code = $2`,
    [review, HONGSHAN, home.id, entitlement, caseId],
  );
  return { review, household: home.id, caseId };
}

/** Tries a step by plain SQL, as the hub's own role: was it taken? */
async function tryStep(
  { review, household }: Case,
  step: Try,
  hash: string | null,
  inspection: string | null,
): Promise<boolean> {
  const decision = step.kind === 'DECISION';
  const adverse = decision && !['CONTINUE', 'PENDING_EVIDENCE'].includes(step.outcome);
  const on = new Date(Date.parse(TODAY) + step.days * 86_400_000).toISOString().slice(0, 10);
  const values = [
    ...[randomUUID(), HONGSHAN, household, review, step.kind, NOW, on],
    ...[step.agency, 'AGREES', '1', true, decision ? step.outcome : null],
    ...[
      decision && step.outcome === 'CONVERT_TO_PUBLIC_RENTAL' ? 'RENT' : null,
      adverse ? '第八条' : null,
      '理由',
      hash,
    ],
    ...[
      adverse ? '2026-12-07' : null,
      adverse ? '2026-12-08' : null,
      decision && step.outcome === 'ORDER_EXIT' ? inspection : null,
    ],
  ];
  return inScope(office.hub.db.app, [HONGSHAN], (client) =>
    client.query(
      `insert into review_step (id, region_code, household_id, review_id, kind, at, on_day, agency, opinion, document_number, attended, outcome, conversion,
         basis, note, report_hash, objections_until, effective_on, inspection_id, taken_by, role, office)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 'x', 'COUNTY_HOUSING', $2)`,
      values,
    ),
  ).then(
    () => true,
    (error: { code: string }) => {
      expect(['23514', '23502']).toContain(error.code); // a constraint said no, nothing broke
      return false;
    },
  );
}

interface Past {
  readonly kind: string;
  readonly outcome?: string;
  readonly hash?: string;
  readonly conclusion?: string;
  readonly agency?: string;
  readonly days?: number;
  readonly inspected?: boolean;
}

/** What must have come before, read off the past alone. */
function isLawful(past: readonly Past[], now: Past): boolean {
  const report = past.findLast(({ kind }) => kind === 'REPORT');
  const since = past.slice(past.lastIndexOf(report!) + 1);
  if (now.kind === 'EXECUTION') {
    const decided = since.findLast(({ kind }) => kind === 'DECISION');
    if (!decided || decided.outcome === 'PENDING_EVIDENCE') return false;
    return decided.outcome === 'CONTINUE' || now.days! > 15; // 7 December is 15 days off
  }
  if (now.kind !== 'DECISION') return true;
  if (!report || now.hash !== report.hash) return false;
  const bears = BORNE_BY[now.outcome!];
  if (bears !== undefined && bears !== report.conclusion) return false;
  if (now.outcome === 'ORDER_EXIT' && !now.inspected) return false;
  if (now.outcome === 'CONTINUE' || now.outcome === 'PENDING_EVIDENCE') return true;
  const civil = since.findIndex(({ kind, agency }) => kind === 'CONSULTATION' && agency === 'CIVIL_AFFAIRS');
  return civil >= 0 && since.slice(civil).some(({ kind }) => kind === 'HEARING');
}

describe('a review moved by plain SQL, in whatever order', () => {
  it('is never decided but on its last report, and as that bears it; nothing adverse without civil affairs and a hearing on it, nothing carried out early [IM-7.8]', async () => {
    const taken: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(tries, async (sequence) => {
        const about = await begin();
        const past: Past[] = [];
        const hashes: string[] = [];
        let inspection: { id: string; confirmed: boolean } | null = null;
        for (const step of sequence) {
          if (step.kind === 'REPORT') {
            const hash = `${about.caseId} ${hashes.length}`;
            await office.rows(
              `insert into case_report values ($1, $2, $3, $1, $4, $5, now())
               on conflict (case_id) do update set hash = excluded.hash, conclusion = excluded.conclusion`,
              [about.caseId, HONGSHAN, about.household, hash, step.conclusion],
            );
            hashes.push(hash);
            past.push({ kind: 'REPORT', hash, conclusion: step.conclusion });
          } else if (step.kind === 'INSPECTION') {
            if (inspection?.confirmed) continue;
            const id: string = inspection?.id ?? randomUUID();
            if (!inspection)
              await office.rows(
                `insert into inspection (id, region_code, household_id, kind, signal, seen_from, opens_on, signalled_by, signalled_at, state)
                 values ($1, $2, $3, 'SUBLET', 'VISIT', '2026-10-01', '2026-10-01', 'x', $4, 'OPEN')`,
                [id, HONGSHAN, about.household, NOW],
              );
            else
              await office.rows(
                `update inspection set state = 'CONFIRMED', inspected_on = '2026-11-01', result_note = 'x', inspected_by = 'x', use_state = 'LET' where id = $1`,
                [id],
              );
            inspection = { id, confirmed: inspection !== null };
          } else {
            const hash = hashes.at(-1 - step.back) ?? null;
            const inspected = inspection?.confirmed ?? false;
            const was = await tryStep(about, step, hash, inspection?.id ?? null);
            const now = { ...step, hash: hash ?? undefined, inspected };
            if (was) {
              expect([step.kind, step.outcome, isLawful(past, now)]).toEqual([step.kind, step.outcome, true]);
              taken[step.kind === 'DECISION' ? step.outcome : step.kind] =
                (taken[step.kind === 'DECISION' ? step.outcome : step.kind] ?? 0) + 1;
              past.push(now);
            }
          }
        }
      }),
      { numRuns: RUNS, examples: OUTCOMES.map((outcome) => [asItShould(outcome)]) },
    );
    /* A model that never gets anywhere proves nothing. */
    for (const each of [...OUTCOMES, 'EXECUTION']) expect([each, taken[each] ?? 0]).not.toEqual([each, 0]);
  });
});
