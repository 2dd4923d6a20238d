import { HubError } from '../../errors';
import { SOURCE_TITLES } from '../../../schema/sharing/field-titles';
import { parameterDeclared } from '../../../schema/parameters';
import { HUB_SOURCE, type Ask, type PaperKind } from '../kind';
import { inBeijing, type Evidence, type Figures, type Table } from '../paper';
import { inChinese, measuredIn } from '../words';

const PLACES = `query ($id: ID!, $after: String) { crossCheck(id: $id) { households(first: 200, after: $after) {
  edges { cursor node { household { id } } } pageInfo { hasNextPage endCursor } } } }`;
const QUESTION = `query ($id: ID!, $after: String) { crossCheck(id: $id) { id purpose asOf households(first: 1, after: $after) { nodes {
  household { id fileNumber region { name } }
  report { at version final hash signature conclusion
    findings { rule title outcome citation observed threshold unit sentence
      evidence { id source status asOf } paper { id documentKind documentNumber issuedBy validUntil confirmedAt }
      parameters { id code value unit documentNumber mark validFrom } }
    sources { source asked answered states } } } } } }`;

interface Places {
  readonly crossCheck: {
    readonly households: {
      readonly edges: readonly {
        readonly cursor: string;
        readonly node: { readonly household: { readonly id: string } };
      }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

interface Finding {
  readonly rule: string;
  readonly title: string;
  readonly outcome: string;
  readonly citation: string;
  readonly observed: number | null;
  readonly threshold: number | null;
  readonly unit: string | null;
  readonly sentence: string;
  readonly evidence: readonly { readonly id: string; readonly source: string; readonly asOf: string | null }[];
  readonly paper:
    | readonly { readonly id: string; readonly documentNumber: string; readonly confirmedAt: string }[]
    | null;
  readonly parameters:
    | readonly {
        readonly id: string;
        readonly code: string;
        readonly value: number;
        readonly unit: string;
        readonly documentNumber: string;
        readonly mark: string;
        readonly validFrom: string;
      }[]
    | null;
}

interface Checked {
  readonly household: {
    readonly id: string;
    readonly fileNumber: string;
    readonly region: { readonly name: string } | null;
  };
  readonly report: {
    readonly at: string;
    readonly version: number;
    readonly final: boolean;
    readonly hash: string;
    readonly signature: string;
    readonly conclusion: string;
    readonly findings: readonly Finding[];
    readonly sources: readonly {
      readonly source: string;
      readonly asked: boolean;
      readonly answered: number;
      readonly states: readonly string[];
    }[];
  } | null;
}

interface CrossCheck {
  readonly crossCheck: {
    readonly id: string;
    readonly purpose: string;
    readonly asOf: string;
    readonly households: { readonly nodes: readonly Checked[] };
  };
}

/** 核对报告 of one household of a cross-check: `household` names it; what the report says is read from its signed text. */
export const report: PaperKind = async (ask, id, { household }) => {
  const after = await cursorBefore(ask, id, household);
  const { crossCheck } = await ask<CrossCheck>(QUESTION, { id, after });
  const [checked] = crossCheck.households.nodes;
  if (!checked?.report) throw new HubError('NOT_FOUND', 'id');
  const signed = { source: '核对报告', record: checked.report.hash, asOf: checked.report.at };
  return {
    title: '住房保障核对报告',
    number: checked.report.hash,
    parts: [
      about(crossCheck, checked, checked.report, signed),
      findings(checked.report, signed),
      parameters(checked.report),
      sources(checked.report, signed),
    ],
  };
};

/** The place right before a household, found by ids alone: nobody else's report is looked at. The first where none is named. */
async function cursorBefore(ask: Ask, id: string, household: string | undefined): Promise<string | null> {
  let before: string | null = null;
  if (household === undefined) return before;
  for (;;) {
    const places: Places = await ask<Places>(PLACES, { id, after: before });
    const { edges, pageInfo } = places.crossCheck.households;
    const at = edges.findIndex(({ node }) => node.household.id === household);
    if (at >= 0) return at === 0 ? before : edges[at - 1]!.cursor;
    if (!pageInfo.hasNextPage) throw new HubError('NOT_FOUND', 'household');
    before = pageInfo.endCursor;
  }
}

const about = (
  { id, purpose, asOf }: CrossCheck['crossCheck'],
  { household }: Checked,
  { at, version, final, hash, signature, conclusion }: NonNullable<Checked['report']>,
  signed: Evidence,
): Figures => ({
  title: '核对',
  figures: [
    {
      label: '区划',
      value: household.region?.name ?? null,
      from: [{ source: HUB_SOURCE, record: household.id, asOf }],
    },
    { label: '档案编号', value: household.fileNumber, from: [{ source: HUB_SOURCE, record: household.id, asOf }] },
    { label: '查询目的', value: inChinese('purpose', purpose), from: [{ source: '核对', record: id, asOf }] },
    { label: '核对基准日', value: asOf, from: [{ source: '核对', record: id, asOf }] },
    { label: '结论', value: inChinese('conclusion', conclusion), from: [signed] },
    { label: '出具时间', value: inBeijing(at), from: [signed] },
    { label: '版次', value: `第 ${version} 版${final ? '（终稿）' : ''}`, from: [signed] },
    { label: 'SHA-256', value: hash, from: [signed] },
    { label: '签章（分离式 JWS）', value: signature, from: [signed] },
  ],
});

const titleOf = (source: string): string => SOURCE_TITLES[source] ?? source;

/** The answers that bear a finding, and the documents of officers; where there are none, the report itself. */
const ofFinding = ({ evidence, paper }: Finding, signed: Evidence): Evidence[] => {
  const answers = evidence.map(({ id, source, asOf }) => ({ source: titleOf(source), record: id, asOf }));
  const papers = (paper ?? []).map(({ id, confirmedAt }) => ({ source: '人工证据', record: id, asOf: confirmedAt }));
  return answers.length + papers.length > 0 ? [...answers, ...papers] : [signed];
};

const findings = ({ findings: all }: NonNullable<Checked['report']>, signed: Evidence): Table => ({
  title: '核对事项',
  heading: ['事项', '判定', '所见', '限值', '说明', '条款'],
  rows: all.map((finding) => ({
    cells: [
      ...[`${finding.rule} ${finding.title}`, inChinese('outcome', finding.outcome)],
      ...[measuredIn(finding.unit, finding.observed), measuredIn(finding.unit, finding.threshold)],
      ...[finding.sentence, finding.citation],
    ],
    from: ofFinding(finding, signed),
  })),
});

function parameters({ findings: all }: NonNullable<Checked['report']>): Table {
  const byId = new Map(all.flatMap((finding) => finding.parameters ?? []).map((each) => [each.id, each]));
  return {
    title: '政策参数',
    heading: ['参数', '数值', '文号', '出处', '自何日起'],
    rows: [...byId.values()].map(({ id, code, value, unit, documentNumber, mark, validFrom }) => ({
      cells: [
        parameterDeclared(code)?.title ?? code,
        measuredIn(unit, value),
        documentNumber,
        inChinese('mark', mark),
        validFrom,
      ],
      from: [{ source: '政策参数', record: id, asOf: validFrom }],
    })),
  };
}

const sources = ({ sources: all }: NonNullable<Checked['report']>, signed: Evidence): Table => ({
  title: '来源',
  heading: ['来源', '已询问', '已作出确定应答的成员数', '应答状态'],
  rows: all.map(({ source, asked, answered, states }) => ({
    cells: [
      titleOf(source),
      asked ? '是' : '否',
      String(answered),
      states.map((state) => inChinese('answer', state)).join('、'),
    ],
    from: [signed],
  })),
});
