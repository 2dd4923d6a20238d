import { createHash, randomUUID } from 'node:crypto';
import { admission, staffOf } from '../admission/office-of';
import { UNCOUNTED } from '../server/support/stage';
import { checked } from '../support/checks';
import { elsewhereOf, honestFiles, purposeOf, type File } from '../support/files';
import { openRunningHub, type RunningHub, type Who } from '../support/running-hub';
import { bare, readDocx, readHtml, type ReadPaper } from './read';
import { CLAUSES, tenancyOf } from './tenancy';

const KINDS = [
  'application-form',
  'review-opinions',
  'publicity-notice',
  'refusal',
  'report',
  'contract',
  'exit-order',
] as const;
type Kind = (typeof KINDS)[number];
/** Found in a list of a region. */
const OF_REGION: readonly string[] = ['contract', 'exit-order'];

const DAY_MS = 86_400_000;

let ahead = 0;
let running: RunningHub;
let file: File;
let staff: ReturnType<typeof staffOf>;
let purpose: string;
/** Address of a paper of each kind. */
let address: Record<Kind, string>;
beforeAll(async () => {
  running = await openRunningHub(120, UNCOUNTED, () => new Date(Date.now() + ahead));
  for (const source of ['civil-affairs', 'police']) await running.sandbox.control.set(source, { readyAfterMs: 0 });
  const files = await honestFiles(running);
  file = files.find(({ region }) => running.hub.regions.find(region)!.divisionKind !== 'DISTRICT')!;
  staff = staffOf(file, running);
  const check = await checked(running, staff.county, file.householdId);
  const application = await refused();
  const { contract, exit } = await tenancyOf(running, file);
  purpose = await purposeOf(running, staff.county, file);
  address = {
    ...{ 'application-form': application, 'review-opinions': application, 'publicity-notice': application },
    ...{ refusal: application, report: check.id, contract, 'exit-order': exit },
  };
});
afterAll(() => running.close());

/** Posted once, and refused in the second round; with a form of its prefecture that a source fills in part. */
async function refused(): Promise<string> {
  const office = admission(running);
  const { committee, street, city } = staff;
  const area = { key: 'area', label: '自有住房面积', kind: 'AREA_CM2', required: true };
  const input = {
    ...{ region: city.region, title: '住房保障申请审核表', documentNumber: '市房〔2026〕1号', validFrom: '2026-01-01' },
    fields: [
      { key: 'phone', label: '联系电话', kind: 'TEXT', required: true },
      { ...area, source: 'property', fact: 'ownedAreaCm2', everyone: true },
    ],
    documents: [],
  };
  const publish = 'mutation ($input: PublishFormTemplateInput!) { publishFormTemplate(input: $input) { id } }';
  expect((await running.ask(city, publish, { variables: { input } })).errors).toEqual([]);
  const { id } = (await office.start(committee, file)).data.startApplication;
  const fill = 'mutation ($input: FillApplicationInput!) { fillApplication(input: $input) { version } }';
  const entries = [{ key: 'phone', value: '<b>0476</b>&1234567' }];
  await running.ask(committee, fill, { variables: { input: { applicationId: id, version: 0, entries } } });
  for (const verb of ['submitApplication', 'acceptApplication']) await office.does(committee, verb, id);
  await office.does(committee, 'passReview', id, { opinion: '初审属实' });
  await office.does(committee, 'postPublicity', id, { place: '公告栏' });
  ahead += 8 * DAY_MS;
  await office.periodEnds(committee, id);
  await office.does(committee, 'clearPublicity', id);
  await office.does(street, 'rejectApplication', id, { reasons: '另有住房<script>' });
  return id;
}

interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}
async function get(
  who: Who,
  kind: string,
  form: string,
  more = OF_REGION.includes(kind) ? `?region=${file.region}` : '',
  token?: string,
  id = address[kind as Kind],
): Promise<Got> {
  const headers = {
    ...(who ? { authorization: `Bearer ${await running.issuer.mint({ ...who })}` } : {}),
    ...(token ? { 'x-purpose': token } : {}),
    'x-request-id': randomUUID(),
  };
  const answer = await fetch(`${running.url}/papers/${kind}/${id}.${form}${more}`, { headers });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}
const inHtml = async (who: Who, kind: string, token?: string): Promise<ReadPaper> => {
  const { status, bytes } = await get(who, kind, 'html', undefined, token);
  expect([kind, status]).toEqual([kind, 200]);
  return readHtml(bytes.toString('utf8'));
};
const figure = ({ rows }: ReadPaper, label: string): string | undefined =>
  rows.filter(({ cells }) => cells.length === 2 && cells[0] === label).map(({ cells }) => bare(cells[1]!))[0];
const codeOf = ({ bytes }: Got): string => {
  const { errors } = JSON.parse(bytes.toString()) as { errors: { extensions: { code: string; field?: string } }[] };
  return [errors[0]!.extensions.code, errors[0]!.extensions.field].filter(Boolean).join(' ');
};

const MEMBERS = `query ($id: ID!) { household(id: $id) { members { declaredName since person { id birthDate idNumber } } cases { id declaredIncomeFen } } }`;
interface Shown {
  readonly household: {
    readonly members: readonly {
      readonly declaredName: string | null;
      readonly since: string;
      readonly person: { readonly id: string; readonly birthDate: string | null; readonly idNumber: string | null };
    }[];
    readonly cases: readonly { readonly id: string; readonly declaredIncomeFen: number | null }[];
  };
}

describe('a paper', () => {
  it.each(KINDS)('%s says the same as DOCX and as HTML, and every figure in it leads to its evidence', async (kind) => {
    const html = await inHtml(staff.county, kind, purpose);
    const got = await get(staff.county, kind, 'docx', undefined, purpose);
    expect(got.headers.get('content-disposition')).toBe(`attachment; filename="${kind}-${address[kind]}.docx"`);
    const docx = await readDocx(got.bytes);
    const said = ({ rows }: ReadPaper) => rows.map(({ cells }) => cells.map((cell) => bare(cell).trim()));
    expect(said(docx)).toEqual(said(html));
    for (const { rows } of [html, docx]) {
      const places = rows.flatMap((row) => row.places);
      const figures = rows.filter((row) => row.places.length === 0 && !['证据', '时点'].includes(row.cells.at(-1)!));
      expect(figures.length).toBeGreaterThan(0);
      expect(figures.filter((row) => row.links.length === 0)).toEqual([]);
      expect(rows.flatMap((row) => row.links).filter((link) => !places.includes(link))).toEqual([]);
    }
  });

  it.each(['with the purpose of the case', 'without a purpose', 'as a committee', 'as an auditor'])(
    'of the form shows %s of each member exactly what the graph shows, and nothing in clear that it masks',
    async (how) => {
      const who =
        how === 'as a committee'
          ? staff.committee
          : how === 'as an auditor'
            ? { ...staff.county, role: 'AUDITOR' as const }
            : staff.county;
      const token = how === 'with the purpose of the case' ? purpose : undefined;
      const asked = await running.ask<Shown>(who, MEMBERS, {
        variables: { id: file.householdId },
        ...(token ? { purpose: token } : {}),
      });
      const paper = await inHtml(who, 'application-form', token);
      const said = paper.rows.map(({ cells }) => cells);
      for (const { declaredName, person, since } of asked.data.household.members)
        expect(said).toContainEqual([
          declaredName ?? '—',
          expect.anything(),
          person.birthDate ?? '—',
          person.idNumber ?? '—',
          since,
          expect.anything(),
        ]);
      const income = asked.data.household.cases.find(({ id }) => id === file.caseId)!.declaredIncomeFen;
      const yuan = income === null ? '—' : `${(income / 100).toFixed(2).replace(/\.?0+$/, '')} 元`;
      expect(figure(paper, '申报的家庭月收入')).toBe(yuan);
      const clear = file.members.filter(({ idNumber }) => paper.text.includes(idNumber)).length;
      expect(clear > 0).toBe(token !== undefined);
      expect(paper.text.includes('<b>0476</b>&1234567')).toBe(true);
      expect(figure(paper, '自有住房面积')).toMatch(token ? /平方米$|^登记机构确认无记录$/ : /^—$/);
    },
  );

  it('of a cross-check holds each finding as the graph tells it, the report’s hash and its signature; whoever sees no report gets no paper', async () => {
    const { findings, ...rest } = (await checkedReport()) as Report;
    const paper = await inHtml(staff.county, 'report', purpose);
    expect([figure(paper, 'SHA-256'), figure(paper, '签章（分离式 JWS）')]).toEqual([rest.hash, rest.signature]);
    expect(findings.length).toBeGreaterThan(10);
    for (const { rule, title, sentence, citation, evidence } of findings) {
      const row = paper.rows.find(({ cells }) => cells[0] === `${rule} ${title}`)!;
      expect(row.cells.slice(4, 6)).toEqual([sentence, citation]);
      const records = row.links.map((link) => paper.rows.find(({ places }) => places.includes(link))!.cells[2]);
      expect(records).toEqual(expect.arrayContaining(evidence.map(({ id }) => id)));
    }
    expect(codeOf(await get(staff.committee, 'report', 'html'))).toBe('NOT_FOUND id');
    const named = (household: string) => get(staff.county, 'report', 'html', `?household=${household}`);
    expect((await named(file.householdId)).status).toBe(200);
    expect(codeOf(await named(randomUUID()))).toBe('NOT_FOUND household');
  });

  it('of a cross-check says purpose, units, states and times in the words and the time of those who read it', async () => {
    const paper = await inHtml(staff.county, 'report', purpose);
    expect(figure(paper, '查询目的')).toBe('准入审核');
    expect(figure(paper, '出具时间')).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}（北京时间）$/);
    const { at } = (await checkedReport()) as { readonly at: string };
    const beijing = new Intl.DateTimeFormat('sv-SE', {
      dateStyle: 'short',
      timeStyle: 'medium',
      timeZone: 'Asia/Shanghai',
    });
    expect(figure(paper, '出具时间')).toBe(`${beijing.format(new Date(at))}（北京时间）`);
    expect(paper.rows.find(({ cells }) => cells[0]!.startsWith('RR-01 '))!.cells[2]).toMatch(/^\d+ 年$/);
    const names = /\b(?:year|month|day|person|flag|point|FOUND|PENDING|[A-Z]+_[A-Z_]+)\b|\dT\d/;
    expect(paper.rows.flatMap(({ cells }) => cells).filter((cell) => names.test(bare(cell)))).toEqual([]);
  });

  it('of a publicity holds the text exactly as it was posted, masked, and the hash of it', async () => {
    const paper = await inHtml({ ...staff.county, role: 'AUDITOR' }, 'publicity-notice');
    const posted = figure(paper, '公示原文')!;
    expect(figure(paper, 'SHA-256')).toBe(createHash('sha256').update(posted).digest('hex'));
    const kept = await running.base.owner.query('select snapshot from publicity where application_id = $1', [
      address['publicity-notice'],
    ]);
    expect(kept.rows).toEqual([{ snapshot: posted }]);
    expect(codeOf(await get(staff.county, 'publicity-notice', 'html', '?round=3'))).toBe('NOT_FOUND round');
    for (const { name } of file.members.filter((each) => each.name.length > 1)) expect(posted).not.toContain(name);
  });

  it('of a refusal holds its reasons and what was told; of opinions, whoever gave them', async () => {
    const paper = await inHtml(staff.county, 'refusal');
    expect(figure(paper, '理由')).toBe('另有住房<script>');
    expect(figure(paper, '告知')).toContain('另有住房<script>');
    const opinions = await inHtml(staff.county, 'review-opinions');
    expect(
      opinions.rows.flatMap(({ cells }) =>
        cells[1] === '1' || cells[1] === '2' ? [`${cells[0]} ${cells[1]} ${cells[7]}`] : [],
      ),
    ).toEqual([...['受理 1 —', '审核通过 1 初审属实', '审核不通过 2 另有住房<script>']]);
    expect((await inHtml({ ...staff.county, role: 'CIVIL_AFFAIRS' }, 'refusal')).title).toBe(
      '不予批准住房保障申请通知书',
    );
  });

  it('of a contract holds its terms, and the clauses of the version it was drawn on, group by group; whoever names no region is told', async () => {
    const paper = await inHtml(staff.county, 'contract', purpose);
    const { rows } = await running.base.owner.query<{ rent: string; deposit: string; name: string }>(
      `select trim_scale(rent_fen / 100.0) || ' 元' as rent, trim_scale(deposit_fen / 100.0) || ' 元' as deposit,
         (select p.name from household_member m join person p on p.id = m.person_id where m.household_id = k.household_id and m.relation = 'APPLICANT') as name
       from contract k where id = $1`,
      [address.contract],
    );
    expect([
      ...['签订时的月租金', '押金'].map((label) => figure(paper, label)),
      paper.rows.find(({ cells }) => cells[0] === '保障对象')!.cells[1],
    ]).toEqual(Object.values(rows[0]!));
    expect(['起始之日', '终止之日'].map((label) => figure(paper, label))).toEqual(['2025-03-01', '2028-03-01']);
    expect(paper.rows.find(({ cells }) => cells[0] === '运营管理单位')!.cells[1]).toBe('测试运营公司');
    const texts = new Map(CLAUSES.map(({ id, text }) => [id, text]));
    const printed = paper.rows.filter(({ cells }) => texts.has(cells[1]!)).map(({ cells }) => cells.slice(0, 3));
    expect(printed).toEqual([
      ...[
        ['权利和义务', '1', texts.get('1')],
        ['违约责任', '2', texts.get('2')],
      ],
      ...[
        ['退出', '3', texts.get('3')],
        ['其他', '4', texts.get('4')],
      ],
    ]);
    expect(codeOf(await get(staff.county, 'contract', 'html', ''))).toBe('INVALID_INPUT region');
    expect(codeOf(await get(staff.county, 'contract', 'html', undefined, undefined, file.householdId))).toBe(
      'NOT_FOUND id',
    );
  });

  it('of an exit order holds its ground, the clause of the contract in its words, and the last day', async () => {
    const paper = await inHtml(staff.county, 'exit-order');
    const said = ['退出事由', '合同退出条款', '条款内容', '所签合同', '退出期限', '决定之日', '文号', '经办人'];
    expect(said.map((label) => figure(paper, label))).toEqual([
      ...['不再符合条件', '3', CLAUSES[0]!.text, address.contract, '2026-12-31', '2026-11-03', '退7号', 'two'],
    ]);
  });

  it('is a look like any other: written down of each person, with the purpose', async () => {
    const looks = async () =>
      (
        await running.base.owner.query<{ looks: number; purposes: string[] }>(
          `select count(*)::int as looks, array_agg(distinct purpose) as purposes from read_entry where person_id = $1 and 'idNumber' = any (fields)`,
          [file.members[0]!.id],
        )
      ).rows[0]!;
    const before = await looks();
    await get(staff.county, 'application-form', 'docx', undefined, purpose);
    const after = await looks();
    expect(after.looks).toBe(before.looks + 1);
    expect(after.purposes).toContain('ADMISSION_REVIEW');
  });

  it('is nobody’s without a token, no partner’s, and no other region’s; what is no address of one is none', async () => {
    const far = { role: 'COUNTY_HOUSING', region: elsewhereOf(file) } as const;
    for (const kind of KINDS) {
      expect((await get(null, kind, 'html')).status).toBe(401);
      expect(codeOf(await get(far, kind, 'html'))).toBe('NOT_FOUND id');
      expect(codeOf(await get({ role: 'DASHBOARD', region: file.region }, kind, 'html'))).toBe('FORBIDDEN');
      const partner = { role: 'PARTNER_SYSTEM', region: file.region, client_id: 'x' } as never;
      expect(codeOf(await get(partner, kind, 'html'))).toBe('FORBIDDEN');
      expect(codeOf(await get(staff.county, kind, 'html', undefined, 'dead'))).toMatch(/^PURPOSE_DEAD/);
    }
    expect(codeOf(await get(staff.county, 'constructor', 'html', undefined, undefined, address.report))).toBe(
      'UNKNOWN_PATH',
    );
    expect(codeOf(await get(staff.county, 'report', 'pdf'))).toBe('UNKNOWN_PATH');
    for (const id of ['x', '..%2f..%2fetc%2fpasswd', `${address.report}%00`])
      expect(codeOf(await get(staff.county, 'report', 'html', undefined, undefined, id))).toBe('NOT_FOUND id');
    expect(codeOf(await get(staff.county, 'report', 'html', '?household=1&household=2'))).toBe(
      'INVALID_INPUT household',
    );
  });

  it('is shown by a browser as it is and nothing else: no script, nothing fetched, kept by nobody between', async () => {
    const { headers } = await get(staff.county, 'refusal', 'html');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-.+'; frame-ancestors 'none'; sandbox$/,
    );
    expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['no-store', 'nosniff']);
  });
});

interface Report {
  readonly hash: string;
  readonly signature: string;
  readonly findings: readonly {
    readonly rule: string;
    readonly title: string;
    readonly sentence: string;
    readonly citation: string;
    readonly evidence: readonly { readonly id: string }[];
  }[];
}
async function checkedReport(): Promise<object> {
  const query = `query ($id: ID!) { crossCheck(id: $id) { households { nodes { report { at hash signature findings { rule title sentence citation evidence { id } } } } } } }`;
  const { data } = await running.ask<{ crossCheck: { households: { nodes: { report: object }[] } } }>(
    staff.county,
    query,
    {
      variables: { id: address.report },
    },
  );
  return data.crossCheck.households.nodes[0]!.report;
}
