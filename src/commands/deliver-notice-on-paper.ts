import { beijingDay } from '../access/day';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { noticeStep, type OnNotice } from '../store/notices/step';
import { DOCUMENT_NUMBER, pastDay } from '../store/paper';
import type { Notice } from '../../schema/notice/notice';
import { NoticeStepKind } from '../../schema/notice/notice-step';

export interface DeliverNoticeOnPaper extends OnNotice {
  /** 送达回证编号. */
  readonly documentNumber: string;
  /** 'YYYY-MM-DD'; today when left out. */
  readonly deliveredOn?: string | null;
}

/** 书面送达: of what could not be sent, or over the counter. Errors: NOT_FOUND, STALE_VERSION, ILLEGAL_MOVE, INVALID_INPUT. */
export async function deliverNoticeOnPaper(ctx: RequestContext, input: DeliverNoticeOnPaper): Promise<Notice> {
  const today = beijingDay(ctx.hub.now());
  const documentNumber = freeText(input.documentNumber, 'documentNumber', DOCUMENT_NUMBER);
  const toldOn = pastDay(input.deliveredOn ?? today, 'deliveredOn', today);
  return noticeStep(ctx, 'deliverNoticeOnPaper', NoticeStepKind.PAPER_DELIVERY, input, { documentNumber, toldOn });
}
