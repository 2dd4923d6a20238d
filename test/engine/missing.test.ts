import { rules } from '../../src/rules';
import { Court } from './world/court';
import { cleanFamily, notFound } from './world/families';
import type { AnswerPlan, HouseholdPlan } from './world/plan';

let court: Court;
beforeAll(async () => void (court = await Court.open(rules)));
afterAll(() => court.close());

const RETRY = new Date('2026-11-23T01:00:00.000Z');
const DUE = new Date('2026-12-01T01:00:00.000Z');

const withProperty = (...answers: (AnswerPlan | undefined)[]): HouseholdPlan => ({
  ...cleanFamily,
  members: cleanFamily.members.map((member, i) => ({
    ...member,
    answers: { ...member.answers, property: answers[i] ?? notFound },
  })),
});

describe('missing', () => {
  it('is silent about a household that lacks nothing', async () => {
    expect(await court.missing(await court.build(cleanFamily))).toEqual(new Map());
  });

  it('names source, member, status and when to ask again, the applicant first', async () => {
    const plan = withProperty(
      { status: 'UNAVAILABLE', retryAt: RETRY },
      { status: 'PENDING', dueAt: DUE },
      { ...notFound, ageInDays: 31 },
    );
    const [family] = await court.build(plan);
    const missing = (await court.missing([family!])).get(family!.householdId)!;
    const [applicant, ...others] = missing;
    expect(applicant).toMatchObject({
      source: 'property',
      personId: family!.persons[0],
      applicant: true,
      status: 'UNAVAILABLE',
      retryAt: RETRY,
    });
    expect(others.map(({ status, dueAt }) => [status, dueAt]).sort()).toEqual([
      ['PENDING', DUE],
      ['STALE', null],
    ]);
  });

  it('tells apart: not asked, no coverage, no letter', async () => {
    const [uncovered, unasked, letterless] = await court.build(
      withProperty({ ...notFound, covered: false }),
      { ...cleanFamily, members: cleanFamily.members.map((member) => ({ ...member, answers: {} })) },
      { ...cleanFamily, letter: null },
    );
    const missing = await court.missing([uncovered!, unasked!, letterless!]);
    expect(missing.get(uncovered!.householdId)!.map(({ status }) => status)).toEqual(['NOT_FOUND']);
    expect(missing.get(unasked!.householdId)).toHaveLength(15);
    expect(new Set(missing.get(unasked!.householdId)!.map(({ status }) => status))).toEqual(new Set(['NOT_ASKED']));
    expect(new Set(missing.get(letterless!.householdId)!.map(({ status }) => status))).toEqual(new Set(['NO_LETTER']));
  });
});

describe('findings', () => {
  it('carry the evidence of their own sources, and what is missing only where it keeps the rule open', async () => {
    const [family] = await court.build(withProperty({ status: 'UNAVAILABLE', retryAt: RETRY }));
    const [evaluation] = await court.evaluate([family!]);
    const missing = (await court.missing([family!])).get(family!.householdId);
    const findings = court.engine.findings(evaluation!, missing, undefined);
    const [housing, vehicle] = ['RR-07', 'RR-12'].map((code) => findings.find(({ rule }) => rule === code)!);
    expect(housing).toMatchObject({
      outcome: 'INCONCLUSIVE',
      citation: ['IM-3.D3', 'IM-3.C6'],
      observed: null,
      threshold: 130_000,
      unit: 'cm2',
      sentence: '产权产籍部门对申请人的应答尚不可用（来源暂不可用 1 人），可于 2026-11-23 再询，住房面积待核实。',
      missing: [{ source: 'property', status: 'UNAVAILABLE' }],
    });
    expect(housing!.evidence).toHaveLength(2);
    expect(vehicle).toMatchObject({ outcome: 'PASS', missing: [] });
    expect(vehicle!.evidence).toHaveLength(3);
    const { rows } = await court.base.owner.query('select distinct source from answer where id = any ($1)', [
      vehicle!.evidence,
    ]);
    expect(rows).toEqual([{ source: 'vehicle' }]);
  });

  it('say nothing of who lives elsewhere [IM-4.7]', async () => {
    const guest = {
      ...cleanFamily.members[1]!,
      samePersonAs: [0, 1] as const,
      relation: 'APPLICANT' as const,
      answers: {},
    };
    const [family, other] = await court.build(cleanFamily, { ...cleanFamily, regionCode: '450102', members: [guest] });
    const [evaluation] = await court.evaluate([family!]);
    const text = JSON.stringify(court.engine.findings(evaluation!, undefined, undefined));
    expect(text).toContain('在其他地区');
    for (const secret of [other!.householdId, other!.caseId, '450102', family!.persons[1]!])
      expect(text).not.toContain(secret);
  });
});
