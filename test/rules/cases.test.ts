import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { makeEngine } from '../../src/engine';
import { rules } from '../../src/rules';
import { build, NOW, PURPOSE, TODAY } from '../engine/world/build';
import type { HouseholdPlan } from '../engine/world/plan';
import { testDatabase, type TestDatabase } from '../support/database';
import { householdOf, type WrittenHousehold } from './household-of-case';

/** Not the same number sits there, but another, and what an officer has found of the two. */
type Reviewed = keyof typeof REVIEWED;
const REVIEWED = {
  核实为同一人: 'SAME',
  核实为不同人: 'DIFFERENT',
  尚未核实: 'OPEN',
  核对之后核实为同一人: 'LATER',
} as const;

interface Case extends WrittenHousehold {
  案例: string;
  结论: keyof typeof OUTCOME;
  /** A part of the sentence. */
  理由: string;
  /** A second household of which the named member (by place, from 0) of this one is a member too. */
  另一家庭?: WrittenHousehold & { 共同成员: number; 共同成员退出日?: string; 号码不同?: Reviewed };
}
interface CaseFile {
  规则: string;
  案例集: Case[];
}

const OUTCOME = {
  符合: 'PASS',
  不符合: 'FAIL',
  矛盾: 'CONTRADICTION',
  待核实: 'INCONCLUSIVE',
  不适用: 'NOT_APPLICABLE',
} as const;
const FOLDER = join(__dirname, 'cases');
const files = readdirSync(FOLDER).map((name): CaseFile => parse(readFileSync(join(FOLDER, name), 'utf8')));
const engine = makeEngine(rules);

let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
  await engine.ensureRuleSet(base.db.engine);
  await base.owner.query(
    `insert into region (code, name, level, division_kind) values ('99', '没有参数的地区', 'REGION', 'AUTONOMOUS_REGION')`,
  );
  await base.owner.query(
    `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
     values (gen_random_uuid(), 'deposits.checked', '45', 1, 'flag', '桂建房〔2026〕1号', 'LOCAL', '2026-01-01', '2026-01-01')`,
  );
});
afterAll(() => base.close());

/** The household of the case, and after it the other one it shares a member with. */
function plansOf({ 另一家庭: other, ...own }: Case): HouseholdPlan[] {
  if (!other) return [householdOf(own)];
  const elsewhere = householdOf(other);
  const shared = {
    ...elsewhere.members[0]!,
    ...(other.号码不同 ? {} : { samePersonAs: [0, other.共同成员] as const }),
    answers: {},
    to: other.共同成员退出日 ?? null,
  };
  return [householdOf(own), { ...elsewhere, members: [shared] }];
}

async function findingOf(written: Case, rule: string) {
  const [household, elsewhere] = await build(base.owner, plansOf(written));
  const { 号码不同: reviewed, 共同成员: whose } = written.另一家庭 ?? {};
  if (reviewed) await matched([household!.persons[whose!]!, elsewhere!.persons[0]!], REVIEWED[reviewed]);
  const request = { households: [household!], purpose: PURPOSE, asOf: TODAY, now: NOW, sources: engine.sources };
  const [evaluation] = await engine.evaluate(base.db.engine, { ...request, crossCheckId: null });
  const missing = await engine.missing(base.db.engine, request);
  return engine
    .findings(evaluation!, missing.get(household!.householdId), undefined)
    .find((finding) => finding.rule === rule)!;
}

/** As the screening found two persons and an officer settled it, on the day of judgement or the day after. */
async function matched(pair: readonly [string, string], found: (typeof REVIEWED)[Reviewed]): Promise<void> {
  const at = found === 'OPEN' ? null : found === 'LATER' ? '2026-11-23T04:00:00Z' : '2026-11-22T03:00:00Z';
  const by = at && 'x';
  await base.owner.query(
    `insert into identity_match (id, person_a, person_b, region_code, other_region, score, tier, model, levels, registered_by, found_at, state,
       reviewed_at, reviewed_by, reviewed_role, reviewed_office, reason)
     values (gen_random_uuid(), $1, $2, '150402', '150402', 9, 'AUTO', 1, '{}', '{}', '2026-11-01', $3, $4, $5, $5, $5, $5)`,
    [...pair, found === 'LATER' ? 'SAME' : found, at, by],
  );
}

const cited = rules.map((rule) => ({ ...rule, clauses: rule.basis.map((id) => `[${id}]`).join(' ') }));

describe.each(cited)('$code $title $clauses', ({ code, onFalse, unsourced }) => {
  const cases = files.filter((file) => file.规则 === code).flatMap((file) => file.案例集);

  it.each(cases)('$案例：$结论', async (written) => {
    const finding = await findingOf(written, code);
    expect(finding).toMatchObject({ outcome: OUTCOME[written.结论], sentence: expect.stringContaining(written.理由) });
    expect(finding.sentence).not.toMatch(/undefined|null|NaN|\d{15}/);
  });

  it('has a case that passes, one that does not, and one that stays open; one of a matter that no source knows stays open or does not apply', () => {
    const outcomes = cases.map(({ 结论 }) => OUTCOME[结论]);
    const due = unsourced ? ['INCONCLUSIVE', 'NOT_APPLICABLE'] : ['PASS', onFalse, 'INCONCLUSIVE'];
    expect(outcomes).toEqual(expect.arrayContaining(due));
  });
});
