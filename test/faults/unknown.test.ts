import fc from 'fast-check';
import { connectors } from '../../connectors';
import type { Evaluation, Subject } from '../../src/engine/evaluate';
import { rules } from '../../src/rules';
import { seedProperties } from '../support/seed';
import { openFaultStage, type FaultStage } from './stage';
import { hits, UNKNOWNS, verdicts } from './unknown';

seedProperties();

/** Households of the population, plants among them, judged together; `npm run long:faults` runs more. */
const PAGE = 150;
const RUNS = process.env.FAULTS === 'long' ? 60 : 12;

const SOURCES = connectors.map(({ name }) => name);

describe('an answer turned unknown, of any source, for any rule [GX-10.1.2]', () => {
  let at: FaultStage;
  let subjects: Subject[];
  let sound: Evaluation[];
  beforeAll(async () => {
    at = await openFaultStage(300);
    const page = at.households.slice(0, PAGE);
    await at.check(at.exchangeFor(null), page);
    const { rows } = await at.stage.base.owner.query<Subject>(
      `select distinct household_id as "householdId", case_id as "caseId", letter_id as "letterId" from answer where household_id = any ($1)`,
      [page],
    );
    subjects = rows;
    /* Every third is under review of what it has had for half a year, so that the rules of secured households are asked too. */
    const { owner } = at.stage.base;
    const secured = subjects.filter((_, i) => i % 3 === 0).map(({ caseId }) => caseId);
    await owner.query(`update housing_case set kind = 'ANNUAL_REVIEW' where id = any ($1)`, [secured]);
    await owner.query(
      `insert into entitlement (id, region_code, household_id, programme, since)
       select gen_random_uuid(), region_code, household_id, programme, current_date - 180 from housing_case where id = any ($1)`,
      [secured],
    );
    /* Of each somebody said something that was not so. */
    await owner.query(
      `insert into inspection (id, region_code, household_id, kind, signal, seen_from, opens_on, signalled_by, signalled_at, state)
       select gen_random_uuid(), region_code, household_id, said, 'COMPLAINT', current_date - 20, current_date - 20, 'test', now(), 'OPEN'
       from housing_case cross join unnest(array['SUBLET', 'VACANT']) as said where id = any ($1)`,
      [secured],
    );
    await owner.query(
      `update inspection set state = 'FALSE_ALARM', use_state = 'SELF_OCCUPIED', inspected_on = current_date - 1, result_note = 'x', inspected_by = 'test'`,
    );
    sound = await verdicts(at, subjects, []);
  });
  afterAll(() => at.close());

  it('moves a verdict to INCONCLUSIVE or leaves it, and every source, and every such state, is missed by a rule', async () => {
    const seen = new Set<string>();
    const missed = new Set<string>();
    await fc.assert(
      fc.asyncProperty(hits(subjects.length, SOURCES), async (lost) => {
        const after = await verdicts(at, subjects, lost);
        lost.forEach(({ source, state }) => seen.add(`${source} ${state}`));
        sound.forEach(({ outcome }, i) => {
          const of = lost.filter(({ household }) => household === i);
          outcome.forEach((before, j) => {
            const now = after[i]!.outcome[j]!;
            if (now === before) return;
            const what = `${rules[j]!.code}: ${before} became ${now} by ${JSON.stringify(of)}`;
            if (now !== 'INCONCLUSIVE') throw new Error(what);
            if (of.length === 0) throw new Error(`${what}, though nothing was lost`);
            if (of.length === 1) missed.add(of[0]!.source).add(of[0]!.state);
          });
        });
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect([...seen].sort()).toEqual(SOURCES.flatMap((source) => UNKNOWNS.map((state) => `${source} ${state}`)).sort());
    expect([...missed].sort()).toEqual([...SOURCES, ...UNKNOWNS].sort()); // none of them was taken for an answer
  }, 300_000);

  it('is looked for among households of which every rule with a source holds for some', () => {
    const held = rules.filter((_, j) => sound.some(({ outcome }) => outcome[j] === 'PASS')).map(({ code }) => code);
    expect(held).toEqual(rules.filter(({ unsourced }) => !unsourced).map(({ code }) => code));
  });
});
