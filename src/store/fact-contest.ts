import type { Rule } from '../engine/rule';
import { HubError } from '../errors';
import { OWN_RECORDS } from '../../schema/sharing/fact-contest';
import type { ReportBody } from '../../schema/sharing/report-body';

interface Contested {
  readonly rule: string;
  readonly source: string;
  readonly personId: string;
}

/**
 * The answer of which a report rests a finding on; null where the rule reads the hub's own records alone. Errors: INVALID_INPUT
 * naming rule, source or member, NOTHING_TO_CONTEST where nothing is on record.
 */
export function contestable(
  rules: readonly Rule[],
  body: ReportBody | undefined,
  { rule: code, source, personId }: Contested,
): string | null {
  const rule = rules.find((each) => each.code === code);
  if (!rule) throw new HubError('INVALID_INPUT', 'rule', '没有这条规则');
  const sources = rule.needs.length > 0 ? rule.needs : [OWN_RECORDS];
  if (!sources.includes(source))
    throw new HubError('INVALID_INPUT', 'source', `该规则所依据的来源：${sources.join('、')}`);
  const outcome = body?.findings.find((finding) => finding.rule === code)?.outcome;
  if (!body || !outcome || outcome === 'NOT_APPLICABLE') throw new HubError('NOTHING_TO_CONTEST', 'rule');
  const members = body.sources.flatMap((each) => each.members);
  if (!members.some(({ person }) => person === personId))
    throw new HubError('INVALID_INPUT', 'member', '须为报告所涉的成员');
  if (source === OWN_RECORDS) return null;
  const told = body.sources.find((each) => each.source === source)?.members.find(({ person }) => person === personId);
  if (!told?.answer || !['FOUND', 'NOT_FOUND'].includes(told.status))
    throw new HubError('NOTHING_TO_CONTEST', 'source');
  return told.answer;
}
