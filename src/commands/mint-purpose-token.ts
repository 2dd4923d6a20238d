import { principalOf } from '../access/viewer';
import { writeLog } from '../audit/writes';
import type { RequestContext } from '../context';
import { queryInScope } from '../store/database';
import { resolvePurpose } from '../store/purposes';

export interface MintPurposeToken {
  readonly caseId: string;
  readonly letterId: string;
}

/**
 * 领取查询目的令牌: the `x-purpose` header of this caller for a live case and letter. It is looked up at every use and
 * dies with either. Error: PURPOSE_DEAD, for what is dead, out of scope or not there alike.
 */
export async function mintPurposeToken(ctx: RequestContext, { caseId, letterId }: MintPurposeToken): Promise<string> {
  const { hub, viewer } = ctx;
  const token = hub.purposeTokens.issue({ caseId, letterId, principal: principalOf(viewer) });
  const { regionCode } = await resolvePurpose(hub, viewer, token);
  const act = { verb: 'mintPurposeToken', entity: 'Letter', entityId: letterId, regionCode, fields: [] };
  await queryInScope(hub.db.app, viewer.regions, writeLog([act], ctx));
  return token;
}
