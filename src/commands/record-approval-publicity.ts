import { randomUUID } from 'node:crypto';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import { webAddress } from '../access/web-address';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { DOCUMENT_NUMBER, pastDay } from '../store/paper';
import { supervising } from '../store/supervision/refusals';
import { PAGE_MAX } from '../../schema/page';
import { ApprovalPublicity, PublicityMedium } from '../../schema/supervision/approval-publicity';
import { Allotment } from '../../schema/tenancy/allotment';

export interface RecordApprovalPublicity {
  /** Whose results were made public there together. */
  readonly allotmentIds: readonly string[];
  /** Left out where nobody can tell; supervision is told. */
  readonly medium?: PublicityMedium | null;
  readonly place?: string | null;
  readonly url?: string | null;
  readonly publishedOn: string;
  readonly documentNumber: string;
}

/** What is published there can be looked up at its address. */
const SITES = [PublicityMedium.GOVERNMENT_SITE, PublicityMedium.HOUSING_SITE];

/**
 * 登记审批结果的公布 [GX-10.2.3], all of them or none. Nothing is rewritten: where the medium becomes known, it is recorded once more. Errors: NOT_FOUND,
 * INVALID_INPUT.
 */
export async function recordApprovalPublicity(
  ctx: RequestContext,
  input: RecordApprovalPublicity,
): Promise<ApprovalPublicity[]> {
  const recordedAt = ctx.hub.now();
  const ids = [...new Set(input.allotmentIds)];
  if (ids.length === 0 || ids.length > PAGE_MAX)
    throw new HubError('INVALID_INPUT', 'allotmentIds', `须为 1 至 ${PAGE_MAX} 件`);
  const url = webAddress(input.url);
  const given = input.place ?? null;
  const place = given === null ? null : freeText(given, 'place', 200);
  if (place === null && url === null) throw new HubError('INVALID_INPUT', 'place', '频道、版次或网址至少填一项');
  if (url === null && SITES.some((site) => site === input.medium))
    throw new HubError('INVALID_INPUT', 'url', '在网站公布的须填网址');
  const told = {
    ...{ medium: input.medium ?? null, place, url, recordedAt, recordedBy: ctx.viewer.subject },
    publishedOn: pastDay(input.publishedOn, 'publishedOn', beijingDay(recordedAt)),
    documentNumber: freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER),
  };
  return supervising(ctx, 'recordApprovalPublicity', async (em) => {
    const allotments = await em.find(Allotment, { id: { $in: ids } });
    if (allotments.length < ids.length) throw new HubError('NOT_FOUND', 'allotmentIds');
    const records = allotments.map(({ id: allotmentId, regionCode }) =>
      em.create(ApprovalPublicity, { id: randomUUID(), regionCode, allotmentId, ...told }, { persist: true }),
    );
    await em.flush();
    return records;
  });
}
