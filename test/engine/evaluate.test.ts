import { createHash, randomUUID } from 'node:crypto';
import { makeEngine } from '../../src/engine';
import { defineRule } from '../../src/engine/rule';
import { sql } from '../../src/engine/sql';
import { rules } from '../../src/rules';
import { NOW, TODAY } from './world/build';
import { Court } from './world/court';
import { cleanFamily, securedSince } from './world/families';

let court: Court;
beforeAll(async () => void (court = await Court.open(rules)));
afterAll(() => court.close());

const of = (code: string) => court.engine.codes.indexOf(code);
const DAY_MS = 86_400_000;

describe('evaluate', () => {
  it('keeps what it returns, with the rule set and the cross-check it was made for', async () => {
    const [family] = await court.build(cleanFamily);
    const [evaluation] = await court.evaluate([family!]);
    const { rows } = await court.base.owner.query(
      'select outcome, conclusion, rule_set, at from evaluation where id = $1',
      [evaluation!.id],
    );
    expect(rows).toEqual([
      { outcome: evaluation!.outcome, conclusion: 'ELIGIBLE', rule_set: court.engine.version, at: NOW },
    ]);
    const { rows: sets } = await court.base.owner.query('select codes from rule_set where version = $1', [
      court.engine.version,
    ]);
    expect(sets).toEqual([{ codes: rules.map(({ code }) => code) }]);
  });

  it('answers in the order asked, and leaves out what is no household with that case', async () => {
    const built = await court.build(cleanFamily, cleanFamily, cleanFamily);
    const stranger = { householdId: built[0]!.householdId, caseId: built[1]!.caseId, letterId: null };
    const asked = [built[2]!, { householdId: randomUUID(), caseId: randomUUID(), letterId: null }, built[1]!];
    expect((await court.evaluate(asked)).map(({ householdId }) => householdId)).toEqual([
      built[2]!.householdId,
      built[1]!.householdId,
    ]);
    expect(await court.evaluate([stranger])).toEqual([]);
    expect(await court.evaluate([])).toEqual([]);
  });

  it('refuses a page that names a household twice', async () => {
    const [family] = await court.build(cleanFamily);
    await expect(court.evaluate([family!, family!])).rejects.toThrow(RangeError);
  });

  it('sees no answer given for another purpose, case or letter', async () => {
    const [family, other] = await court.build(cleanFamily, cleanFamily);
    const [elsewhere] = await court.evaluate([family!], { purpose: 'ANNUAL_REVIEW' });
    expect(elsewhere!.evidence).toEqual([]);
    const [borrowed] = await court.evaluate([{ ...family!, letterId: other!.letterId }]);
    expect(borrowed!.evidence).toEqual([]);
    expect(borrowed!.outcome[of('RR-14')]).toBe('FAIL');
    expect(borrowed!.outcome[of('RR-07')]).toBe('INCONCLUSIVE');
  });

  it('does not judge on a source that the asker may not look at, and says so', async () => {
    const [family] = await court.build(cleanFamily);
    const sources = ['vehicle', 'civil-affairs', 'provident-fund', 'police'];
    const [narrow] = await court.evaluate([family!], { sources });
    expect(narrow!.outcome[of('RR-07')]).toBe('INCONCLUSIVE');
    expect(narrow!.evidenceSource).not.toContain('property');
    const missing = (await court.missing([family!], { sources })).get(family!.householdId)!;
    expect(new Set(missing.map(({ source, status }) => `${source} ${status}`))).toEqual(
      new Set(['property NOT_ASKED']),
    );
  });

  it('lets answers grow stale by the instant, not by the day of judgement', async () => {
    const [family] = await court.build(cleanFamily);
    const at = (days: number) => court.evaluate([family!], { now: new Date(NOW.getTime() + days * DAY_MS) });
    const [last] = await at(29);
    const [stale] = await at(29.001);
    expect([last!.outcome[of('RR-07')], stale!.outcome[of('RR-07')]]).toEqual(['PASS', 'INCONCLUSIVE']);
    expect(stale!.evidence).toEqual([]);
  });

  it('takes the latest answer: a later silence covers an earlier fact, and the answer of the same instant its PENDING', async () => {
    const [silent, answered] = await court.build(cleanFamily, cleanFamily);
    const again = (status: string, at: Date, household: string) =>
      court.base.owner.query(
        `insert into answer select (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'at', $2::timestamptz, 'status', $3::text))).*
         from answer a where household_id = $1 and source = 'property'`,
        [household, at, status],
      );
    await again('UNAVAILABLE', new Date(NOW.getTime() + 1000), silent!.householdId);
    await again('PENDING', NOW, answered!.householdId);
    const [without, having] = await court.evaluate([silent!, answered!]);
    expect([without!.outcome[of('RR-07')], having!.outcome[of('RR-07')]]).toEqual(['INCONCLUSIVE', 'PASS']);
  });

  it('does not take a fact nobody asked for as "there is none" [IM-6(2)]', async () => {
    const members = cleanFamily.members.map((member) => ({
      ...member,
      answers: {
        ...member.answers,
        vehicle: { status: 'FOUND' as const, value: { unpricedVehicles: 0 } },
        'civil-affairs': { ...member.answers['civil-affairs']!, fields: ['marriageStatus'] },
      },
    }));
    const [narrow] = await court.build({ ...cleanFamily, members });
    const [judged] = await court.evaluate([narrow!]);
    expect(['RR-12', 'RR-28'].map((code) => judged!.outcome[of(code)])).toEqual(['INCONCLUSIVE', 'INCONCLUSIVE']);
  });

  it('judges the members and the law of the day of judgement', async () => {
    const members = cleanFamily.members.map((member, i) => (i === 2 ? { ...member, from: '2026-12-01' } : member));
    const [family] = await court.build({ ...cleanFamily, members });
    const area = async (asOf: string) => (await court.evaluate([family!], { asOf }))[0]!.observed[of('RR-07')];
    expect([await area('2026-11-30'), await area('2026-12-01')]).toEqual([180_000, 120_000]);
    const [before] = await court.evaluate([family!], { asOf: '2013-12-31' });
    expect(new Set(before!.outcome)).toEqual(new Set(['NOT_APPLICABLE']));
    expect(before!.observed.every((value) => value === null)).toBe(true);
  });

  it('an absurd number of a lying source stays unknown and does not fail the page', async () => {
    const absurd = {
      status: 'FOUND' as const,
      value: { monthlyContributionFen: Number.MAX_SAFE_INTEGER, ratioBp: 1, accountStatus: 'ACTIVE' },
    };
    const zero = {
      status: 'FOUND' as const,
      value: { monthlyContributionFen: 1, ratioBp: 0, accountStatus: 'ACTIVE' },
    };
    const withFund = (fund: typeof absurd) => ({
      ...cleanFamily,
      declaredIncomeFen: 1,
      members: cleanFamily.members.map((member) => ({
        ...member,
        answers: { ...member.answers, 'provident-fund': fund },
      })),
    });
    const judged = await court.evaluate(await court.build(withFund(absurd), withFund(zero), cleanFamily));
    expect(judged.map(({ outcome }) => outcome[of('RR-10')])).toEqual(['INCONCLUSIVE', 'INCONCLUSIVE', 'PASS']);
  });

  it('each rule stands alone: it names every source it reads', async () => {
    const [applying, secured] = await court.build(cleanFamily, { ...cleanFamily, ...securedSince('2026-06-01') });
    for (const rule of rules) {
      const engine = makeEngine([rule]);
      const family = rule.kinds && !rule.kinds.includes('APPLICATION') ? secured! : applying!;
      const [evaluation] = await court.evaluate([family], {}, engine);
      expect(evaluation!.outcome).toEqual([rule.unsourced ? 'NOT_APPLICABLE' : 'PASS']);
      expect([...new Set(evaluation!.evidenceSource)]).toEqual([...rule.needs]);
    }
  });
});

describe('a duty of the authority [IM-7.1]', () => {
  it('is found where it is broken or open, and weighs nothing on the family’s conclusion', async () => {
    const late = { ...cleanFamily, ...securedSince('2020-01-01') };
    const secured = { ...late, entitlements: securedSince('2026-06-01').entitlements };
    const members = late.members.map((member) => ({
      ...member,
      birthDate: '2015-01-01',
      signature: 'GUARDIAN' as const,
    }));
    const judged = await court.evaluate(await court.build(late, secured, { ...late, members }));
    expect(judged.map(({ outcome, conclusion }) => [outcome[of('RR-35')], outcome[of('RR-19')], conclusion])).toEqual([
      ['FAIL', 'PASS', 'ELIGIBLE'],
      ['PASS', 'PASS', 'ELIGIBLE'],
      ['FAIL', 'FAIL', 'INELIGIBLE_PROPOSED'],
    ]);
  });
});

describe('a change of the law', () => {
  it('is a second rule with its own dates: an old case judged again has the findings it had, to the hash', async () => {
    const old = rules[of('RR-07')]!;
    const ended = defineRule({ ...old, until: '2026-11-22' });
    const amended = defineRule({ ...old, code: 'RR-07.2', since: '2026-11-23', holds: sql`per_head_cm2 < 0` });
    const [before, after] = [makeEngine([old]), makeEngine([ended, amended])];
    for (const engine of [before, after]) await engine.ensureRuleSet(court.base.db.engine);
    const [family] = await court.build(cleanFamily);
    const judged = async (engine: typeof before, asOf: string) => {
      const [evaluation] = await court.evaluate([family!], { asOf }, engine);
      return engine.findings(evaluation!, undefined, undefined);
    };
    const hash = (finding: unknown) => createHash('sha256').update(JSON.stringify(finding)).digest('hex');
    const [then, again] = [await judged(before, TODAY), await judged(after, TODAY)];
    expect(hash(again[0])).toBe(hash(then[0]));
    expect(again.map(({ outcome }) => outcome)).toEqual(['PASS', 'NOT_APPLICABLE']);
    expect((await judged(after, '2026-11-23')).map(({ outcome }) => outcome)).toEqual(['NOT_APPLICABLE', 'FAIL']);
  });
});

describe('the version of a rule set', () => {
  it('changes with a rule’s text and with the order, and with nothing else', () => {
    const [first, ...rest] = rules;
    const changed = { ...first!, holds: { ...first!.holds, text: `${first!.holds.text} and true` } };
    const versions = [rules, [...rules], [changed, ...rest], [...rest, first!]].map((set) => makeEngine(set).version);
    expect(versions[0]).toBe(versions[1]);
    expect(new Set(versions).size).toBe(3);
  });

  it('two rules with one code are refused', () => {
    expect(() => makeEngine([rules[0]!, rules[0]!])).toThrow('same code');
  });
});
