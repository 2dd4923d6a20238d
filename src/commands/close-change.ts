import type { ClientBase } from 'pg';
import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { movedChange } from '../store/changes/act';
import { inUnit } from '../store/unit';
import { ChangeOutcome, ChangeResult, ChangeState, type Change } from '../../schema/review/change';

export interface CloseChange {
  readonly changeId: string;
  readonly outcome: ChangeOutcome;
  readonly note: string;
  /** Of a re-check: the cross-check of the same case, for an annual review, that has judged since. */
  readonly crossCheckId?: string | null;
}

/**
 * 办结变动: after the household was heard or let its time pass. It decides nothing: what a change means for the security, the rules
 * say in a cross-check, which RE_CHECKED names. Errors: NOT_FOUND, ILLEGAL_MOVE, INVALID_INPUT naming the field.
 */
export async function closeChange(ctx: RequestContext, input: CloseChange): Promise<Change> {
  const closingNote = freeText(input.note, 'note');
  const { changeId, outcome, crossCheckId = null } = input;
  if ((outcome === ChangeOutcome.RE_CHECKED) !== (crossCheckId !== null))
    throw new HubError('INVALID_INPUT', 'crossCheckId', '已复核的须指明核对任务，其他不填');
  return inUnit(ctx, 'closeChange', async (em, client) => {
    const change = await movedChange(em, changeId, ChangeState.CLOSED);
    if (outcome === ChangeOutcome.EXPLAINED && change.reply === null)
      throw new HubError('INVALID_INPUT', 'outcome', '当事人未作说明');
    const result = crossCheckId === null ? null : await resultOf(client, change, crossCheckId);
    const closed = { outcome, crossCheckId, result, closingNote, closedBy: ctx.viewer.subject };
    await em.persist(Object.assign(change, closed, { closedOn: beijingDay(ctx.hub.now()) })).flush();
    return change;
  });
}

/** Of the report on which the case stands: a check that a later one has replaced says nothing any more. */
const RE_CHECK = `
  select r.conclusion from cross_check_household k join cross_check c on c.id = k.cross_check_id and c.purpose = 'ANNUAL_REVIEW'
  left join case_report r on (r.case_id, r.cross_check_id) = (k.case_id, k.cross_check_id)
  where k.cross_check_id = $1 and k.case_id = $2 and k.state = 'DONE' and c.as_of >= $3`;

const RESULTS: Readonly<Record<string, ChangeResult>> = {
  ELIGIBLE: ChangeResult.KEEP,
  INELIGIBLE_PROPOSED: ChangeResult.NOT_QUALIFIED,
};

async function resultOf(client: ClientBase, { caseId, seenOn }: Change, crossCheckId: string): Promise<ChangeResult> {
  const { rows } = await client.query<{ conclusion: string | null }>(RE_CHECK, [crossCheckId, caseId, seenOn]);
  if (!rows[0]) throw new HubError('INVALID_INPUT', 'crossCheckId', '须为同一复核案件在发现之后完成的年审核对');
  const result = RESULTS[rows[0].conclusion ?? ''];
  if (!result) throw new HubError('INVALID_INPUT', 'crossCheckId', '核对尚无结论，或已为新的核对取代');
  return result;
}
