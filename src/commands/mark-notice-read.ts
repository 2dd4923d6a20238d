import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { noticeStep, type OnNotice } from '../store/notices/step';
import { DOCUMENT_NUMBER } from '../store/paper';
import type { Notice } from '../../schema/notice/notice';
import { NoticeStepKind } from '../../schema/notice/notice-step';

export interface MarkNoticeRead extends OnNotice {
  /** 送达回证编号: an office says so on evidence; the person itself needs none. */
  readonly documentNumber?: string | null;
}

/** 阅知: the person says so, or an office for it. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, INVALID_INPUT. */
export async function markNoticeRead(ctx: RequestContext, input: MarkNoticeRead): Promise<Notice> {
  const { documentNumber: given = null } = input;
  if (given === null && ctx.viewer.role !== 'APPLICANT_SELF')
    throw new HubError('INVALID_INPUT', 'documentNumber', '代为登记须有送达回证编号');
  const documentNumber = given === null ? null : freeText(given, 'documentNumber', DOCUMENT_NUMBER);
  return noticeStep(ctx, 'markNoticeRead', NoticeStepKind.READING, input, { documentNumber });
}
