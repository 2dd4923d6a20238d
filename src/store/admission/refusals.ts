import { clause, guardOf } from '../../clauses';
import { inWords, refusedBy, type Refusal } from '../in-words';

/** What the database refuses of an application, by the name of its guard, in the words of the catalogue. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  application_one_open: ['CASE_ALREADY_OPEN', 'caseId', '一户只有一份在办申请（通知四：一户一档）'],
  application_complete: ['APPLICATION_INCOMPLETE', 'applicationId'],
  application_form_of_prefecture: ['INVALID_INPUT', 'caseId', '申请表须为本盟市的版本'],
  application_entry_in_draft: ['ILLEGAL_MOVE', 'applicationId', '已提交的申请表不再改动，须先退回补正'],
  application_entry_of_form: ['INVALID_INPUT', 'entries', '申请表没有此表项'],
  form_template_of_prefecture: ['INVALID_INPUT', 'region', '须为盟市'],
  form_template_in_order: ['INVALID_INPUT', 'validFrom', '不得早于前一版本'],
  application_of_case: ['CASE_ALREADY_OPEN', 'caseId', '该案件已有申请'],
  application_in_open_case: ['CASE_CLOSED', 'caseId', '须为未办结的申请案件'],
  application_version: ['STALE_VERSION', 'version'],
  application_in_time: ['INVALID_INPUT', 'applicationId', '办理之日早于前一步骤'],
  application_legal_move: ['ILLEGAL_MOVE', 'applicationId'],
  application_level: ['WRONG_LEVEL', 'applicationId'],
  application_adult_age_unset: ['PARAMETER_UNSET', 'adult-age.years'],
  application_by_adult: ['MINOR_APPLICANT', 'applicationId'],
  application_letter: ['LETTER_NOT_COVERING', 'applicationId', '须有全体成年成员签署、在有效期内的授权书'],
  application_second_person: ['SECOND_PERSON_REQUIRED', 'applicationId', '前一次审核的审核人不得审核下一次'],
  application_opinion_civil_affairs: ['OPINION_MISSING', 'applicationId', '民政部门'],
  application_opinion_public_security: ['OPINION_MISSING', 'applicationId', '公安机关'],
  application_on_last_report: ['REPORT_STALE', 'report'],
  application_borne_by_report: ['DECISION_UNFOUNDED', 'report', '终审须核对报告结论为符合，待核实的不得通过'],
  application_term_unset: ['PARAMETER_UNSET', 'applicationId', '审核期限'],
  application_publicity: ['ILLEGAL_MOVE', 'applicationId', '没有本次审核的公示'],
  application_period_runs: ['PUBLICITY_RUNS', 'applicationId'],
  application_objection_open: ['OBJECTION_OPEN', 'applicationId'],
  application_objection_found: ['ILLEGAL_MOVE', 'applicationId', '异议成立的退回审核，不成立的方可报送'],
  application_three_and_three: ['ILLEGAL_MOVE', 'applicationId', '须三次审核通过、三次公示无异议'],
  publicity_after_review: ['ILLEGAL_MOVE', 'applicationId', '审核通过之后方可公示'],
  publicity_length: ['PARAMETER_UNSET', 'applicationId', '公示天数'],
  publicity_one_running: ['ILLEGAL_MOVE', 'applicationId', '公示正在进行'],
  document_in_time: ['ILLEGAL_MOVE', 'applicationId', '草拟、已提交、审核中可以补充材料；草拟、已提交时可以撤回'],
  document_taken_back_once: ['ILLEGAL_MOVE', 'documentId', '材料已经撤回'],
  document_check_second_person: ['SECOND_PERSON_REQUIRED', 'documentId', '收件人不得核验自己所收的材料'],
  document_check_in_time: ['ILLEGAL_MOVE', 'documentId', '材料已经撤回'],
  waiting_one_live: ['ILLEGAL_MOVE', 'applicationId', '该家庭已在轮候，一户只轮候一处'],
  objection_in_time: ['PUBLICITY_OVER', 'publicityId'],
  objection_of_publicity: ['NOT_FOUND', 'publicityId'],
  objection_answered_once: ['ILLEGAL_MOVE', 'objectionId', '异议已经答复'],
  objector_opening_one_asked: ['ILLEGAL_MOVE', 'objectionId', '已有待启封的申请'],
  objection_second_person: ['SECOND_PERSON_REQUIRED', 'objectionId', '本次审核的审核人不得核实对该审核的异议'],
};

/** Guards of the database that carry out a clause; the verbs tell that they let somebody through. */
const CARRIED: Readonly<Record<string, ReturnType<typeof guardOf>>> = {
  application_level: guardOf(clause('IM-3.C1', 'IM-3.C2', 'IM-3.C4', 'IM-3.D1', 'IM-3.D4', 'IM-3.3')),
  application_legal_move: guardOf(clause('IM-3.2', 'IM-3.C7', 'IM-3.D7')),
  publicity_after_review: guardOf(clause('IM-3.C2', 'IM-3.C4', 'IM-3.D4')),
  application_period_runs: guardOf(clause('IM-3.C3', 'IM-3.D2')),
  application_objection_open: guardOf(clause('IM-3.C3', 'IM-3.D2')),
  application_opinion_civil_affairs: guardOf(clause('IM-3.C5', 'IM-3.D3')),
  application_opinion_public_security: guardOf(clause('IM-3.C5', 'IM-3.D5')),
};

/** The error as the catalogue has it; any other as it came. */
export function told(error: unknown): unknown {
  const said = inWords(error, REFUSALS);
  return CARRIED[refusedBy(error) ?? '']?.refuse(said) ?? said;
}
