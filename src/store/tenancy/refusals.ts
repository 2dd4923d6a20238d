import { clause, guardOf } from '../../clauses';
import { HubError } from '../../errors';
import { refusedBy, type Refusal } from '../in-words';

/** In place of the field that names the record: each verb has its own. */
const FIELD = '';

/** What the database refuses, by the name of its guard, in the words of the catalogue. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  tenancy_of_household: ['NOT_FOUND', FIELD],
  tenancy_stale: ['STALE_VERSION', 'version'],
  tenancy_in_time: ['INVALID_INPUT', FIELD, '办理之日早于前一步骤'],
  tenancy_legal_move: ['ILLEGAL_MOVE', FIELD],
  tenancy_by_record: ['ILLEGAL_MOVE', FIELD, '该步骤随其他事项办理'],
  tenancy_level: ['WRONG_LEVEL', FIELD],
  tenancy_contract_required: ['CONTRACT_REQUIRED', FIELD],
  tenancy_double_benefit: ['ILLEGAL_MOVE', FIELD, '该家庭还有其他在享保障，须先终止'],
  allotment_of_batch: ['ILLEGAL_MOVE', 'entryId', '须为已登记参加批次的轮候家庭'],
  allotment_of_dwelling: ['INVALID_INPUT', 'dwellingId', '须为本地区同一保障方式的房源'],
  allotment_one_of_dwelling: ['ILLEGAL_MOVE', 'dwellingId', '该房源已分配给一户'],
  allotment_one_of_entry: ['ILLEGAL_MOVE', 'entryId', '该家庭已有一套分配的房源'],
  allotment_days_unset: ['PARAMETER_UNSET', 'allotment.answer-days'],
  allotment_answer_over: ['ILLEGAL_MOVE', FIELD, '答复期限已过'],
  allotment_answer_runs: ['ILLEGAL_MOVE', FIELD, '答复期限未过'],
  allotment_under_contract: ['ILLEGAL_MOVE', FIELD, '合同须先终止'],
  dwelling_legal_move: ['ILLEGAL_MOVE', 'dwellingId', '该房源不在待分配状态'],
  contract_of_accepted: ['ILLEGAL_MOVE', FIELD, '须为已接受的配租配售；审核未通过、未分配的不签合同'],
  contract_one_drawn: ['ILLEGAL_MOVE', FIELD, '已有一份草拟或签订的合同'],
  contract_one_active: ['ILLEGAL_MOVE', FIELD, '已有一份履行中的合同'],
  contract_kind: ['INVALID_INPUT', FIELD, '配租须签租赁合同，配售须签配售合同'],
  contract_of_kind: ['INVALID_INPUT', FIELD, '租赁合同须有期限，配售合同须有价款'],
  contract_template_in_force: ['ILLEGAL_MOVE', FIELD, '盟市没有在用的该类合同范本，或已有新的版本'],
  contract_party: ['INVALID_INPUT', 'party', '须为该房源的运营管理单位或产权单位'],
  contract_numbers_unset: ['PARAMETER_UNSET', FIELD, '租金、押金或期限'],
  contract_term: ['INVALID_INPUT', 'endsOn', '超过租赁合同最长期限'],
  contract_renewal_asked: ['ILLEGAL_MOVE', FIELD, '须为履行中、已申请续租的合同'],
  contract_renewal_report: ['REPORT_STALE', FIELD, '续签须有申请续租之后、结论为符合的核对报告'],
  contract_renewal_late: ['RENEWAL_LATE', FIELD],
  contract_renewal_early: ['ILLEGAL_MOVE', FIELD, '未到可申请续租之日'],
  contract_runs: ['ILLEGAL_MOVE', FIELD, '合同未到期'],
  contract_exit_clause: ['INVALID_INPUT', 'clauseId', '须为所签范本中的退出条款'],
  contract_purchase_unpaid: ['ILLEGAL_MOVE', FIELD, '须有已执行的补差购买决定，且差价已足额收取'],
  occupancy_exit_open: ['ILLEGAL_MOVE', FIELD, '该家庭的退出案未办结，须随退出案办理'],
  exit_second_person: ['SECOND_PERSON_REQUIRED', FIELD, '听取意见的人不得责令退出'],
  exit_consulted: ['NOT_CONSULTED', FIELD],
  exit_clause: ['INVALID_INPUT', 'clauseId', '须为所签范本中的退出条款'],
  exit_relocation_runs: ['ILLEGAL_MOVE', FIELD, '搬迁期未满'],
  exit_outcome: ['INVALID_INPUT', 'outcome', '承租的收回，购买的回购'],
  tenancy_step_due: ['INVALID_INPUT', 'dueOn', '须晚于今日'],
  tenancy_step_price: ['INVALID_INPUT', 'priceFen', '回购须载明价款，收回不载'],
  rent_in_hand: ['INVALID_INPUT', 'amountFen', '超过该月应缴未缴的租金'],
  rent_not_due: ['ILLEGAL_MOVE', FIELD, '尚未起租，或不是租赁合同'],
  rent_no_purchase: ['ILLEGAL_MOVE', FIELD, '没有补差购买的决定'],
  rent_period_closed: ['PERIOD_CLOSED', 'receivedOn'],
  rent_deposit: ['INVALID_INPUT', 'amountFen', '须为已签订合同所载的押金'],
  rent_deposit_once: ['ILLEGAL_MOVE', FIELD, '押金已收取或已退还'],
  rent_deposit_returned: ['ILLEGAL_MOVE', FIELD, '腾退之后退还，且不超过所收押金'],
  rent_receipt_once: ['IDEMPOTENCY_CONFLICT', 'documentNumber', '该票据号已经登记'],
  waiting_legal_move: ['ILLEGAL_MOVE', 'entryId'],
  waiting_level: ['WRONG_LEVEL', 'entryId'],
};

/** Guards of the database that carry out a clause; the verbs tell that they let somebody through. */
const CARRIED: Readonly<Record<string, ReturnType<typeof guardOf>>> = {
  tenancy_contract_required: guardOf(clause('IM-4.9')),
  contract_party: guardOf(clause('IM-4.9')),
  contract_of_accepted: guardOf(clause('IM-4.10')),
  contract_exit_clause: guardOf(clause('IM-4.14')),
  contract_purchase_unpaid: guardOf(clause('IM-7.4-b')),
  exit_clause: guardOf(clause('IM-7.8')),
  exit_outcome: guardOf(clause('IM-7.9')),
};

/** The error as the catalogue has it; any other as it came. */
export function toldOfTenancy(error: unknown, field: string): unknown {
  const [code, of, detail] = REFUSALS[refusedBy(error) ?? ''] ?? [];
  const said = code ? new HubError(code, of || field, detail) : error;
  return said instanceof HubError ? (CARRIED[refusedBy(error) ?? '']?.refuse(said) ?? said) : said;
}
