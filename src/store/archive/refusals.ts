import { inWords, type Refusal } from '../in-words';

/** What the database refuses of an archive, by the name of its guard, in the words of the catalogue. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  archive_section: ['INVALID_INPUT', 'section', '该档案没有此部分'],
  archive_valid: ['INVALID_INPUT', 'validTo', '不得早于有效起日'],
  archive_corrected_once: ['STALE_VERSION', 'entryId'],
  archive_fact_stands: ['ILLEGAL_MOVE', 'entryId', '办理事实不作更正，请另行归入材料'],
  archive_legal_move: ['ILLEGAL_MOVE', 'entryId'],
  archive_stage_once: ['ILLEGAL_MOVE', 'entryId'],
  archive_in_time: ['INVALID_INPUT', 'entryId', '办理之日早于前一阶段'],
  archive_of_household: ['NOT_FOUND', 'subject'],
  spot_check_once: ['STALE_VERSION', 'seed'],
  spot_once: ['ILLEGAL_MOVE', 'checkId', '已登记抽查结果'],
  disposal_one_open: ['ILLEGAL_MOVE', 'fileId', '已有待确认的销毁决定'],
  disposal_once: ['ILLEGAL_MOVE', 'disposalId', '已经确认'],
  disposal_by_two: ['SECOND_PERSON_REQUIRED', 'disposalId'],
};

/** The error as the catalogue has it; any other as it came. */
export const toldOfArchive = (error: unknown): unknown => inWords(error, REFUSALS);
