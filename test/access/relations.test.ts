import { buildSchema } from 'graphql';
import { ROLES, type Role } from '../../src/access/viewer';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { openStage, UNCOUNTED, type Asked, type Stage } from '../server/support/stage';
import { addPartner, registerText } from '../support/partners';
import { ACTIONS, documentOf, FOLLOWING, OPERATIONS, type Operation } from './support/operations';
import { recordsIn, type Records } from './support/records';

/**
 * Where an office stands to a record, and whether it reaches it: its own region and what lies below, predecessors that were
 * recoded into these included (architecture.md §2, 4), and nothing above, beside or elsewhere. 152701 became 150602 in 2001.
 */
const RELATIONS = {
  own: { office: '150402', record: '150402', reaches: true },
  above: { office: '1504', record: '150402', reaches: true },
  'far above': { office: '15', record: '150402', reaches: true },
  'below it': { office: '150402', record: '1504', reaches: false },
  sibling: { office: '150426', record: '150402', reaches: false },
  elsewhere: { office: '450102', record: '150402', reaches: false },
  'successor of its region': { office: '150602', record: '152701', reaches: true },
  'above the successor': { office: '1506', record: '152701', reaches: true },
  'beside the successor': { office: '150621', record: '152701', reaches: false },
  'predecessor of its region': { office: '152701', record: '150602', reaches: false },
} as const;
type Relation = keyof typeof RELATIONS;

let stage: Stage;
const records = new Map<string, Records>();
beforeAll(async () => {
  stage = await openStage({ settings: UNCOUNTED });
  for (const { record, office } of Object.values(RELATIONS)) {
    if (!records.has(record)) records.set(record, await recordsIn(stage, record));
    await addPartner(stage.base, `partner-${office}`, { regions: [office] }).catch(() => undefined); // known already
  }
});
afterAll(() => stage.close());

const schema = buildSchema(committedSupergraph(), { assumeValid: true, assumeValidSDL: true });

describe('the table of operations', () => {
  it('names every operation there is', () => {
    const fields = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!].flatMap((root) =>
      Object.keys(root.getFields()),
    );
    const named = [...Object.keys(OPERATIONS), ...Object.keys(ACTIONS), 'crossCheckProgress'];
    expect(named.sort()).toEqual(fields.sort());
  });
});

const CASES = ROLES.flatMap((role) =>
  (Object.keys(RELATIONS) as Relation[]).map((relation) => [role, relation] as const),
);

describe.each(ROLES)('a %s', (role) => {
  it.each(CASES.filter(([one]) => one === role).map(([, relation]) => relation))(
    'whose office is %s: every operation does what the table says',
    async (relation) => {
      const { office, record, reaches } = RELATIONS[relation];
      const on = records.get(record)!;
      const [seen, expected]: Record<string, string>[] = [{}, {}];
      for (const operations of [OPERATIONS, ACTIONS])
        for (const [name, operation] of Object.entries(operations))
          expected![name] = due(name, operation, role, reaches, record);
      for (const [kind, group] of GROUPS) {
        const answer = await ask(
          role,
          office,
          on,
          documentOf(
            kind,
            group.map(([, operation]) => operation),
          ),
        );
        for (const [name] of group) seen![name] = outcomeOf(name, answer, on);
        if (!reaches) expect(Object.values(on).filter((id) => id !== record && answer.text.includes(id))).toEqual([]);
      }
      seen!['crossCheckProgress'] = await followed(role, office, on);
      expected!['crossCheckProgress'] = due('crossCheck', FOLLOWING, role, reaches, record);
      expect(seen).toEqual(expected);
    },
  );
});

/** One document for all that may be null, one for each that would null the others. */
const LISTS = [
  ...['households', 'identityMatches', 'overdueAnswers', 'evidenceTasks', 'annualReviews', 'exitCases', 'inspections'],
  ...['detectionFindings'],
  ...['changes', 'applications', 'waitingList', 'waitingExceptions', 'waitingDifferences', 'dwellings'],
  ...['notices', 'overdueNotices'],
  ...['archiveEntries', 'archiveFindings', 'spotChecks', 'procedureFindings'],
  ...['supervisionFindings', 'supervisionMatters', 'petitions', 'approvalPublicities'],
  ...['allocationProcedures', 'allocationBatches'],
  ...['allotments', 'contracts', 'tenancySteps', 'rentEntries', 'arrears', 'violations'],
];
const ALONE = [
  ...LISTS,
  'securityStatus',
  'signalRecord',
  'changeWatch',
  'rectifications',
  'formTemplates',
  'requestCrossCheck',
  'treasury',
  'contractTemplates',
  'remitRent',
];
const groupsOf = (kind: 'query' | 'mutation', operations: Readonly<Record<string, Operation>>) => {
  const all = Object.entries(operations);
  const alone = all.filter(([name]) => ALONE.includes(name)).map((one) => [one]);
  return [all.filter(([name]) => !ALONE.includes(name)), ...alone].map((group) => [kind, group] as const);
};
const GROUPS = [...groupsOf('query', OPERATIONS), ...groupsOf('mutation', ACTIONS)];

function due(name: string, { roles, within, beyond }: Operation, role: Role, reaches: boolean, record: string): string {
  if (!roles.includes(role)) return 'FORBIDDEN';
  /* Of cross-checks a partner sees its own, and this is an officer's. */
  if (role === 'PARTNER_SYSTEM' && name === 'crossCheck') return beyond;
  /* Files are brought into counties that are in force. */
  if (name === 'importHouseholds' && reaches && record === '152701') return 'INVALID_INPUT region';
  return reaches ? within : beyond;
}

async function claimsOf(role: Role, office: string, on: Records, text: string) {
  if (role !== 'PARTNER_SYSTEM')
    return { role, region: office, ...(role === 'APPLICANT_SELF' ? { person: on.person } : {}) };
  await registerText(stage.base, `partner-${office}`, text).catch(() => undefined); // registered already
  return { role, region: undefined, client_id: `partner-${office}` };
}

const ask = async (role: Role, office: string, on: Records, query: string): Promise<Asked> =>
  stage.ask(query, { claims: await claimsOf(role, office, on, query), variables: { ...on } });

/** `shown`, `empty`, or the fault with its field. A list may show other rows: what counts is the record's. */
function outcomeOf(
  name: string,
  { data, errors }: Asked,
  {
    household,
    match,
    change,
    application,
    entry,
    dwelling,
    allotment,
    contract,
    archiveFile,
    notice,
    allocationBatch,
    allocationProcedure,
    petition,
  }: Records,
): string {
  const fault =
    errors.find(({ path }) => (path as string[] | undefined)?.[0] === name) ?? (data ? undefined : errors[0]);
  if (fault) return [fault.extensions['code'], fault.extensions['field']].filter(Boolean).join(' ');
  const value = data?.[name] as { nodes?: unknown[] } | null | undefined;
  const isList = LISTS.includes(name);
  const isThere = isList
    ? [
        ...[household, match, change, application, entry, dwelling, allotment, contract, archiveFile, notice, petition],
        ...[allocationBatch, allocationProcedure],
      ].some((id) => JSON.stringify(value).includes(id))
    : value && value.nodes?.length !== 0;
  return isThere ? 'shown' : 'empty';
}

async function followed(role: Role, office: string, on: Records): Promise<string> {
  const query = documentOf('subscription', [FOLLOWING]);
  const accept = { accept: 'text/event-stream' };
  const claims = await claimsOf(role, office, on, query);
  const response = await fetch(`${stage.url}/graphql`, {
    method: 'POST',
    headers: {
      ...accept,
      'content-type': 'application/json',
      authorization: `Bearer ${await stage.issuer.mint(claims)}`,
    },
    body: JSON.stringify({ query, variables: on }),
  });
  const text = await response.text();
  const body = JSON.parse(/^data: (\{.*\})$/m.exec(text)?.[1] ?? text) as {
    data?: Asked['data'];
    errors?: Asked['errors'];
  };
  return outcomeOf(
    'crossCheckProgress',
    { data: body.data ?? null, errors: body.errors ?? [] } as unknown as Asked,
    on,
  );
}
