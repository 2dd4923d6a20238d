import { freeText, maybeText } from '../access/free-text';
import { carriedOutBy, clause } from '../clauses';
import type { RequestContext } from '../context';
import { stepOf, type OnApplication } from '../store/admission/step';
import { DOCUMENT_NUMBER } from '../store/paper';
import type { Application } from '../../schema/admission/application';
import { ApplicationStepKind, type JointAgency } from '../../schema/admission/application-step';
import type { Opinion } from '../../schema/review/review-step';

export interface GiveOpinion extends OnApplication {
  readonly agency: JointAgency;
  readonly opinion: Opinion;
  readonly documentNumber: string;
  readonly note?: string | null;
}

/** 审核联动: what other departments say stands on the case's own way. */
const LINKED = carriedOutBy('DATA', clause('IM-3.1'));

/**
 * 登记会同审核意见 [IM-3.1]: by civil affairs itself, or by the reviewing office from the agency's letter: the police have no account here. Errors: NOT_FOUND, STALE_VERSION,
 * ILLEGAL_MOVE, WRONG_LEVEL, INVALID_INPUT.
 */
export async function giveOpinion(ctx: RequestContext, input: GiveOpinion): Promise<Application> {
  const { agency, opinion } = input;
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  const note = maybeText(input.note, 'note');
  const given = await stepOf(ctx, 'giveOpinion', ApplicationStepKind.OPINION, input, () => ({
    ...{ agency, opinion, documentNumber, note },
  }));
  LINKED();
  return given;
}
