import { percent, squareMetres, yuan } from '../engine/wording';
import type { AdmissionFlow } from '../../schema/admission/application';
import type { ApplicationStepKind, JointAgency } from '../../schema/admission/application-step';
import type { DocumentKind } from '../../schema/admission/document';
import { FormFieldKind } from '../../schema/admission/form-template';
import type { Relation } from '../../schema/housing/household-member';
import type { ParameterUnit } from '../../schema/parameters';
import { PROGRAMME_TITLES } from '../../schema/programme';
import type { ExitGround } from '../../schema/review/exit-case';
import type { Opinion } from '../../schema/review/review-step';
import type { Conclusion } from '../../schema/sharing/evaluation';
import { ROLE_TITLES } from '../../schema/sharing/field-titles';
import type { Outcome } from '../../schema/sharing/finding';
import type { Mark } from '../../schema/sharing/parameter';
import type { ContractParty, ContractState } from '../../schema/tenancy/contract';
import type { ClauseGroup, ContractKind } from '../../schema/tenancy/contract-template';

type Words<Name extends string> = Readonly<Record<Name, string>>;

const FLOWS: Words<AdmissionFlow> = { COUNTY_FLOW: '旗县（市）流程', DISTRICTED_FLOW: '设区城市流程' };
const RELATIONS: Words<Relation> = {
  ...{ APPLICANT: '申请人', SPOUSE: '配偶', CHILD: '子女', PARENT: '父母', GRANDPARENT: '祖父母' },
  ...{ GRANDCHILD: '孙子女', SIBLING: '兄弟姐妹', OTHER: '其他' },
};
const STEPS: Words<ApplicationStepKind> = {
  ...{ SUBMISSION: '提交', RETURN: '一次性告知补正', ACCEPTANCE: '受理', OPINION: '部门意见', PASS: '审核通过' },
  ...{ REJECTION: '审核不通过', POSTING: '公示', PERIOD_END: '公示期满', CLEARANCE: '公示无异议' },
  ...{ SENT_BACK: '异议成立退回审核', APPROVAL: '批准', WITHDRAWAL: '撤回', APPEAL: '申诉' },
  ...{ APPEAL_UPHELD: '申诉成立', APPEAL_DISMISSED: '申诉不成立', REVOCATION: '撤销' },
};
const AGENCIES: Words<JointAgency> = { CIVIL_AFFAIRS: '民政部门', PUBLIC_SECURITY: '公安机关' };
const OPINIONS: Words<Opinion> = { AGREES: '同意', OBJECTS: '有异议' };
const DOCUMENTS: Words<DocumentKind> = {
  ...{ IDENTITY: '身份证明', HUKOU: '户口簿', MARRIAGE: '婚姻状况证明', INCOME: '收入证明', HOUSING: '住房状况证明' },
  ...{ ASSETS: '财产证明', LETTER: '授权书', OTHER: '其他', POPULATION: '人口证明' },
  ...{
    FAMILY_PLANNING: '计划生育证明',
    EMPLOYMENT: '就业证明',
    SERIOUS_ILLNESS: '重大疾病证明',
    DISABILITY: '残疾等级证明',
  },
};
const OUTCOMES: Words<Outcome> = {
  ...{ PASS: '通过', FAIL: '不通过', CONTRADICTION: '矛盾', INCONCLUSIVE: '待核实', NOT_APPLICABLE: '不适用' },
  ...{ PASS_BY_EVIDENCE: '凭人工证据通过', IN_DOUBT: '存疑', CONFLICT: '来源不一致' },
};
const CONCLUSIONS: Words<Conclusion> = {
  ...{ ELIGIBLE: '符合', INELIGIBLE_PROPOSED: '拟不符合（待人工决定）', PENDING_EVIDENCE: '待补证' },
};
const MARKS: Words<Mark> = { SEED: '源文件', NATIONAL: '国家规定', LOCAL: '地方文件', UNVERIFIED: '未经核实' };

const CONTRACTS: Words<ContractKind> = { LEASE: '配租合同', SALE: '配售合同', SUBSIDY_AGREEMENT: '租赁补贴协议' };
const STANDINGS: Words<ContractState> = {
  ...{ DRAFT: '草拟', SIGNED: '已签订', FILED: '已备案', ACTIVE: '履行中', RENEWED: '已续签' },
  ...{ EXPIRED: '已到期', TERMINATED: '已终止' },
};
const PARTIES: Words<ContractParty> = { MANAGER: '运营管理单位', OWNER: '产权单位' };
const GROUPS: Words<ClauseGroup> = {
  ...{ RIGHTS_DUTIES: '权利和义务', BREACH_LIABILITY: '违约责任', EXIT: '退出', OTHER: '其他' },
};
const GROUNDS: Words<ExitGround> = {
  ...{ NO_LONGER_ELIGIBLE: '不再符合条件', CHANGE_OF_USE: '擅自改变用途', SUBLET: '转租', LENT: '转借' },
  ...{ VACANT: '无正当理由连续空置', SOLD: '出售' },
};

const PURPOSES: Words<string> = {
  ...{ ADMISSION_REVIEW: '准入审核', ANNUAL_REVIEW: '年度审核', CHANGE_WATCH: '变动监测' },
};
const ANSWERS: Words<string> = {
  ...{ FOUND: '查有记录', NOT_FOUND: '查无记录', PENDING: '待答复', UNAVAILABLE: '暂不可用', REFUSED: '拒绝答复' },
  ...{ STALE: '已过期', AMBIGUOUS: '身份存在歧义', CONFLICT: '来源不一致', IN_DOUBT: '存疑' },
};

const ALL = {
  ...{ flow: FLOWS, relation: RELATIONS, step: STEPS, agency: AGENCIES, opinion: OPINIONS, document: DOCUMENTS },
  ...{ outcome: OUTCOMES, conclusion: CONCLUSIONS, mark: MARKS, programme: PROGRAMME_TITLES, role: ROLE_TITLES },
  ...{ purpose: PURPOSES, answer: ANSWERS },
  ...{ contract: CONTRACTS, contractState: STANDINGS, party: PARTIES, clauses: GROUPS, ground: GROUNDS },
} as const satisfies Readonly<Record<string, Words<string>>>;

/** A name of ours as people read it; one that nobody has put into words stays as it is. */
export const inChinese = (of: keyof typeof ALL, name: string | null): string | null =>
  name === null ? null : ((ALL[of] as Words<string>)[name] ?? name);

const counted =
  (unit: string) =>
  (value: number): string =>
    `${value} ${unit}`;
const UNITS: Readonly<Record<ParameterUnit | 'person', (value: number) => string>> = {
  ...{ cm2: squareMetres, fen: yuan, bp: percent, flag: (value) => (value === 0 ? '否' : '是') },
  ...{ year: counted('年'), month: counted('个月'), day: counted('天'), 'working-day': counted('个工作日') },
  ...{ digit: counted('位'), point: counted('分'), time: counted('次'), person: counted('人') },
};

/** A number of a unit, exact. */
export const measuredIn = (unit: string | null, value: number | null): string | null =>
  value === null ? null : (UNITS[unit as keyof typeof UNITS]?.(value) ?? `${value} ${unit ?? ''}`.trim());

const KINDS: Readonly<Partial<Record<FormFieldKind, (text: string) => string>>> = {
  [FormFieldKind.MONEY_FEN]: (text) => yuan(Number(text)),
  [FormFieldKind.AREA_CM2]: (text) => squareMetres(Number(text)),
  [FormFieldKind.YES_NO]: (text) => (text === 'YES' ? '是' : '否'),
};

/** What is written in a field of a form, or told of it by a source. */
export const written = (kind: FormFieldKind, text: string | null): string | null =>
  text === null ? null : text === 'null' ? '登记机构确认无记录' : (KINDS[kind]?.(text) ?? text);
