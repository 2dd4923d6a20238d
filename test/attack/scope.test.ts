import { randomUUID } from 'node:crypto';
import { buildSchema, getNamedType, isObjectType, type GraphQLSchema } from 'graphql';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { publicSchema } from '../../src/server/public-schema';
import { checked, progressOf } from '../support/checks';
import { callsOf, elsewhereOf, forgetAnswers, honestFiles, officerOf, purposeOf, type File } from '../support/files';
import { plantMatch } from '../access/support/matches';
import { openRunningHub, type Asked, type RunningHub, type Who } from '../support/running-hub';

let running: RunningHub;
let files: File[];
let file: File;
beforeAll(async () => {
  running = await openRunningHub();
  files = await honestFiles(running);
  file = files[0]!;
});
afterAll(() => running.close());

const supergraph = buildSchema(committedSupergraph(), { assumeValid: true, assumeValidSDL: true });

/** Arguments of everything that can be asked, the acts of officers aside: who cannot name a value cannot probe for it. */
function argumentsOf(schema: GraphQLSchema): Set<string> {
  const mutations = schema.getMutationType();
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && type !== mutations && !type.name.startsWith('__'),
  );
  const fields = types.flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()) : []));
  return new Set(fields.flatMap(({ args }) => args.map(({ name, type }) => `${name}: ${getNamedType(type).name}`)));
}

describe('the schema', () => {
  it('takes ids, region codes, codes of ours and pages, and nothing to filter, sort, group or search by', () => {
    const known = ['id: ID', 'code: String', 'parent: String', 'region: String', 'first: Int', 'after: String'];
    const ofTheLog = ['person: ID', 'entryId: ID', 'from: Integer', 'to: Integer'];
    const ofTasks = ['state: EvidenceTaskState']; // open, done, overdue: of the tasks that one sees anyway
    const ofReviews = [
      'year: Int',
      'state: AnnualReviewState',
      'overdue: Boolean',
      'state: InspectionState',
      'state: ChangeState',
      ...['kind: DetectionKind', 'state: DetectionState'],
    ];
    const ofApplications = ['state: ApplicationState', 'round: Int'];
    const ofNotices = ['kind: NoticeKind', 'state: NoticeState'];
    const ofQueues = ['programme: Programme', 'state: WaitingState', 'overLimit: Boolean'];
    const ofArchives = [
      ...['dwelling: ID', 'validOn: Date', 'knownAt: DateTime', 'section: ArchiveSection', 'form: ArchiveForm'],
      'finding: ArchiveFindingKind',
    ]; // of the entries that one sees anyway
    const ofTenancies = [
      ...['state: DwellingState', 'state: AllotmentState', 'withoutContract: Boolean', 'state: ContractState'],
      ...['renewal: RenewalWindow', 'kind: ContractKind', 'of: ID', 'contract: ID', 'state: ViolationState'],
    ];
    const ofAllocations = ['state: AllocationBatchState']; // of the rounds that one sees anyway
    const ofMatches = ['tier: MatchTier', 'household: ID']; // of the matches that one sees anyway
    const all = [
      ...known,
      ...ofTheLog,
      ...ofTasks,
      ...ofReviews,
      ...ofApplications,
      ...ofQueues,
      ...ofArchives,
      ...ofTenancies,
      ...ofNotices,
      ...ofMatches,
      ...ofAllocations,
    ];
    expect([...argumentsOf(supergraph)].filter((argument) => !all.includes(argument))).toEqual([]);
  });

  it('of the public takes a region and a page, and holds no type but those of the roster', () => {
    const schema = publicSchema();
    expect([...argumentsOf(schema)].sort()).toEqual(['after: String', 'first: Int', 'region: String']);
    const types = Object.values(schema.getTypeMap()).filter(
      (type) => isObjectType(type) && !type.name.startsWith('__'),
    );
    expect(types.map(({ name }) => name).sort()).toEqual([
      ...['ApprovedAllocationProcedure', 'ApprovedAllocationProcedureConnection', 'ApprovedAllocationProcedureEdge'],
      ...['ApprovedHousehold', 'ApprovedHouseholdConnection', 'ApprovedHouseholdEdge'],
      ...['PageInfo', 'Query', 'RegisteredObject', 'RegisteredObjectConnection', 'RegisteredObjectEdge'],
    ]);
  });
});

/** What distinguishes two answers, the names of request and path aside. */
const shapeOf = ({ status, data, errors }: Asked<unknown>) => ({
  ...{ status, data },
  errors: errors.map(({ extensions: { requestId: _requestId, ...extensions }, ...rest }) => ({ ...rest, extensions })),
});

describe('a record of another county', () => {
  const BY_ID = {
    reviewIdentityMatch: 'mutation ($id: ID!) { reviewIdentityMatch(id: $id, verdict: SAME, reason: "x") { id } }',
    household: 'query ($id: ID!) { household(id: $id) { fileNumber members { person { name } } } }',
    person: 'query ($id: ID!) { person(id: $id) { name birthDate idNumber } }',
    letter: 'query ($id: ID!) { letter(id: $id) { signedOn members { person { name } } } }',
    crossCheck: 'query ($id: ID!) { crossCheck(id: $id) { state households { nodes { state } } } }',
    closeCase: 'mutation ($id: ID!) { closeCase(caseId: $id) { id } }',
    endLetter: 'mutation ($id: ID!) { endLetter(letterId: $id, reason: WITHDRAWN) { id } }',
    openCase:
      'mutation ($id: ID!) { openCase(input: {householdId: $id, kind: RE_CHECK, programme: LOW_RENT, applicantId: $id}) { id } }',
    requestCrossCheck: `mutation ($id: ID!) { requestCrossCheck(input: {clientKey: "k", purpose: "ADMISSION_REVIEW", households: [$id]}) { id } }`,
  };
  let stranger: Who;
  let ids: Record<keyof typeof BY_ID, string>;
  beforeAll(async () => {
    stranger = { role: 'COUNTY_HOUSING', region: elsewhereOf(file), sub: 'stranger' };
    const { id } = await checked(running, officerOf(file), file.householdId);
    const { householdId, caseId, letterId } = file;
    const own = { household: householdId, person: file.members[0]!.id, letter: letterId, crossCheck: id };
    const acts = { closeCase: caseId, endLetter: letterId, openCase: householdId, requestCrossCheck: householdId };
    ids = { ...own, ...acts, reviewIdentityMatch: await plantMatch(running, file, 'x') };
  });

  it.each(Object.keys(BY_ID) as (keyof typeof BY_ID)[])('by %s looks like one that never was', async (verb) => {
    const ask = async (id: string) => shapeOf(await running.ask(stranger, BY_ID[verb], { variables: { id } }));
    const there = await ask(ids[verb]);
    expect(there.errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
    for (const id of [randomUUID(), '1', file.members[0]!.idNumber, "' or 1=1 --", '\u0000'])
      expect([id, await ask(id)]).toEqual([id, there]);
  });

  it('does not stand in a list, cannot be followed, and lends no purpose', async () => {
    const list = await running.ask<{ households: { nodes: unknown[] } }>(
      stranger,
      'query ($r: String!) { households(region: $r) { nodes { id } } }',
      {
        variables: { r: file.region },
      },
    );
    expect(list.data.households.nodes).toEqual([]);
    for (const id of [ids.crossCheck, randomUUID()])
      await expect(progressOf(running, stranger, id).next()).rejects.toThrow(/NOT_FOUND/);
    const query = 'mutation ($caseId: ID!, $letterId: ID!) { mintPurposeToken(caseId: $caseId, letterId: $letterId) }';
    const mint = async (variables: object) =>
      shapeOf(await running.ask(stranger, query, { variables: { ...variables } }));
    const { caseId, letterId } = file;
    expect(await mint({ caseId, letterId })).toEqual(await mint({ caseId: randomUUID(), letterId: randomUUID() }));
    const purpose = await purposeOf(running, { ...officerOf(file), sub: 'stranger' }, file);
    const { status, errors } = await running.ask(stranger, '{ __typename }', { purpose });
    expect([status, errors[0]!.extensions.code]).toEqual([403, 'PURPOSE_DEAD']);
  });
});

interface Entry {
  readonly person_id: string;
  readonly source: string;
  readonly fields: readonly string[];
}
const ENTRIES = `select person_id, source, array(select unnest(fields) order by 1) as fields, subject, role, purpose, case_id, letter_id
  from read_entry where request_id = $1`;
/** What an entry is of, as 'source.field'. */
const named = ({ source, fields }: Entry): readonly string[] =>
  source.includes(',') ? fields : fields.map((field) => `${source}.${field}`);

const LOOK = `query ($id: ID!) { household(id: $id) { members { declaredName person { name idNumber
  property { status value { ownedAreaCm2 } } vehicle { status value { unpricedVehicles } }
  civilAffairs { status value { allowanceClass } } providentFund { status value { monthsPaid } }
  householdRegister { status value { hukouPlace } } } } } }`;

describe('the read log', () => {
  it('has one entry for each person and set of fields of a look, with purpose, case and letter', async () => {
    await forgetAnswers(running);
    const purpose = await purposeOf(running, officerOf(file), file);
    const own = { source: 'housing', fields: ['declaredName', 'idNumber', 'name'] };
    const answers = ['civil-affairs.allowanceClass', 'police.hukouPlace', 'property.ownedAreaCm2'];
    answers.push('provident-fund.monthsPaid', 'vehicle.unpricedVehicles');
    const sources = answers.map((each) => each.split('.')[0]!);
    for (const requestId of ['look-live', 'look-stored']) {
      await running.ask(officerOf(file), LOOK, {
        variables: { id: file.householdId },
        purpose,
        headers: { 'x-request-id': requestId },
      });
      const { rows } = await running.base.owner.query<Entry>(ENTRIES, [requestId]);
      const bound = { subject: 'officer', role: 'COUNTY_HOUSING', case_id: file.caseId, letter_id: file.letterId };
      for (const entry of rows) expect(entry).toMatchObject({ purpose: 'ADMISSION_REVIEW', ...bound });
      for (const { id } of file.members) {
        const looks = rows.filter((entry) => entry.person_id === id);
        const ofHub = looks.filter(({ source }) => source === 'housing');
        expect(ofHub).toHaveLength(1);
        expect(ofHub[0]).toMatchObject(own);
        /* Answers that come together are looked at together, stored ones all at once: each is in one entry. */
        const ofAgencies = looks.filter(({ source }) => source !== 'housing');
        expect(ofAgencies.flatMap(({ source }) => source.split(',')).sort()).toEqual(sources);
        expect(ofAgencies.flatMap(named).sort()).toEqual(answers);
        if (requestId === 'look-stored') expect(ofAgencies).toHaveLength(1);
      }
      expect(new Set(rows.map((entry) => entry.person_id)).size).toBe(file.members.length);
    }
  });

  it('that cannot be written lets nothing out: no name, no answer, no report, and no call leaves', async () => {
    const { id } = await checked(running, officerOf(files[1]!), files[1]!.householdId);
    const purpose = await purposeOf(running, officerOf(file), file);
    await forgetAnswers(running);
    running.sandbox.control.resetCounts();
    await running.base.owner.query('revoke insert on read_entry from anju_audit_writer');
    try {
      const household = await running.ask(officerOf(file), LOOK, { variables: { id: file.householdId }, purpose });
      const person = await running.ask(
        officerOf(file),
        'query ($id: ID!) { person(id: $id) { name property { status value { ownedAreaCm2 } } } }',
        {
          ...{ variables: { id: file.members[0]!.id }, purpose },
        },
      );
      const report = await running.ask(
        officerOf(files[1]!),
        'query ($id: ID!) { crossCheck(id: $id) { households { nodes { report { canonical } } } } }',
        { variables: { id } },
      );
      for (const { text, errors } of [household, person, report]) {
        expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['INTERNAL']));
        expect(text).not.toMatch(/FOUND|anju\/cross-check|permission denied|read_entry|\.[jt]s:/);
        for (const { name } of [...file.members, ...files[1]!.members]) expect(text).not.toContain(name);
      }
      expect(callsOf(running)).toEqual({ property: 0, vehicle: 0, 'civil-affairs': 0, 'provident-fund': 0, police: 0 });
    } finally {
      await running.base.owner.query('grant insert on read_entry to anju_audit_writer');
    }
  });
});
