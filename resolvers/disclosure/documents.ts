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
];
