/**
 * The one catalogue of faults. A refusal by law is data (a finding); what stands here is a fault of a request or of us.
 * Mirrored in docs/errors.md by `npm run docs`; a test compares the two.
 */
interface Fault {
  /** HTTP status when the whole request is refused for it. */
  readonly http: number;
  /** What is wrong, for a person (Chinese). Never contains a person's value. */
  readonly message: string;
  /** What to do about it, for a person (Chinese). */
  readonly remedy: string;
}

const fault = (http: number, message: string, remedy: string): Fault => ({ http, message, remedy });

export const FAULTS = {
  MALFORMED_REQUEST: fault(400, '请求格式不正确', '请按 application/json 发送合法的 JSON，含 query 字段'),
  REQUEST_TOO_LARGE: fault(413, '请求体过大', '请分批提交；导入文件不超过 5 MB'),
  UNSUPPORTED_MEDIA_TYPE: fault(415, '请求的内容类型不受支持', '请使用 Content-Type: application/json'),
  UNKNOWN_PATH: fault(404, '地址不存在', '接口地址为 /graphql 与 /public/graphql'),
  METHOD_NOT_ALLOWED: fault(405, '此地址不接受该请求方法', '请按 Allow 响应头所列方法请求'),
  INVALID_QUERY: fault(400, 'GraphQL 查询不合法', '请对照 schema 检查字段、参数和语法'),
  INVALID_INPUT: fault(400, '输入项不合法', '请按字段说明更正后重试'),
  INVALID_ID_NUMBER: fault(400, '公民身份号码不合法', '请核对 15/18 位号码及校验位（GB 11643）'),
  UNKNOWN_REGION: fault(400, '行政区划代码不存在', "请使用 GB/T 2260 代码，如 '15'、'1504'、'150402'"),
  INVALID_CURSOR: fault(400, '分页游标无效', '请使用上一页返回的 endCursor，且保持筛选条件不变'),
  PAGE_TOO_LARGE: fault(400, '分页数量超出范围', 'first 应在 1 至 200 之间'),
  TOO_MANY_HOUSEHOLDS: fault(400, '核对家庭数超出上限', '每次核对 1 至 10000 户，请分批提交'),
  QUERY_TOO_COSTLY: fault(400, '查询过于复杂', '请减少嵌套层数、别名、指令或分页数量，限额见 docs/limits.md'),
  LIST_TOO_LONG: fault(400, '列表或变量的项数超出上限', '请分批提交，限额见 docs/limits.md'),
  REQUEST_TIMEOUT: fault(408, '请求未在规定时间内发完', '请检查网络后重新发送完整的请求'),
  HEADERS_TOO_LARGE: fault(431, '请求头过大', '请减少请求头，总长不超过 16 KB'),
  UNKNOWN_DOCUMENT: fault(404, '未登记的公开查询', '公开接口只回答固定文档，见 /public/documents'),
  URI_TOO_LONG: fault(414, '请求地址过长', '公开查询的地址至多 2048 个字符，请缩短 variables'),
  CLIENT_REFUSED: fault(
    401,
    '共享方身份未获确认',
    '请用已登记的密钥签署新的客户端断言（private_key_jwt），见 docs/how-to/connect-a-partner.md',
  ),
  MALFORMED_TOKEN_REQUEST: fault(
    400,
    '令牌请求不合法',
    '请以 application/x-www-form-urlencoded 提交 grant_type=client_credentials、client_assertion_type 与 client_assertion，各一次',
  ),
  DOCUMENT_NOT_REGISTERED: fault(403, '查询文档未登记', '共享方只能执行已登记的文档，文本有任何改动须重新登记'),
  GRANT_NOT_IN_FORCE: fault(
    403,
    '共享授权不在有效期内',
    '该目的的共享授权尚未生效、已到期或已撤销，请向数据提供方申请',
  ),
  ROW_CAP_EXCEEDED: fault(403, '涉及人数超出登记的行数上限', '请缩小一次请求的范围，或申请更高的行数上限'),
  DAILY_BUDGET_SPENT: fault(429, '今日可查询的人数已用完', '请按 Retry-After 于次日再查，或申请更高的每日人数'),
  UNAUTHENTICATED: fault(401, '未登录或令牌无效', '请携带有效的 OIDC 访问令牌：Authorization: Bearer …'),
  FORBIDDEN: fault(403, '无权执行此操作', '请使用具备相应角色的账号，或向上级申请授权'),
  NOT_FOUND: fault(404, '记录不存在或不在您的管辖范围', '请核对编号；跨区域事项请向所属地查询'),
  PURPOSE_REQUIRED: fault(403, '缺少查询目的', '请先立案并登记授权书，再携带 x-purpose 令牌'),
  PURPOSE_DEAD: fault(403, '查询目的已失效', '案件已结或授权书已终止，请重新登记授权书'),
  LETTER_NOT_COVERING: fault(403, '授权书未覆盖该成员或来源', '请补签授权书后再查询'),
  CASE_ALREADY_OPEN: fault(409, '该家庭已有未办结的同类案件', '请在原案件中办理，或办结后另立新案'),
  CASE_CLOSED: fault(409, '案件已经办结', '请为该家庭另立新案'),
  REPORT_STALE: fault(
    409,
    '该案件没有这份报告，或已有更新的核对报告',
    '请阅读最新一版核对报告后，依据其校验值重新办理',
  ),
  DECISION_UNFOUNDED: fault(
    409,
    '核对报告的结论不支持该决定',
    '批准须结论为符合；不予批准须有不通过的判定；待补证的请先办结补证任务',
  ),
  EVIDENCE_NOT_CALLED_FOR: fault(
    409,
    '该事项的判定不以人工证据补正',
    '人工证据只补待核实、矛盾的事项；不通过的请由来源更正，已有有效或待复核证据的请先办结',
  ),
  PROHIBITION_NOT_WAIVABLE: fault(
    409,
    '禁止性规定不得以人工证据认定通过',
    '请等待来源答复或由来源更正记录；对记录有异议的请提出存疑',
  ),
  SECOND_PERSON_REQUIRED: fault(409, '提交人不得自行复核', '请由另一名有权人员确认或不予采信'),
  EVIDENCE_EXPIRED: fault(
    409,
    '人工证据已经到期',
    '请重新核对，或另行提交有效的证据并由另一人确认，再依据新的报告办理',
  ),
  NOTHING_TO_CONTEST: fault(409, '报告没有可以存疑的记录', '存疑针对来源已作出的应答；没有应答的请等待来源答复'),
  ALREADY_CONTESTED: fault(409, '该记录已在存疑中', '请等待来源更正后的应答，或先撤回原存疑'),
  CONTEST_ENDED: fault(409, '存疑已经终止', '来源已重新应答或已撤回；仍有异议的请另行提出'),
  ALREADY_DECIDED: fault(409, '该案件已依据这份报告作出决定', '如情况有变请重新核对，新的报告使原决定失效'),
  PARAMETER_UNSET: fault(409, '该地区没有在用的此项参数', '请先登记有文号的参数（npm run hub -- parameters load）'),
  ALREADY_WATCHED: fault(409, '该家庭已有未办结的同类巡查', '请在原巡查中登记，或先办结原巡查'),
  NOT_CONSULTED: fault(409, '尚未商民政部门，或未听取当事人意见', '请先登记会商意见并听取意见，再作出该决定'),
  STALE_VERSION: fault(409, '已被他人办理，版本不是最新', '请重新读取，核对后以其最新版本办理'),
  APPLICATION_INCOMPLETE: fault(409, '申请材料不齐全', '请一次补齐所列事项，或由申请人撤回'),
  WRONG_LEVEL: fault(403, '该步骤不由本级办理', '请按审核流程由相应层级的部门办理（通知三：三审三公示）'),
  OPINION_MISSING: fault(409, '会同审核部门的意见尚未登记', '请先登记该部门的意见，再作出审核结论'),
  APPEAL_LATE: fault(409, '申诉期限已过', '如情况有变，请重新提出申请'),
  PUBLICITY_RUNS: fault(409, '公示期未满', '公示期不得缩短，期满后由平台自动转入下一环节'),
  PUBLICITY_TAKEN_DOWN: fault(
    410,
    '公示已经结束，公示内容已撤下',
    '公示期内方可查看；对结果有疑问请向住房保障主管部门咨询',
  ),
  PUBLICITY_OVER: fault(409, '公示已经结束，不再受理对该公示的异议', '请通过举报、信访渠道反映'),
  OBJECTION_OPEN: fault(409, '有异议尚未答复', '请先核实并答复全部异议'),
  OBJECTIONS_RUN: fault(409, '异议期未满', '请在异议期满且决定生效之日起执行'),
  DWELLING_RECORDED: fault(409, '该不动产单元已登记为保障性住房', '请核对不动产单元代码；同一套房只登记一次'),
  CONTRACT_REQUIRED: fault(409, '尚未签订合同，不得交付', '请先与运营管理单位或产权单位签订合同（通知四）'),
  RENEWAL_LATE: fault(409, '申请续租的期限已过', '合同期满后不再续租的须腾退；情况特殊的请按规定另行申请'),
  PERIOD_CLOSED: fault(409, '该月租金已经结清上缴，不再登记', '请以实际办理之日登记，或在当月说明'),
  FILE_TYPE_REFUSED: fault(415, '文件类型不受理', '只收 PDF、JPEG、PNG，按文件内容判定；压缩包与办公文档请另存为 PDF'),
  FILE_UNSAFE: fault(
    422,
    '文件不完整，或含有可执行内容、附件、加密、附带数据',
    '请重新扫描或另存为不加密、无脚本与附件的 PDF，或重新拍照',
  ),
  FILE_TOO_LARGE: fault(413, '文件过大', '请压缩扫描分辨率或分为几份提交，限额见 docs/limits.md'),
  FILES_FULL: fault(413, '该申请的材料已达上限', '请只提交所需材料，限额见 docs/limits.md；已撤回的材料仍计入'),
  FILE_BROKEN: fault(500, '存放的文件与登记的校验值不符，未予发送', '请凭 requestId 联系平台运维，并请申请人重新提交'),
  FILE_INFECTED: fault(
    422,
    '文件含有病毒，未予受理',
    '请勿打开该文件；请在无毒的设备上重新扫描或拍照后提交，并告知本单位网络安全人员',
  ),
  SCAN_SILENT: fault(503, '病毒扫描没有应答，文件未予受理', '请按 Retry-After 稍后重新提交；未经扫描的文件不视为无毒'),
  FILES_SILENT: fault(
    503,
    '文件库没有应答，未予受理或发送',
    '请按 Retry-After 稍后重新提交或重新读取；此前的提交未登记，不会重复',
  ),
  LEGAL_BASIS_MISSING: fault(
    409,
    '分配程序没有拟定依据',
    '请列明所依据的法律、法规、规章或住房保障管理规定及其文号，再报同级人民政府批准',
  ),
  NOT_SAME_LEVEL: fault(
    409,
    '批准机关不是同级人民政府',
    '请报本级人民政府（盟为行政公署）批准，登记其全称、文号与日期（规程 6.2.1(1)）',
  ),
  PROCEDURE_NOT_IN_FORCE: fault(
    409,
    '不是本区划经同级人民政府批准、正在施行的分配程序',
    '请登记同级人民政府的批准，待其施行后以施行中的版本开启批次',
  ),
  LETTER_INCOMPLETE: fault(400, '授权书不完整', '成年成员须本人签名，未成年人由监护人签名，并载明来源与期限'),
  LETTER_ENDED: fault(409, '授权书已经终止', '无需重复终止；如需继续核对请登记新授权书'),
  LETTER_IN_FORCE: fault(409, '授权书已经生效，签名不再变动', '如需变更请终止后另立授权书'),
  ILLEGAL_MOVE: fault(409, '当前状态下不能办理此事项', '请刷新后核对状态'),
  ONE_HOUSEHOLD_ONE_FILE: fault(409, '成员已在另一在册家庭', '一户一档：请先核实并办理成员变更'),
  MINOR_APPLICANT: fault(409, '申请人未成年', '不准以未成年人名义申请，请由成年家庭成员申请'),
  IDENTITY_AMBIGUOUS: fault(409, '同一身份号码登记了不同姓名', '请核对身份证件后更正姓名'),
  IDEMPOTENCY_CONFLICT: fault(409, '同一业务键对应了不同请求', '请更换 clientKey，或重发与首次完全相同的请求'),
  TOO_MANY_REQUESTS: fault(429, '请求过于频繁', '请按 Retry-After 等待后重试'),
  OVERLOADED: fault(503, '服务繁忙，本次请求未被处理', '请按 Retry-After 稍后重试'),
  SOURCE_FAULT: fault(502, '来源部门的应答有误', '已隔离该应答，请按 retryAt 重新询问'),
  SUBGRAPH_SILENT: fault(503, '部分服务暂时没有应答', '请按 Retry-After 稍后重试；其余字段不受影响'),
  NOT_READY: fault(503, '服务尚未就绪', '请按 Retry-After 稍后重试'),
  INTERNAL: fault(500, '系统内部错误', '请凭 requestId 联系平台运维'),
} as const satisfies Record<string, Fault>;

export type FaultCode = keyof typeof FAULTS;

/** A fault from the catalogue. `field` names the argument at fault; `detail` must never hold a person's value. */
export class HubError extends Error {
  readonly extensions: Record<string, unknown>;
  constructor(
    readonly code: FaultCode,
    readonly field?: string,
    readonly detail?: string,
  ) {
    super(detail ? `${FAULTS[code].message}：${detail}` : FAULTS[code].message);
    this.name = 'HubError';
    this.extensions = {
      code,
      ...(field ? { field } : {}),
      remedy: FAULTS[code].remedy,
      http: { status: FAULTS[code].http },
    };
  }
}
