import { openStage, UNCOUNTED, type Stage } from '../server/support/stage';
import { BASIS, BESIDE, CITY, COUNTY, FAR, GOVERNMENT, officeOf, told, type Procedure } from './office-of';

let now = new Date('2026-11-30T04:00:00Z');
let stage: Stage;
beforeAll(async () => void (stage = await openStage({ now: () => now, settings: UNCOUNTED })));
afterAll(() => stage.close());

const noonOf = (day: string): Date => new Date(`${day}T04:00:00Z`);

interface Published {
  readonly regionCode: string;
  readonly version: number;
  readonly text: string;
  readonly validTo: string | null;
  readonly [field: string]: unknown;
}
/** What anybody reads, without a token. */
async function published(region: string): Promise<Published[]> {
  const variables = encodeURIComponent(JSON.stringify({ region }));
  const answer = await fetch(`${stage.url}/public/graphql?documentId=allocation-procedures&variables=${variables}`);
  const { data } = (await answer.json()) as { data: { approvedAllocationProcedures: { nodes: Published[] } } };
  return data.approvedAllocationProcedures.nodes;
}

describe('an allocation procedure', () => {
  it('without a legal basis is refused when it is submitted, and by another level’s government it is not approved; with both it is, and only then opens a batch [GX-6.2.1(1)]', async () => {
    const office = officeOf(stage, COUNTY);
    const bare = await office.done<Procedure>(office.draft({ legalBasis: [] }));
    const refused = await office.submit(bare);
    expect(told(refused)).toBe('LEGAL_BASIS_MISSING legalBasis');
    expect(refused.errors[0]!.extensions['remedy']).toMatch(/文号/);
    expect(told(await office.draft())).toBe('STALE_VERSION edition');
    expect(told(await office.draft({ edition: 0, legalBasis: [{ ...BASIS[0], documentNumber: ' ' }] }))).toBe(
      'INVALID_INPUT legalBasis.0.documentNumber',
    );
    const draft = await office.done<Procedure>(office.draft({ edition: bare.edition }));
    expect([draft.id, draft.edition]).toEqual([bare.id, 1]);

    expect(told(await office.open(draft, '第一批'))).toBe('PROCEDURE_NOT_IN_FORCE procedureId');
    expect(told(await office.approve(draft, { validFrom: '2026-11-30' }))).toBe('ILLEGAL_MOVE procedureId');
    const submitted = await office.done<Procedure>(office.submit(draft));
    expect(told(await office.submit(submitted))).toBe('ILLEGAL_MOVE procedureId');
    expect(told(await office.open(submitted, '第一批'))).toBe('PROCEDURE_NOT_IN_FORCE procedureId');

    const by = (approvingBody: string) =>
      office.approve(submitted, { approvedOn: '2026-11-20', validFrom: '2026-12-01', approvingBody });
    for (const body of [GOVERNMENT[CITY]!, '广西壮族自治区人民政府', GOVERNMENT[BESIDE]!, '南宁市兴宁区住房保障局'])
      expect(told(await by(body))).toBe('NOT_SAME_LEVEL approvingBody');
    for (const [wrong, field] of [
      [{ documentNumber: ' ' }, 'documentNumber'],
      [{ approvedOn: '2026-12-01' }, 'approvedOn'],
      [{ approvedOn: '2026-11-30', validFrom: '2026-11-29' }, 'validFrom'],
    ] as const)
      expect(told(await office.approve(submitted, { validFrom: '2026-11-30', ...wrong }))).toBe(
        `INVALID_INPUT ${field}`,
      );
    const approved = await office.done<Procedure>(
      office.approve(submitted, { approvedOn: '2026-11-20', validFrom: '2026-12-01' }),
    );
    expect(told(await office.open(approved, '第一批'))).toBe('PROCEDURE_NOT_IN_FORCE procedureId');
    now = noonOf('2026-12-01');
    const { procedure, state } = await office.ran(approved, '第一批', []);
    expect([procedure.id, state]).toEqual([approved.id, 'OPEN']);
    expect(told(await office.open(approved, '第一批'))).toBe('INVALID_INPUT name');
  });

  it('is drafted, approved and used by the office of its own region alone', async () => {
    now = noonOf('2026-12-01');
    const [city, beside] = [officeOf(stage, CITY), officeOf(stage, BESIDE)];
    expect(told(await city.draft({ region: COUNTY }))).toBe('FORBIDDEN region');
    expect(told(await beside.draft({ region: COUNTY }))).toBe('FORBIDDEN region');
    const own = await city.approved('2026-12-01');
    const ofCounty = await beside.done<Procedure>(beside.draft());
    expect(told(await city.submit(ofCounty))).toBe('FORBIDDEN procedureId');
    expect(told(await city.open(ofCounty, '第一批'))).toBe('FORBIDDEN procedureId');
    expect(told(await beside.open(own, '第一批'))).toBe('NOT_FOUND procedureId');
  });

  it('has the steps of the table, each once and at least one', async () => {
    const office = officeOf(stage, FAR);
    for (const steps of [[], ['DRAW', 'DRAW']]) expect(told(await office.draft({ steps }))).toBe('INVALID_INPUT steps');
    expect(told(await office.draft({ steps: ['COFFEE'] }))).not.toBe('');
  });

  it('that is approved is in the public feed, text and approval reference; a draft and a submitted one are not; a later version follows it with its dates, and the earlier one stays [GX-6.2.1(3)]', async () => {
    const office = officeOf(stage, FAR);
    now = noonOf('2026-12-01');
    const draft = await office.done<Procedure>(office.draft({ text: '第一条 旧程序。' }));
    expect(await published(FAR)).toEqual([]);
    const submitted = await office.done<Procedure>(office.submit(draft));
    expect(await published(FAR)).toEqual([]);
    const approval = { approvedOn: '2026-11-20', documentNumber: '翁政函〔2026〕8号' };
    const first = await office.done<Procedure>(office.approve(submitted, { ...approval, validFrom: '2026-12-01' }));
    const ofFirst = {
      ...{ regionCode: FAR, version: 1, title: '住房保障资源分配程序', text: '第一条 旧程序。' },
      ...{ legalBasis: ['公共租赁住房管理办法（住房城乡建设部令第11号）第十二条'] },
      steps: ['公开待分配房源', '受理报名申请', '公示获得租购资格的申请人', '抽签摇号', '签订合同'],
      ...{ approvingBody: '翁牛特旗人民政府', documentNumber: '翁政函〔2026〕8号', approvedOn: '2026-11-20' },
      ...{ validFrom: '2026-12-01', validTo: null },
    };
    expect(await published(FAR)).toEqual([ofFirst]);
    expect((await published('15')).map(({ regionCode }) => regionCode)).toEqual([FAR]);

    const next = await office.done<Procedure>(
      office.submit(await office.done<Procedure>(office.draft({ text: '第一条 新程序。' }))),
    );
    expect(await published(FAR)).toEqual([ofFirst]);
    expect(told(await office.approve(next, { validFrom: '2026-12-01' }))).toBe('INVALID_INPUT validFrom');
    await office.done<Procedure>(office.approve(next, { approvedOn: '2026-12-01', validFrom: '2027-01-01' }));
    expect((await published(FAR)).map(({ text, validFrom, validTo }) => [text, validFrom, validTo])).toEqual([
      ['第一条 新程序。', '2027-01-01', null],
      ['第一条 旧程序。', '2026-12-01', '2026-12-31'],
    ]);
    await office.ran(first, '年末批次', []);
    now = noonOf('2027-01-01');
    expect(told(await office.open(first, '跨年批次'))).toBe('PROCEDURE_NOT_IN_FORCE procedureId');
    await office.ran({ ...next, edition: next.edition + 1 }, '跨年批次', []);
  });

  it('is listed to whoever looks after its region, drafts included, the latest version first; of a batch the version stays that it was bound to', async () => {
    const query = `query ($region: String!) {
      allocationProcedures(region: $region) { nodes { regionCode version state validTo } }
      allocationBatches(region: $region, state: OPEN) { nodes { name procedure { version validTo } } } }`;
    const seen = async (role: string, region: string) =>
      (await stage.ask(query, { claims: { role, region, sub: 'supervisor' }, variables: { region: FAR } })).data!;
    const all = {
      allocationProcedures: {
        nodes: [
          { regionCode: FAR, version: 2, state: 'APPROVED', validTo: null },
          { regionCode: FAR, version: 1, state: 'APPROVED', validTo: '2026-12-31' },
        ],
      },
      allocationBatches: {
        nodes: expect.arrayContaining([
          { name: '年末批次', procedure: { version: 1, validTo: '2026-12-31' } },
          { name: '跨年批次', procedure: { version: 2, validTo: null } },
        ]) as unknown,
      },
    };
    for (const [role, region] of [
      ['CITY_HOUSING', '1504'],
      ['AUDITOR', '15'],
    ] as const)
      expect(await seen(role, region)).toEqual(all);
    const nothing = { allocationProcedures: { nodes: [] }, allocationBatches: { nodes: [] } };
    expect(await seen('COUNTY_HOUSING', '150402')).toEqual(nothing);
  });
});
