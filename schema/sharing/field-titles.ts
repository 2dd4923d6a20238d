/** What a person reads in the list of looks at it: every field that the read log can name, by source. */
export const FIELD_TITLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  housing: {
    name: '姓名',
    birthDate: '出生日期',
    idNumber: '公民身份号码',
    declaredName: '申报姓名',
    declaredIncomeFen: '申报的家庭月收入',
    identityMatch: '疑似同一人的核实',
    applicationStep: '申请的办理记录',
    objection: '公示异议及答复',
    applicationEntry: '申请表所填内容',
    applicationDocument: '申请材料目录',
    file: '申请材料原件',
    notice: '告知内容',
  },
  sharing: {
    signature: '授权书签名',
    evidenceTask: '待补充的证明',
    decision: '审核决定及理由',
    paperEvidence: '人工证据',
    factContest: '存疑及理由',
  },
  report: {
    at: '核对报告的出具时间',
    version: '核对报告的版次',
    final: '核对报告是否终稿',
    canonical: '核对报告全文',
    hash: '核对报告的校验值',
    signature: '核对报告的签章',
    conclusion: '核对结论',
    findings: '核对事项及结果',
    sources: '各来源的应答情况',
  },
  'read-log': { accesses: '查阅记录' },
  property: { units: '不动产单元', ownedAreaCm2: '名下房屋面积合计' },
  vehicle: {
    vehicles: '名下机动车',
    dearestVehicleFen: '价格最高的机动车的价格',
    unpricedVehicles: '未载价格的机动车数量',
  },
  'civil-affairs': {
    marriageStatus: '婚姻状况',
    spouseIdNumber: '配偶公民身份号码',
    spouseName: '配偶姓名',
    deceasedOn: '死亡登记日期',
    allowanceClass: '社会救助类别',
    allowanceValidUntil: '社会救助有效期',
    incomeClass: '收入认定类别',
    perHeadMonthlyFen: '认定的人均月收入',
    determinationValidUntil: '收入认定有效期',
  },
  police: {
    nameMatch: '姓名与户籍登记是否一致',
    hukouPlace: '户口所在地',
    hukouKind: '户口类别',
    hukouSince: '户口迁入日期',
    deceasedOn: '死亡登记日期',
    cancelledOn: '户口注销日期',
    minorChildren: '登记的未成年子女人数',
  },
  'provident-fund': {
    accountStatus: '公积金账户状态',
    monthsPaid: '公积金缴存月数',
    monthlyContributionFen: '公积金月缴存额',
    ratioBp: '公积金缴存比例',
    baseFen: '公积金缴存基数',
    lastPaidMonth: '公积金最近缴存月份',
  },
};

/** Sources of our own; an agency's bears the agency's name. */
export const SOURCE_TITLES: Readonly<Record<string, string>> = {
  housing: '住房保障档案',
  sharing: '授权书',
  report: '核对报告',
  'read-log': '查阅记录',
};

export const ROLE_TITLES: Readonly<Record<string, string>> = {
  COMMUNITY_WORKER: '社区居民委员会经办人',
  STREET_OFFICER: '街道（乡镇、苏木）经办人',
  COUNTY_HOUSING: '县级住房保障部门',
  CITY_HOUSING: '设区的市（盟）住房保障部门',
  REGION_HOUSING: '自治区住房保障部门',
  CIVIL_AFFAIRS: '民政部门',
  POLICE: '公安机关',
  FINANCE: '财政部门',
  AUDITOR: '审计机关',
  DISCIPLINE: '纪检监察机关',
  OPERATING_UNIT: '受委托运营单位',
  PARTNER_SYSTEM: '合作部门系统',
  DASHBOARD: '统计系统',
  APPLICANT_SELF: '本人',
  OPERATOR: '系统运维人员',
};

export const CASE_KIND_TITLES: Readonly<Record<string, string>> = {
  APPLICATION: '申请',
  ANNUAL_REVIEW: '年审',
  RE_CHECK: '复核',
};
