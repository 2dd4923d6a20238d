import { randomUUID } from 'node:crypto';
import { LEGAL_RULES } from '../../schema/allocation/legal-rules';
import { ALLOCATION_STEP_TITLES, AllocationStep } from '../../schema/allocation/step';
import { parameterDeclared } from '../../schema/parameters';
import { inScope } from '../../src/store/database';
import { testDatabase, type TestDatabase } from '../support/database';

const [HERE, BESIDE, LEAGUE] = ['450102', '450103', '1522'];
const AT = '2026-12-01T04:00:00Z';

let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());

/** As the hub's own role, in the scope of everybody here: what comes of it, or which guard refuses. */
async function sql(text: string, values: unknown[] = []): Promise<string> {
  const scope = [HERE, BESIDE, LEAGUE, '15'] as string[];
  return inScope(base.db.app, scope, async (client) => `${(await client.query(text, values)).rowCount}`).catch(
    (error: { constraint?: string; code?: string }) => error.constraint ?? error.code ?? String(error),
  );
}

const DRAFT = `insert into allocation_procedure (id, region_code, version, edition, state, title, text, legal_basis, steps, drafted_at, drafted_by)
  values ($1, $2, $3, 0, $4, 'x', 'x', $5, $6, '${AT}', 'x')`;
const SUBMIT = `update allocation_procedure set state = 'SUBMITTED', edition = edition + 1, submitted_on = '2026-12-01', submitted_by = 'x' where id = $1`;
const APPROVE = `update allocation_procedure set state = 'APPROVED', edition = edition + 1, approving_body = $2, document_number = '1', approved_on = $3,
  valid_from = $4, approval_recorded_at = '${AT}', approval_recorded_by = 'x' where id = $1`;
const OPEN = `insert into allocation_batch (id, region_code, name, procedure_id, opened_on, opened_at, opened_by) values ($1, $2, $3, $4, '2026-12-01', '${AT}', 'x')`;
const RECORD = `insert into allocation_batch_step (id, region_code, batch_id, version, step, on_day, at, taken_by, role, office, evidence_hash, correction)
  values (gen_random_uuid(), $1, $2, $3, $4, '2026-12-01', '${AT}', 'x', 'x', 'x', $5, $6)`;
const CITED = '[{"title": "x", "documentNumber": "1"}]';

const versions = new Map<string, number>();
async function draft(region: string, basis = CITED, steps = '["DRAW"]', state = 'DRAFT'): Promise<[string, string]> {
  const [id, version] = [randomUUID(), (versions.get(region) ?? 0) + 1];
  const came = await sql(DRAFT, [id, region, version, state, basis, steps]);
  if (came === '1') versions.set(region, version);
  return [id, came];
}
async function approved(region: string, body: string, from = '2026-12-01'): Promise<string> {
  const [id] = await draft(region);
  expect([await sql(SUBMIT, [id]), await sql(APPROVE, [id, body, '2026-11-01', from])]).toEqual(['1', '1']);
  return id;
}

describe('the database', () => {
  it('names the same steps as the code, and declares a number for each rule of law', async () => {
    const { rows } = await base.owner.query<{ code: string; title: string }>('select * from allocation_step_title');
    expect(Object.fromEntries(rows.map(({ code, title }) => [code, title]))).toEqual(ALLOCATION_STEP_TITLES);
    expect(Object.keys(ALLOCATION_STEP_TITLES)).toEqual(Object.values(AllocationStep));
    for (const { code, kind } of LEGAL_RULES)
      expect([code, parameterDeclared(code)?.unit]).toEqual([code, kind === 'REQUIRED' ? 'flag' : 'day']);
  });

  it('lets no statement of the app pass by the draft, the legal basis or the government of the same level', async () => {
    expect((await draft(HERE!, CITED, '["DRAW"]', 'APPROVED'))[1]).toBe('allocation_procedure_drafted');
    expect((await draft('15'))[1]).toBe('allocation_procedure_of_office');
    for (const steps of ['[]', '["DRAW", "DRAW"]', '["COFFEE"]', '[1]'])
      expect((await draft(HERE!, CITED, steps))[1]).toBe('allocation_procedure_steps');
    const [id] = await draft(HERE!, '[]');
    expect((await draft(HERE!))[1]).toBe('allocation_one_draft');
    for (const basis of ['[]', '[{"title": "x"}]', '[{"title": "x", "documentNumber": " "}]', '["x"]']) {
      expect(
        await sql('update allocation_procedure set legal_basis = $2, edition = edition + 1 where id = $1', [id, basis]),
      ).toBe('1');
      expect(await sql(SUBMIT, [id])).toBe('allocation_legal_basis');
    }
    expect(await sql(APPROVE, [id, '兴宁区人民政府', '2026-11-01', '2026-12-01'])).toBe('allocation_procedure_move');
    await sql('update allocation_procedure set legal_basis = $2, edition = edition + 1 where id = $1', [id, CITED]);
    expect(await sql(SUBMIT, [id])).toBe('1');
    for (const change of [
      `text = 'y'`,
      `legal_basis = '[]'`,
      `steps = '["SIGN_CONTRACTS"]'`,
      `state = 'DRAFT'`,
      `version = 9`,
    ])
      expect([
        change,
        await sql(`update allocation_procedure set ${change}, edition = edition + 1 where id = $1`, [id]),
      ]).toEqual([change, 'allocation_procedure_move']);
    expect(await sql(`update allocation_procedure set edition = edition where id = $1`, [id])).toMatch(/^allocation/);
    for (const body of ['南宁市人民政府', '青秀区人民政府', '兴宁区住建局', ''])
      expect(await sql(APPROVE, [id, body, '2026-11-01', '2026-12-01'])).toBe('allocation_same_level');
    const by = (on: string, from: string) => sql(APPROVE, [id, '兴宁区人民政府', on, from]);
    expect(await by('2026-12-02', '2026-12-02')).toBe('allocation_procedure_approved_on');
    expect(await by('2026-11-02', '2026-11-01')).toBe('allocation_procedure_begins');
    expect(await by('2026-11-01', '2026-12-01')).toBe('1');
    expect(await by('2026-11-01', '2026-12-01')).toBe('allocation_procedure_move');
    expect(await sql('delete from allocation_procedure')).toBe('42501');
    const [next] = await draft(HERE!);
    await sql(SUBMIT, [next]);
    for (const from of ['2026-12-01', '2026-11-30'])
      expect(await sql(APPROVE, [next, '兴宁区人民政府', '2026-11-01', from])).toBe('allocation_procedure_in_order');
  });

  it('takes 行政公署 for the government of a league, and no 人民政府', async () => {
    const [id] = await draft(LEAGUE!);
    await sql(SUBMIT, [id]);
    const by = (body: string) => sql(APPROVE, [id, body, '2026-11-01', '2026-12-01']);
    expect([await by('兴安盟人民政府'), await by('兴安盟行政公署')]).toEqual(['allocation_same_level', '1']);
  });

  it('makes public what an approval has made so, and nothing by any other statement', async () => {
    const { rows } = await base.owner.query<{ n: string }>(
      `select count(*) as n from published_allocation_procedure p join allocation_procedure a using (id) where a.state = 'APPROVED'
       union all select count(*) from allocation_procedure where state = 'APPROVED'`,
    );
    expect(+rows[0]!.n).toBeGreaterThan(0);
    expect(rows[0]).toEqual(rows[1]);
    for (const attempt of [
      'insert into published_allocation_procedure default values',
      'delete from published_allocation_procedure',
    ])
      expect(await sql(attempt)).toBe('42501');
  });

  it('opens no batch but on the approved version of its own region in force that day, and binds it for good', async () => {
    const open = (procedure: string, region = BESIDE) => sql(OPEN, [randomUUID(), region, randomUUID(), procedure]);
    const [id] = await draft(BESIDE!);
    expect(await open(id)).toBe('allocation_batch_in_force');
    await sql(SUBMIT, [id]);
    expect(await open(id)).toBe('allocation_batch_in_force');
    await sql(APPROVE, [id, '青秀区人民政府', '2026-11-01', '2026-11-01']);
    expect(await open(id, HERE)).toBe('allocation_batch_in_force');
    expect(await open(id)).toBe('1');
    const next = await approved(BESIDE!, '青秀区人民政府', '2026-12-01');
    expect(await open(id)).toBe('allocation_batch_in_force');
    const later = await approved(BESIDE!, '青秀区人民政府', '2026-12-02');
    expect([await open(later), await open(next)]).toEqual(['allocation_batch_in_force', '1']);
    expect(await sql('update allocation_batch set procedure_id = $1', [later])).toBe('42501');
    await expect(
      base.owner.query('update allocation_batch set procedure_id = $1, version = version + 1', [later]),
    ).rejects.toThrow(/bound for good/);
  });

  it('keeps records of steps as they were made, in turn, and takes none of a closed batch but corrections', async () => {
    const [{ id: procedure }] = (
      await base.owner.query<{ id: string }>(`select allocation_procedure_in_force($1, '2026-12-01') as id`, [BESIDE])
    ).rows as [{ id: string }];
    const id = randomUUID();
    const hash = 'a'.repeat(64);
    await sql(OPEN, [id, BESIDE, '封闭', procedure]);
    const record = (version: number, step: string, correction: string | null = null, evidence: string | null = hash) =>
      sql(RECORD, [BESIDE, id, version, step, evidence, correction]);
    expect(await record(1, 'DRAW')).toBe('allocation_batch_stale');
    expect(await record(0, 'DRAW', null, null)).toBe('allocation_step_evidence');
    expect(await record(0, 'COFFEE')).toBe('allocation_batch_step_step_fkey');
    expect(await sql(RECORD, [HERE, id, 0, 'DRAW', hash, null])).toBe('allocation_step_of_batch');
    expect(await record(0, 'DRAW')).toBe('1');
    expect(await record(1, 'DRAW')).toBe('allocation_step_correction');
    const close = `update allocation_batch set state = 'CLOSED', closed_on = '2026-12-01', closed_by = 'x', version = version + 1 where id = $1`;
    expect(await sql(close, [id])).toBe('1');
    expect(
      await sql(
        `update allocation_batch set state = 'OPEN', closed_on = null, closed_by = null, version = version + 1 where id = $1`,
        [id],
      ),
    ).toBe('allocation_batch_move');
    expect([await record(2, 'SIGN_CONTRACTS'), await record(2, 'DRAW', 'x')]).toEqual(['allocation_batch_closed', '1']);
    for (const attempt of ['update allocation_batch_step set on_day = null', 'delete from allocation_batch_step'])
      expect(await sql(attempt)).toBe('42501');
  });
});
