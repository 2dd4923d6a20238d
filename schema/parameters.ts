/*
 * 参数目录: every number that a document of law or of local government gives, declared once: what it means, its unit, what
 * values it can have at all, and what the hub's own default rests on. The numbers themselves are rows of `parameter`.
 * How old an answer may be is no parameter: a connector declares it (`maxAge`).
 */

/** Whole numbers of: cm², fen, ten-thousandths, years, months, days, working days, digits, 0 or 1, points, and times. */
export const PARAMETER_UNITS = [
  'cm2',
  'fen',
  'bp',
  'year',
  'month',
  'day',
  'working-day',
  'digit',
  'flag',
  'point',
  'time',
] as const;
export type ParameterUnit = (typeof PARAMETER_UNITS)[number];

export interface ParameterDeclaration {
  /** What it means, Chinese. */
  readonly title: string;
  readonly unit: ParameterUnit;
  /** Least and greatest value that is no slip of the pen. */
  readonly least: number;
  readonly greatest: number;
  /** Document that the default rests on; null where no text gives one and each region sets its own. */
  readonly source: string | null;
}

type Row = readonly [
  code: string,
  title: string,
  unit: ParameterUnit,
  least: number,
  greatest: number,
  source: string | null,
];

const LOW_RENT = '廉租住房保障办法（建设部令第162号）第十七条';
const GUANGXI = '广西住房保障资源配置监管规程7.2.2';
const PUBLIC_RENTAL = '公共租赁住房管理办法（住房城乡建设部令第11号）';

const ROWS: readonly Row[] = [
  ['adult-age.years', '成年年龄', 'year', 1, 100, '民法典第十七条'],
  ['evidence.working-days', '补证任务的办理期限', 'working-day', 1, 120, null],
  ['admission.zone-is-districted', '统计区等适用的审核流程（0 旗县流程，1 设区城市流程）', 'flag', 0, 1, null],
  ['allocation.announce-required', '分配：受理报名前须公开待分配房源', 'flag', 0, 1, `${GUANGXI}(1)`],
  ['allocation.applicants-required', '分配：抽签摇号、选房前须公开申请对象', 'flag', 0, 1, `${GUANGXI}(2)`],
  ['allocation.publicity-days', '分配：公示租购资格至签订合同的最少整日数', 'day', 1, 365, null],
  ['allocation.publicity-required', '分配：选房、签订合同前须公示租购资格', 'flag', 0, 1, `${GUANGXI}(3)`],
  ['allocation.remainder-required', '分配：批次结束须公布剩余房源', 'flag', 0, 1, `${GUANGXI}(4)`],
  ['allotment.answer-days', '配租配售通知的答复期限', 'day', 1, 365, null],
  ['answer-reminder.working-days', '应答到期前几个工作日催办', 'working-day', 0, 60, null],
  /* Of one source each: answer-within.property. */
  ['answer-within.*', '来源应答期限', 'working-day', 1, 250, null],
  ['appeal.days', '对不予批准的申诉期限', 'day', 1, 365, null],
  ['approval.area-step-cm2', '审批结果公开：面积区间的宽度', 'cm2', 10_000, 2_000_000, null],
  ['approval.area-wide-step-cm2', '审批结果公开：同类过少时面积区间的宽度', 'cm2', 10_000, 2_000_000, null],
  ['approval.income-band-1-fen', '审批结果公开：人均月收入第一区间的上限', 'fen', 1, 100_000_000, null],
  ['approval.income-band-2-fen', '审批结果公开：人均月收入第二区间的上限', 'fen', 1, 100_000_000, null],
  ['approval.listed-days', '审批结果公开：自接受配租配售起公开的天数', 'day', 1, 365, null],
  ['archive.electronic-years', '电子档案在保障终止后保存的年数（0 为永久）', 'year', 0, 200, null],
  ['archive.filing-days', '档案材料自收集起须归档的天数', 'day', 1, 730, null],
  ['archive.paper-years', '纸质档案在保障终止后保存的年数（0 为永久）', 'year', 0, 200, null],
  ['arrears.months', '累计欠缴租金月数', 'month', 1, 60, `${PUBLIC_RENTAL}第二十九至三十一条`],
  ['change.recheck-working-days', '发现变动后开展复核的期限', 'working-day', 0, 250, null],
  ['complaint.verification-days', '举报核查期限', 'day', 1, 365, null],
  ['contract.deposit-fen', '租赁合同押金', 'fen', 0, 100_000_000, null],
  ['contract-term.years', '租赁合同最长期限', 'year', 1, 20, `${PUBLIC_RENTAL}第十八条`],
  ['correction.working-days', '来源更正记录的期限', 'working-day', 1, 120, '政务数据共享条例第二十六条'],
  ['death-register.police-prevails', '死亡登记不一致时以何者为准（0 民政部门，1 公安机关）', 'flag', 0, 1, null],
  ['deposits.checked', '年审、复核是否查核家庭存款（0 不查核，1 查核）', 'flag', 0, 1, null],
  ['entrant-recheck.working-days', '配租前复审期限', 'working-day', 1, 250, `${PUBLIC_RENTAL}第十二至十四条`],
  ['exit.vacate-days', '腾退期限', 'day', 1, 365, null],
  ['high-end-vehicle.price-fen', '高档车辆价格标准', 'fen', 0, 1_000_000_000, null],
  ['housing.per-head-area-cm2', '人均住房建筑面积限值', 'cm2', 0, 2_000_000, null],
  ['hukou.local-code-digits', '视为本地户籍的区划代码位数', 'digit', 2, 12, null],
  ['hukou.non-local-admitted', '是否接受非本地户籍申请', 'flag', 0, 1, null],
  ['hukou.years', '本地户籍最低年限', 'year', 0, 50, null],
  ['income.deviation-bp', '申报收入与推算收入允许偏差', 'bp', 0, 10_000, null],
  ['income.per-head-monthly-fen', '人均月收入限值', 'fen', 0, 100_000_000, null],
  ['notice.attempts', '告知：发送失败几次转书面送达', 'time', 1, 100, null],
  ['notice.paper-working-days', '告知：书面送达的期限', 'working-day', 0, 120, null],
  ['notice.working-days', '告知审批、复核结果的期限', 'working-day', 0, 120, null],
  ['publication.working-days', '信息公开期限', 'working-day', 1, 250, '政府信息公开条例第二十六条'],
  ['publicity.stage-1-days', '初审公示天数', 'day', 1, 365, null],
  ['publicity.stage-2-days', '复审公示天数', 'day', 1, 365, null],
  ['publicity.stage-3-days', '终审公示天数', 'day', 1, 365, LOW_RENT],
  ['reapply-bar.years', '违规后不得再次申请年限', 'year', 0, 50, `${PUBLIC_RENTAL}第三十五、三十六条`],
  ['renewal.ask-months', '租赁期满前几个月申请续租', 'month', 0, 24, null],
  ['renewal.opens-months', '租赁期满前几个月起可申请续租', 'month', 1, 60, null],
  ['rent.low-rent-fen-per-m2', '廉租住房每平方米月租金', 'fen', 1, 1_000_000, null],
  ['rent.market-fen-per-m2', '市场每平方米月租金', 'fen', 1, 1_000_000, null],
  ['rent.public-rental-fen-per-m2', '公共租赁住房每平方米月租金', 'fen', 1, 1_000_000, null],
  ['review.civil-affairs-days', '民政审核期限', 'day', 1, 365, LOW_RENT],
  ['review.declaration-working-days', '年审申报期限', 'working-day', 1, 250, null],
  ['review.housing-days', '住房保障部门审核期限', 'day', 1, 365, LOW_RENT],
  ['review.interval-months', '年审间隔', 'month', 1, 60, '内蒙古通知七'],
  ['review.objection-days', '年审决定的异议期', 'day', 1, 365, null],
  ['review.street-days', '街道（乡镇）初审期限', 'day', 1, 365, LOW_RENT],
  [
    'sale.restricted-years',
    '配售住房不得上市交易的年限',
    'year',
    0,
    50,
    '经济适用住房管理办法（建住房〔2007〕258号）第三十条',
  ],
  ['vacancy.months', '连续空置月数', 'month', 1, 60, '内蒙古通知七'],
  ['waiting.points-choice', '轮候：所选位置、户型可满足的得分', 'point', 1, 100_000, null],
  ['waiting.points-funds', '轮候：保障资金可满足的得分', 'point', 1, 100_000, null],
  ['waiting.points-housing', '轮候：住房困难程度最高得分', 'point', 1, 100_000, null],
  ['waiting.points-income', '轮候：收入状况最高得分', 'point', 1, 100_000, null],
  ['waiting.points-year', '轮候：自批准起每满一年得分', 'point', 1, 100_000, null],
  ['objector.tell-working-days', '启封异议人身份后告知其本人的期限', 'working-day', 1, 60, null],
  ['publicity.gap-restarts', '网上公示中断后是否重新计算：1 重新，0 顺延', 'flag', 0, 1, null],
  ['waiting.refusal-limit', '轮候：放弃几次退出', 'time', 1, 100, null],
  ['waiting.years', '轮候最长年限', 'year', 1, 50, `${PUBLIC_RENTAL}第十条`],
  ['watch.interval-days', '变动监测间隔', 'day', 1, 365, null],
  ['watch.reply-working-days', '变动告知后的答复期限', 'working-day', 1, 120, null],
  ['what-if.max-age-days', '试算报告有效天数', 'day', 1, 365, null],
];

/** By code, in the order of the codes. A code that ends in `.*` is declared for every source. */
export const PARAMETERS: ReadonlyMap<string, ParameterDeclaration> = new Map(
  ROWS.map(([code, title, unit, least, greatest, source]) => [code, { title, unit, least, greatest, source }]),
);

/** What is declared of a code; undefined where nothing is. */
export const parameterDeclared = (code: string): ParameterDeclaration | undefined =>
  code.endsWith('*') ? undefined : (PARAMETERS.get(code) ?? PARAMETERS.get(code.replace(/\.[a-z-]+$/, '.*')));
