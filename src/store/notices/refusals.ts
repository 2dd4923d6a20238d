import { inWords, type Refusal } from '../in-words';

/** What the database refuses of a notice, by the name of its guard, in the words of the catalogue. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  notice_version: ['STALE_VERSION', 'version'],
  notice_in_time: ['INVALID_INPUT', 'noticeId', '办理之日早于前一步骤'],
  notice_legal_move: ['ILLEGAL_MOVE', 'noticeId'],
  notice_level: ['WRONG_LEVEL', 'noticeId'],
  notice_told: ['INVALID_INPUT', 'deliveredOn', '须在作出结果之日与今日之间'],
  notice_step_evidence: ['INVALID_INPUT', 'documentNumber', '代为登记须有送达回证编号'],
};

/** The error as the catalogue has it; any other as it came. */
export const toldOfNotice = (error: unknown): unknown => inWords(error, REFUSALS);
