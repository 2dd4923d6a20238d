/** A question the public may ask. */
export interface PublicDocument {
  readonly id: string;
  /** What it tells, for a person (Chinese). */
  readonly title: string;
  readonly query: string;
}

/** Everything the public door answers; a new one is a line here. */
export const publicDocuments: readonly PublicDocument[] = [
  {
    id: 'registered-objects',
    title: '已登记的保障对象：申请人姓名、公民身份号码（已隐蔽）、申请住房保障类型、登记日期',
    query: `query RegisteredObjects($region: String!, $first: Int, $after: String) {
  registeredObjects(region: $region, first: $first, after: $after) {
    nodes { rowNumber applicantName citizenIdMasked securityType registrationDate }
    pageInfo { hasNextPage endCursor }
  }
}`,
  },
  {
    id: 'allocation-procedures',
    title: '经同级人民政府批准的住房保障资源分配程序：全文、拟定依据、环节、批准机关、文号与日期、施行期间',
    query: `query AllocationProcedures($region: String!, $first: Int, $after: String) {
  approvedAllocationProcedures(region: $region, first: $first, after: $after) {
    nodes { regionCode version title text legalBasis steps approvingBody documentNumber approvedOn validFrom validTo }
    pageInfo { hasNextPage endCursor }
  }
}`,
  },
  {
    id: 'approved-households',
    title:
      '已批准并配租配售的保障对象：姓名（隐去名字）、家庭人口、人均月收入区间、配租配售面积区间（规程要求公布收入、面积；以区间公布是隐私保护选择）',
    query: `query ApprovedHouseholds($region: String!, $first: Int, $after: String) {
  approvedHouseholds(region: $region, first: $first, after: $after) {
    nodes { rowNumber applicantName population incomeBand incomeWithheld areaBand areaWithheld }
    pageInfo { hasNextPage endCursor }
  }
}`,
  },
];
