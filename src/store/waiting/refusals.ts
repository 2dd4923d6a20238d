import { inWords, type Refusal } from '../in-words';

/** What the database refuses of somebody's place in the queue, by the name of its guard, in the words of the catalogue. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  waiting_one_live: ['ILLEGAL_MOVE', 'entryId', '该家庭已在轮候'],
  waiting_version: ['STALE_VERSION', 'version'],
  waiting_in_time: ['INVALID_INPUT', 'entryId', '办理之日早于前一步骤'],
  waiting_legal_move: ['ILLEGAL_MOVE', 'entryId'],
  waiting_level: ['WRONG_LEVEL', 'entryId'],
  waiting_limit_unset: ['PARAMETER_UNSET', 'entryId', '放弃次数'],
  waiting_deferral: ['INVALID_INPUT', 'deferUntil', '须晚于今日'],
  waiting_deferred: ['ILLEGAL_MOVE', 'entryId', '暂缓期未满'],
  waiting_unplaced: ['ILLEGAL_MOVE', 'entryId', '尚未排序，次日办理'],
  waiting_place: ['INVALID_INPUT', 'toRank', '须为本队列中的另一次序'],
};

/** The error as the catalogue has it; any other as it came. */
export const toldOfWaiting = (error: unknown): unknown => inWords(error, REFUSALS);
