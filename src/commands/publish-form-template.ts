import { randomUUID } from 'node:crypto';
import { isDay } from '../access/day';
import { freeText } from '../access/free-text';
import { clause, guardOf } from '../clauses';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { factsOf } from '../exchange/fact';
import { onApplication } from '../store/admission/step';
import { DOCUMENT_NUMBER } from '../store/paper';
import { FormFieldKind, FormTemplate, type FormField } from '../../schema/admission/form-template';

export interface PublishFormTemplate {
  /** The prefecture whose office publishes. */
  readonly region: string;
  readonly title: string;
  readonly documentNumber: string;
  readonly validFrom: string;
  readonly fields: readonly FormField[];
}

const MOST_FIELDS = 120;
const MOST_CHOICES = 30;
const TITLE = 60;
const LABEL = 60;
const KEY = /^[a-z][a-z0-9-]{0,39}$/;

/** 盟市统一制式: nobody but the prefecture's own office. */
const BY_PREFECTURE = guardOf(clause('IM-4.2'));

/**
 * 发布申请审核表 [IM-4.2]: a prefecture's next version, for all its counties, from a day on. What runs keeps its version. Errors:
 * FORBIDDEN, INVALID_INPUT naming the field.
 */
export async function publishFormTemplate(ctx: RequestContext, input: PublishFormTemplate): Promise<FormTemplate> {
  const { region: regionCode, validFrom } = input;
  if (ctx.viewer.office !== regionCode) throw BY_PREFECTURE.refuse(new HubError('FORBIDDEN', 'region'));
  if (!isDay(validFrom)) throw new HubError('INVALID_INPUT', 'validFrom', '日期须为 YYYY-MM-DD');
  const told = {
    title: freeText(input.title, 'title', TITLE),
    documentNumber: freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER),
    fields: fieldsOf(ctx, input.fields),
  };
  const published = await onApplication(ctx, 'publishFormTemplate', async (em) => {
    const [last] = await em.find(FormTemplate, { regionCode }, { orderBy: { version: 'desc' }, limit: 1 });
    return em.create(
      FormTemplate,
      {
        ...{ id: randomUUID(), regionCode, version: (last?.version ?? 0) + 1, validFrom, ...told },
        ...{ publishedAt: ctx.hub.now(), publishedBy: ctx.viewer.subject },
      },
      { persist: true },
    );
  });
  BY_PREFECTURE.let();
  return published;
}

function fieldsOf(ctx: RequestContext, fields: readonly FormField[]): FormField[] {
  if (fields.length === 0 || fields.length > MOST_FIELDS)
    throw new HubError('INVALID_INPUT', 'fields', `须有 1 至 ${MOST_FIELDS} 个表项`);
  const keys = new Set(fields.map(({ key }) => key));
  if (keys.size < fields.length) throw new HubError('INVALID_INPUT', 'fields', '表项代码重复');
  return fields.map((field, index) => fieldOf(ctx, field, `fields.${index}`));
}

function fieldOf(ctx: RequestContext, field: FormField, at: string): FormField {
  const { key, label, kind, required, choices, source, fact, everyone } = field;
  if (!KEY.test(key)) throw new HubError('INVALID_INPUT', `${at}.key`, '须为小写字母、数字与连字符');
  if ((kind === FormFieldKind.CHOICE) !== (choices !== null && choices !== undefined && choices.length > 0))
    throw new HubError('INVALID_INPUT', `${at}.choices`, '选项类表项须列出选项，其他表项不得列出');
  if ((choices?.length ?? 0) > MOST_CHOICES)
    throw new HubError('INVALID_INPUT', `${at}.choices`, `选项至多 ${MOST_CHOICES} 个`);
  return {
    ...{ key, label: freeText(label, `${at}.label`, LABEL), kind, required },
    ...(choices?.length ? { choices: choices.map((each, n) => freeText(each, `${at}.choices.${n}`, LABEL)) } : {}),
    ...(source || fact || everyone ? sharedOf(ctx, { source, fact, everyone }, at) : {}),
  };
}

/** A fact that a connected source tells as one value, and no citizen number. */
function sharedOf(
  { hub }: RequestContext,
  { source, fact, everyone }: Pick<FormField, 'source' | 'fact' | 'everyone'>,
  at: string,
): Pick<FormField, 'source' | 'fact' | 'everyone'> {
  const connector = hub.exchange.connectors.find(({ name }) => name === source);
  if (!connector) throw new HubError('INVALID_INPUT', `${at}.source`, '没有此来源');
  const kind = fact ? factsOf(connector.record).get(fact) : undefined;
  if (!kind?.column || kind.sealed) throw new HubError('INVALID_INPUT', `${at}.fact`, '该来源没有可直接填入的此数据项');
  return { source, fact, ...(everyone ? { everyone } : {}) };
}
