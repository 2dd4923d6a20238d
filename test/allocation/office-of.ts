import type { Asked, Stage } from '../server/support/stage';

/** A county of Guangxi, where 规程 7.2.2 demands four steps, and its city; another county of the city, and two of Inner Mongolia. */
export const [COUNTY, CITY, BESIDE, FAR, UNRULED] = ['450102', '4501', '450103', '150426', '150402'] as const;
export const GOVERNMENT: Readonly<Record<string, string>> = {
  [COUNTY]: '南宁市兴宁区人民政府',
  [CITY]: '南宁市人民政府',
  [BESIDE]: '南宁市青秀区人民政府',
  [FAR]: '翁牛特旗人民政府',
  [UNRULED]: '红山区人民政府',
};

export interface Procedure {
  readonly id: string;
  readonly version: number;
  readonly edition: number;
  readonly state: string;
  readonly validTo: string | null;
}
export interface Check {
  readonly basis: string;
  readonly step: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly against: string | null;
  readonly observedDays: number | null;
  readonly requiredDays: number | null;
  readonly rule: string | null;
  readonly citation: string | null;
}
export interface Batch {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly procedure: { readonly id: string };
  readonly steps: readonly { readonly step: string; readonly onDay: string | null; readonly takenBy: string }[];
  readonly outcome: string;
  readonly checks: readonly Check[];
}

const PROCEDURE = 'id version edition state validTo';
const CHECKS = 'outcome checks { basis step outcome reason against observedDays requiredDays rule citation }';
const BATCH = `id version state procedure { id } steps { step onDay takenBy } ${CHECKS}`;

export const BASIS = [{ title: '公共租赁住房管理办法', documentNumber: '住房城乡建设部令第11号', article: '第十二条' }];
export const STEPS = ['ANNOUNCE_DWELLINGS', 'ACCEPT_REGISTRATION', 'PUBLICISE_QUALIFIED', 'DRAW', 'SIGN_CONTRACTS'];
export const EVIDENCE = { evidenceHash: 'a'.repeat(64) };

/** `CODE field` of each refusal; nothing where it was done. */
export const told = ({ errors }: Asked): string =>
  errors.map(({ extensions: { code, field } }) => (field ? `${String(code)} ${String(field)}` : String(code))).join();

/** The housing office of a region over HTTP. */
export function officeOf(stage: Stage, region: string) {
  const role = region.length === 4 ? 'CITY_HOUSING' : 'COUNTY_HOUSING';
  const sub = `officer of ${region}`;
  const act = (verb: string, type: string, shown: string, input: object): Promise<Asked> =>
    stage.ask(`mutation ($input: ${type}!) { ${verb}(input: $input) { ${shown} } }`, {
      ...{ claims: { role, region, sub }, variables: { input } },
    });
  const done = async <T>(asked: Promise<Asked>): Promise<T> => {
    const { data, errors } = await asked;
    expect(errors).toEqual([]);
    return Object.values(data!)[0] as T;
  };
  const draft = (more: object = {}) =>
    act('draftAllocationProcedure', 'DraftAllocationProcedureInput', PROCEDURE, {
      ...{ region, title: '住房保障资源分配程序', text: '第一条 公开、公平、公正。', legalBasis: BASIS, steps: STEPS },
      ...more,
    });
  const on = ({ id: procedureId, edition }: Procedure) => ({ procedureId, edition });
  const submit = (procedure: Procedure) =>
    act('submitAllocationProcedure', 'OnAllocationProcedureInput', PROCEDURE, on(procedure));
  const approve = (procedure: Procedure, more: { readonly validFrom: string; readonly [name: string]: string }) =>
    act('recordProcedureApproval', 'RecordProcedureApprovalInput', PROCEDURE, {
      ...{ ...on(procedure), approvingBody: GOVERNMENT[region], documentNumber: '政函〔2026〕1号' },
      ...{ approvedOn: more.validFrom, ...more },
    });
  const open = (procedure: Procedure, name: string) =>
    act('openAllocationBatch', 'OpenAllocationBatchInput', BATCH, { ...on(procedure), name });
  const record = ({ id: batchId, version }: Batch, step: string, more: object) =>
    act('recordAllocationStep', 'RecordAllocationStepInput', BATCH, { batchId, version, step, ...EVIDENCE, ...more });
  const close = ({ id: batchId, version }: Batch) =>
    act('closeAllocationBatch', 'OnAllocationBatchInput', BATCH, { batchId, version });
  return {
    ...{ draft, submit, approve, open, record, close, done },
    /** A version with these steps, approved and in force from a day on. */
    async approved(validFrom: string, steps: readonly string[] = STEPS): Promise<Procedure> {
      const drafted = await done<Procedure>(draft({ steps }));
      return done(approve(await done<Procedure>(submit(drafted)), { validFrom }));
    },
    /** A batch on it, with steps taken on days in the order in which they are given; null is an unknown day. */
    async ran(
      procedure: Procedure,
      name: string,
      taken: readonly (readonly [step: string, day: string | null])[],
    ): Promise<Batch> {
      let batch = await done<Batch>(open(procedure, name));
      for (const [step, onDay] of taken) batch = await done<Batch>(record(batch, step, { onDay }));
      return batch;
    },
  };
}
