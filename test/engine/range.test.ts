import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Evaluation } from '../../src/engine/evaluate';
import { householdRanges } from '../../src/engine/ranges';
import { rules } from '../../src/rules';
import { plantMatch } from '../access/support/matches';
import { seedProperties } from '../support/seed';
import { degraded, household } from './world/arbitrary';
import type { Built } from './world/build';
import { Court } from './world/court';
import { cleanFamily } from './world/families';

seedProperties();
let court: Court;
beforeEach(async () => void (court = await Court.open(rules)));
afterEach(() => court.close());

/** What is judged, without what differs from one judging to the next. */
const judgement = ({ id: _, at: __, crossCheckId: ___, ...judged }: Evaluation) => judged;
const byHousehold = (one: Built, other: Built) => (one.householdId < other.householdId ? -1 : 1);

describe('a range of households', () => {
  it('is judged row for row as each of them alone and as a page of them, with the same evidence', async () => {
    const pages = fc.array(fc.oneof(household, household.chain(degraded)), { minLength: 25, maxLength: 30 });
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(pages, fc.integer({ min: 1, max: 40 }), async (plans, size) => {
        const built = (await court.buildInForce(plans)).sort(byHousehold);
        const ids = new Set(built.map(({ householdId }) => householdId));
        const range = (await court.kept(await court.judgeRanges(size))).filter(({ householdId }) =>
          ids.has(householdId),
        );
        const page = await court.evaluate(built);
        expect(range.map(judgement)).toEqual(page.map(judgement));
        const [first] = await court.evaluate([built[0]!]);
        expect(judgement(first!)).toEqual(judgement(range[0]!));
        for (const { outcome } of range) outcome.forEach((each, at) => seen.add(`${rules[at]!.code} ${each}`));
      }),
      { numRuns: 4, endOnFailure: true },
    );
    for (const { code, onFalse } of rules.filter(({ needs }) => needs.length > 0)) {
      expect(seen).toContain(`${code} INCONCLUSIVE`);
      expect(seen.has(`${code} PASS`) || seen.has(`${code} ${onFalse}`)).toBe(true);
    }
  });

  it('turns a lost answer into INCONCLUSIVE or into nothing [GX-10.1.2]', async () => {
    const pages = fc.array(
      household.chain((plan) => fc.tuple(fc.constant(plan), degraded(plan))),
      { minLength: 20, maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(pages, async (page) => {
        const whole = await court.buildInForce(page.map(([plan]) => plan));
        const lossy = await court.buildInForce(page.map(([, plan]) => plan));
        const kept = new Map((await court.kept(await court.judgeRanges(25))).map((each) => [each.householdId, each]));
        whole.forEach(({ householdId }, at) =>
          kept.get(householdId)!.outcome.forEach((before, j) => {
            const after = kept.get(lossy[at]!.householdId)!.outcome[j]!;
            if (after !== before && after !== 'INCONCLUSIVE')
              throw new Error(`${rules[j]!.code}: ${before} became ${after}`);
          }),
        );
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });

  it('leaves open whether a letter covers whom it names and who has not signed, alone and in a range', async () => {
    const [built] = await court.buildInForce([cleanFamily]);
    await court.base.owner.query(`
      alter table letter_member disable trigger user;
      update letter_member set signature = null, signed_by = null, signed_on = null where person_id = '${built!.persons[0]!}';
      alter table letter_member enable trigger user`);
    const [alone] = await court.evaluate([built!]);
    const [ranged] = await court.kept(await court.judgeRanges(1));
    const at = court.engine.codes.indexOf('RR-14');
    expect([alone!.outcome[at], ranged!.outcome[at]]).toEqual(['INCONCLUSIVE', 'INCONCLUSIVE']);
  });

  it('counts the latest answer under the case and the letter, and none that came under another', async () => {
    const [silent, again, borrowed] = await court.buildInForce([cleanFamily, cleanFamily, cleanFamily]);
    const copy = (changes: object, { householdId }: Built) =>
      court.base.owner.query(
        `insert into answer select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid()) || $2::jsonb)).*
         from answer a where household_id = $1 and source = 'property'`,
        [householdId, JSON.stringify(changes)],
      );
    await copy({ at: '2026-11-22T05:00:00Z', status: 'UNAVAILABLE' }, silent!);
    await copy({ status: 'PENDING' }, again!);
    await copy({ at: '2026-11-22T05:00:00Z', status: 'UNAVAILABLE', letter_id: randomUUID() }, borrowed!);
    const kept = new Map((await court.kept(await court.judgeRanges(2))).map((each) => [each.householdId, each]));
    const area = court.engine.codes.indexOf('RR-07');
    expect([silent!, again!, borrowed!].map(({ householdId }) => kept.get(householdId)!.outcome[area])).toEqual([
      'INCONCLUSIVE',
      'PASS',
      'PASS',
    ]);
  });

  it('leaves to people whom an officer found to be one with somebody on another file, at every scale', async () => {
    const built = await court.buildInForce([cleanFamily, cleanFamily, cleanFamily]);
    const applicants = built.map(({ persons: [id] }) => ({ id: id! }));
    await plantMatch(court, { region: '150402', members: [applicants[0]!, applicants[1]!] }, 'x', 'SAME');
    await plantMatch(court, { region: '150402', members: [applicants[1]!, applicants[2]!] }, 'x', 'DIFFERENT');
    const at = court.engine.codes.indexOf('RR-03');
    const ids = built.map(({ householdId }) => householdId);
    const ranges = new Map((await court.kept(await court.judgeRanges(1))).map((each) => [each.householdId, each]));
    const page = await court.evaluate(built);
    const alone = (await Promise.all(built.map((one) => court.evaluate([one])))).flat();
    for (const judged of [ids.map((id) => ranges.get(id)!), page, alone])
      expect(judged.map(({ outcome }) => outcome[at])).toEqual(['INCONCLUSIVE', 'INCONCLUSIVE', 'PASS']);
    expect(ids.map((id) => judgement(ranges.get(id)!))).toEqual(page.map(judgement));
  });

  it('takes the latest case open on the day and leaves out who has none', async () => {
    const [open, closed] = await court.buildInForce([{ ...cleanFamily, reviewedOn: ['2026-01-05'] }, cleanFamily]);
    await court.base.owner.query(`update housing_case set closed_on = '2026-11-21' where id = $1`, [closed!.caseId]);
    const kept = await court.kept(await court.judgeRanges(10));
    expect(kept.map(({ householdId, caseId }) => [householdId, caseId])).toEqual([[open!.householdId, open!.caseId]]);
  });
});

const CONNECTIONS_OF_THE_ENGINE = `
  select pg_terminate_backend(pid) from pg_stat_activity where usename = 'anju_engine' and datname = current_database()`;

describe('ranges', () => {
  it('hold every household once, whatever their size', async () => {
    const built = (await court.buildInForce(Array.from({ length: 11 }, () => cleanFamily))).sort(byHousehold);
    for (const size of [1, 3, 11, 100]) {
      const ranges = await householdRanges(court.base.db.engine, size, null);
      expect(ranges).toHaveLength(Math.ceil(built.length / size));
      const held = built.map(
        ({ householdId }) => ranges.filter(({ first, last }) => first <= householdId && householdId <= last).length,
      );
      expect(held).toEqual(built.map(() => 1));
    }
  });

  it('cut off by the loss of both connections, and judged by two runs at once, end as an undisturbed run', async () => {
    await court.buildInForce(Array.from({ length: 40 }, () => cleanFamily));
    const undisturbed = (await court.kept(await court.judgeRanges(4))).map(judgement);
    const run = randomUUID();
    const cut = async (nth: number) => void (nth === 5 && (await court.base.owner.query(CONNECTIONS_OF_THE_ENGINE)));
    await expect(court.judgeRanges(4, run, cut)).rejects.toThrow();
    expect((await court.kept(run)).length).toBeLessThan(undisturbed.length);
    await Promise.all([court.judgeRanges(4, run), court.judgeRanges(4, run)]);
    expect((await court.kept(run)).map(judgement)).toEqual(undisturbed);
  });
});
