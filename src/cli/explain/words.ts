import type { Conclusion, Evaluation } from '../../engine/evaluate';
import type { Explained } from '../../engine/explain';
import type { Settled, SettledFinding, SettledOutcome } from '../../jobs/cross-check/lay';
import { PAPER_TITLES } from '../../../schema/sharing/paper-evidence';
import { measured, parameterInWords } from '../number-words';
import type { FileJudged } from './file';

const OUTCOMES: Readonly<Record<SettledOutcome, string>> = {
  PASS: '符合',
  FAIL: '不符合',
  CONTRADICTION: '矛盾',
  INCONCLUSIVE: '待核实',
  NOT_APPLICABLE: '不适用',
  PASS_BY_EVIDENCE: '凭人工证据通过',
  IN_DOUBT: '存疑',
  CONFLICT: '来源不一致',
};
const CONCLUSIONS: Readonly<Record<Conclusion, string>> = {
  ELIGIBLE: '符合条件',
  INELIGIBLE_PROPOSED: '拟不符合（由经办人决定）',
  PENDING_EVIDENCE: '待补证据',
};

/** The explanation as lines for a person, Chinese; never a name, never a citizen number. */
export function inWords(
  file: FileJudged,
  { asOf, ruleSet }: Pick<Evaluation, 'asOf' | 'ruleSet'>,
  { findings, conclusion }: Settled<Explained>,
): string[] {
  return [
    `家庭 ${file.fileNumber}（${file.region}）  案件 ${file.caseId}  ${file.programme} · ${file.kind}`,
    `判断日 ${asOf}  规则集 ${ruleSet}  授权书 ${file.letterId ?? '无'}`,
    `结论：${CONCLUSIONS[conclusion]}`,
    ...findings.flatMap((finding) => ['', ...explained(finding)]),
  ];
}

function explained(finding: SettledFinding<Explained>): string[] {
  const { rule, outcome, title, sentence, citation, observed, threshold, unit, inputs, parameters } = finding;
  const facts = Object.entries(inputs).map(([name, value]) => `${name}=${value === null ? '未知' : String(value)}`);
  const lines = [
    `${rule}  【${OUTCOMES[outcome]}】 ${title}`,
    `  ${sentence}`,
    `  依据  ${citation.join('、')}`,
    ...(observed === null && threshold === null
      ? []
      : [`  数值  ${measured(observed, unit)}，限值 ${measured(threshold, unit)}`]),
    ...(facts.length > 0 ? [`  事实  ${facts.join('  ')}`] : []),
    ...parameters.map((each) => `  参数  ${parameterInWords(each)}`),
    ...(finding.evidence.length > 0 ? [`  证据  ${finding.evidence.join('  ')}`] : []),
    ...finding.papers.map(
      ({ issuedBy, documentKind, documentNumber, validUntil, addedBy, confirmedBy }) =>
        `  人工证据  ${issuedBy}${PAPER_TITLES[documentKind]} ${documentNumber}，有效至 ${validUntil}，${addedBy} 提交，${confirmedBy} 确认`,
    ),
    ...finding.conflicts.map(
      ({ fact, person, told, prevails }) =>
        `  不一致  ${fact} 对成员 ${person}：${told.map(({ source, value, asOf }) => `${source} ${value ?? '无'}（${asOf.toISOString()}）`).join('，')}；${prevails ? `以 ${prevails} 为准` : '没有生效的优先规则'}`,
    ),
    ...finding.contests.map(
      ({ source, person, claimed, filedOn, contestedBy }) =>
        `  存疑  ${source} 对成员 ${person}：主张“${claimed}”，${contestedBy} 于 ${filedOn} 提出更正`,
    ),
    ...finding.missing.map(
      ({ source, personId, status, dueAt, retryAt }) =>
        `  缺少  ${source} 对成员 ${personId}：${status}${again(dueAt ?? retryAt)}`,
    ),
  ];
  return lines;
}

const again = (instant: Date | null): string => (instant ? `，${instant.toISOString()} 起可再询` : '');
