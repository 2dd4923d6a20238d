import { randomUUID } from 'node:crypto';
import { isDay } from '../access/day';
import { freeText } from '../access/free-text';
import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { inWords } from '../store/in-words';
import { DOCUMENT_NUMBER } from '../store/paper';
import { inUnit } from '../store/unit';
import {
  ClauseGroup,
  ContractTemplate,
  type ContractClause,
  type ContractKind,
} from '../../schema/tenancy/contract-template';

export interface PublishContractTemplate {
  /** The prefecture whose office publishes. */
  readonly region: string;
  readonly kind: ContractKind;
  readonly title: string;
  readonly documentNumber: string;
  readonly validFrom: string;
  readonly clauses: readonly ContractClause[];
}

const MOST_CLAUSES = 200;
const TITLE = 60;
const TEXT = 2000;
const CLAUSE_ID = /^[a-z0-9][a-z0-9.-]{0,19}$/;

/** 盟市统一制式: nobody but the prefecture's own office. */
const BY_PREFECTURE = guardOf(clause('IM-4.11'));
/** Without these groups of clauses nothing comes into force. */
const GROUPS = [
  [ClauseGroup.RIGHTS_DUTIES, '权利和义务', guardOf(clause('IM-4.12'))],
  [ClauseGroup.BREACH_LIABILITY, '违约责任', guardOf(clause('IM-4.13'))],
  [ClauseGroup.EXIT, '退出', guardOf(clause('IM-4.14'))],
] as const;

/** 发布合同范本 [IM-4.11–4.14]: a prefecture's next version of a kind, from a day on. What was drawn keeps its version. Errors: FORBIDDEN, INVALID_INPUT. */
export async function publishContractTemplate(
  ctx: RequestContext,
  input: PublishContractTemplate,
): Promise<ContractTemplate> {
  const { region: regionCode, kind, validFrom } = input;
  if (ctx.viewer.office !== regionCode) throw BY_PREFECTURE.refuse(new HubError('FORBIDDEN', 'region'));
  if (!isDay(validFrom)) throw new HubError('INVALID_INPUT', 'validFrom', '日期须为 YYYY-MM-DD');
  const told = {
    title: freeText(input.title, 'title', TITLE),
    documentNumber: freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER),
    clauses: clausesOf(input.clauses),
  };
  const published = await inUnit(ctx, 'publishContractTemplate', async (em) => {
    const [last] = await em.find(ContractTemplate, { regionCode, kind }, { orderBy: { version: 'desc' }, limit: 1 });
    const template = em.create(ContractTemplate, {
      ...{ id: randomUUID(), regionCode, kind, version: (last?.version ?? 0) + 1, validFrom, ...told },
      ...{ publishedAt: ctx.hub.now(), publishedBy: ctx.viewer.subject },
    });
    await em.persist(template).flush();
    return template;
  }).catch((error: unknown) => {
    throw inWords(error, {
      contract_template_of_prefecture: ['INVALID_INPUT', 'region', '须为盟市'],
      contract_template_in_order: ['INVALID_INPUT', 'validFrom', '不得早于前一版本'],
    });
  });
  BY_PREFECTURE.let();
  for (const [, , guard] of GROUPS) guard.let();
  return published;
}

function clausesOf(clauses: readonly ContractClause[]): ContractClause[] {
  if (clauses.length > MOST_CLAUSES) throw new HubError('INVALID_INPUT', 'clauses', `至多 ${MOST_CLAUSES} 条`);
  if (new Set(clauses.map(({ id }) => id)).size < clauses.length)
    throw new HubError('INVALID_INPUT', 'clauses', '条款编号重复');
  for (const [group, title, guard] of GROUPS)
    if (!clauses.some((one) => one.group === group))
      throw guard.refuse(new HubError('INVALID_INPUT', 'clauses', `缺少${title}条款`));
  return clauses.map(({ id, group, text }, index) => {
    if (!CLAUSE_ID.test(id))
      throw new HubError('INVALID_INPUT', `clauses.${index}.id`, '须为数字、小写字母、点与连字符');
    return { id, group, text: freeText(text, `clauses.${index}.text`, TEXT) };
  });
}
