import { explainTo, type ExplainRequest } from '../../src/cli/explain/explain';
import { Refusal } from '../../src/cli/refusal';
import { explain } from '../../src/engine/explain';
import { rules } from '../../src/rules';
import { NOW, PURPOSE, TODAY, type Built } from './world/build';
import { Court } from './world/court';
import { applicant, cleanFamily, property, spouse } from './world/families';
import type { HouseholdPlan } from './world/plan';

const CROWDED_OUT = 3_000_000; // 300 m² of two persons
const wealthy: HouseholdPlan = {
  ...cleanFamily,
  regionCode: '150402',
  members: [{ ...applicant, answers: { ...applicant.answers, property: property(CROWDED_OUT) } }, spouse],
};

let court: Court;
beforeAll(async () => void (court = await Court.open(rules)));
afterAll(() => court.close());

const rows = async (table: string) => (await court.base.owner.query(`select from ${table}`)).rowCount!;
const explained = async (household: Built) => {
  const client = await court.base.db.engine.connect();
  const request = { households: [household], purpose: PURPOSE, asOf: TODAY, now: NOW, sources: court.engine.sources };
  try {
    return (await explain(client, rules, court.engine, request))!;
  } finally {
    client.release();
  }
};

describe('an explanation', () => {
  it('is the judgement itself, finding by finding, and leaves nothing behind', async () => {
    const [household] = await court.build(wealthy);
    const [judged] = await court.evaluate([household!]);
    const before = await rows('evaluation');
    const { evaluation, findings } = await explained(household!);
    expect({ ...evaluation, id: judged!.id }).toEqual(judged);
    expect(findings.map(({ rule, outcome }) => [rule, outcome])).toEqual(
      court.engine.codes.map((code, at) => [code, judged!.outcome[at]]),
    );
    expect(await rows('evaluation')).toBe(before);
  });

  it('shows what a rule saw, and the number of the law with its document, its mark and the region that set it', async () => {
    const [household] = await court.build(wealthy);
    const { findings } = await explained(household!);
    const housing = findings.find(({ rule }) => rule === 'RR-07')!;
    expect(housing).toMatchObject({ outcome: 'FAIL', observed: CROWDED_OUT / 2 });
    expect(Object.values(housing.inputs)).toEqual([CROWDED_OUT / 2]);
    expect(housing.parameters).toEqual([
      {
        ...{ id: expect.any(String), code: 'housing.per-head-area-cm2', value: 120_000, unit: 'cm2' },
        ...{ documentNumber: '演示值，非正式文件', mark: 'UNVERIFIED', regionCode: '150402', programme: 'LOW_RENT' },
        ...{ validFrom: '2014-01-01', validTo: null, knownFrom: expect.any(Date) },
      },
    ]);
    const [elsewhere] = await court.build({ ...wealthy, regionCode: '150426' });
    expect((await explained(elsewhere!)).findings.find(({ rule }) => rule === 'RR-07')!.parameters).toMatchObject([
      { value: 130_000, regionCode: '15' },
    ]);
  });

  it('shows an unknown fact as unknown, and who must be asked', async () => {
    const silent = { ...applicant.answers, property: { status: 'UNAVAILABLE' as const } };
    const [household] = await court.build({ ...cleanFamily, members: [{ ...applicant, answers: silent }] });
    const housing = (await explained(household!)).findings.find(({ rule }) => rule === 'RR-07')!;
    expect(housing.outcome).toBe('INCONCLUSIVE');
    expect(Object.values(housing.inputs)).toContain(null);
    expect(housing.missing).toMatchObject([
      { source: 'property', personId: household!.persons[0], status: 'UNAVAILABLE' },
    ]);
  });
});

describe('hub explain', () => {
  const said = async (request: Partial<ExplainRequest> & Pick<ExplainRequest, 'household'>) => {
    const lines: string[] = [];
    const whole = { by: 'zhang.san', purpose: PURPOSE, on: TODAY, ...request };
    await explainTo((line) => void lines.push(line), court.base.db.engine, whole, NOW);
    return lines.join('\n');
  };

  it('tells a person every rule with its sentence, facts, numbers and documents, and nobody’s name', async () => {
    const [household] = await court.build(wealthy);
    const text = await said({ household: household!.householdId });
    expect(text).toContain('结论：拟不符合');
    expect(text).toMatch(/RR-07 {2}【不符合】/);
    expect(text).toContain('数值  150 平方米，限值 12 平方米');
    expect(text).toContain(
      'housing.per-head-area-cm2 = 12 平方米（演示值，非正式文件，未经核实，150402，自 2014-01-01）',
    );
    for (const code of court.engine.codes) expect(text).toContain(`${code}  【`);
    for (const { name } of wealthy.members) expect(text).not.toContain(name);
    expect(JSON.parse(await said({ household: household!.householdId, json: true }))).toMatchObject({
      evaluation: { conclusion: 'INELIGIBLE_PROPOSED' },
    });
  });

  it('writes down the look at each member before it shows anything; what cannot be written is not shown', async () => {
    const [household] = await court.build(wealthy);
    await said({ household: household!.householdId });
    const looks = await court.base.owner.query(
      'select person_id, subject, role, purpose, case_id, letter_id from read_entry where person_id = any ($1) order by person_id',
      [household!.persons],
    );
    const { caseId: case_id, letterId: letter_id } = household!;
    expect(looks.rows).toEqual(
      [...household!.persons].sort().map((person_id) => ({
        ...{ person_id, subject: 'zhang.san', role: 'OPERATOR', purpose: PURPOSE, case_id, letter_id },
      })),
    );
    await court.base.owner.query('revoke insert on read_entry from anju_audit_writer');
    await expect(said({ household: household!.householdId })).rejects.toThrow('read_entry');
    await court.base.owner.query('grant insert on read_entry to anju_audit_writer');
  });

  it('refuses a household that is not there, and names those that share a file number', async () => {
    await expect(said({ household: '150402-999999' })).rejects.toThrow(Refusal);
    const built = await court.build(wealthy, { ...wealthy, regionCode: '150426' });
    const ids = built.map(({ householdId }) => householdId);
    await court.base.owner.query(`update household set file_number = 'twice' where id = any ($1)`, [ids]);
    await expect(said({ household: 'twice' })).rejects.toThrow(ids[0]);
  });
});
