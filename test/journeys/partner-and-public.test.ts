import { MASK_PROFILES } from '../../src/access/masks';
import { publishFeeds } from '../../src/jobs/publish-feeds';
import { checked, completed, PROGRESS, readCheck, requestCheck } from '../support/checks';
import { callsOf, forgetAnswers, honestFiles, officerOf, purposeOf, SOURCES, type File } from '../support/files';
import { addPartner, registering, registerText } from '../support/partners';
import { openRunningHub, type RunningHub, type Who } from '../support/running-hub';

let running: RunningHub;
let files: File[];
beforeAll(async () => {
  running = registering(await openRunningHub());
  files = await honestFiles(running);
  await addPartner(running.base, 'tax-office', { fields: ['property.ownedAreaCm2', 'vehicle.unpricedVehicles'] });
  await addPartner(running.base, 'courts', { fields: ['property.ownedAreaCm2'] });
  for (const client of ['tax-office', 'courts']) await registerText(running.base, client, PROGRESS);
  await addPartner(running.base, 'expired', { fields: ['property.ownedAreaCm2'], until: '2020-12-31' });
});
afterAll(() => running.close());
beforeEach(() => running.sandbox.control.resetCounts());

const partnerAt = ({ region }: File, client = 'tax-office'): Who => ({
  role: 'PARTNER_SYSTEM',
  region,
  sub: client,
  client_id: client,
});

const HOUSEHOLD = `query ($id: ID!) { household(id: $id) { members { person { id name idNumber
  property { status reason value { ownedAreaCm2 units { unitCode areaCm2 } } }
  vehicle { status reason value { dearestVehicleFen unpricedVehicles vehicles { plate priceFen } } }
  civilAffairs { status reason value { marriageStatus spouseIdNumber allowanceClass } }
  providentFund { status reason value { monthsPaid } } } } cases { declaredIncomeFen } } }`;

type Envelope = { status: string; reason: string | null; value: Record<string, unknown> | null };
type Seen = {
  household: {
    cases: { declaredIncomeFen: number | null }[];
    members: {
      person: Record<'property' | 'vehicle' | 'civilAffairs' | 'providentFund', Envelope> & { idNumber: string };
    }[];
  };
};

describe('a partner system', () => {
  it('gets the fields its grant names and no others, and the agencies are asked for no others', async () => {
    const file = files[0]!;
    const who = partnerAt(file);
    const purpose = await purposeOf(running, who, file);
    const { data } = await running.ask<Seen>(who, HOUSEHOLD, { variables: { id: file.householdId }, purpose });
    for (const { person } of data.household.members) {
      const { property, vehicle, civilAffairs, providentFund } = person;
      expect(['FOUND', 'NOT_FOUND']).toContain(property.status);
      if (property.value) expect(property.value).toEqual({ ownedAreaCm2: expect.any(Number), units: null });
      if (vehicle.value)
        expect(vehicle.value).toEqual({
          dearestVehicleFen: null,
          unpricedVehicles: expect.any(Number),
          vehicles: null,
        });
      for (const closed of [civilAffairs, providentFund])
        expect(closed).toEqual({ status: 'REFUSED', reason: 'FIELDS_NOT_PERMITTED', value: null });
      expect(person.idNumber).toMatch(/^\d{6}\*{11}[\dX]$/);
    }
    expect(callsOf(running)).toEqual({ property: 1, vehicle: 1, 'civil-affairs': 0, 'provident-fund': 0, police: 0 });
    const { counts } = running.sandbox.control.state('property');
    expect(Object.keys(counts.fields)).not.toContain('realEstateUnitNo');
  });

  it('cannot use a letter for a purpose it was not granted, nor ask for a cross-check under one', async () => {
    const file = files[1]!;
    await running.base.owner.query(`update letter set purpose = 'ANNUAL_REVIEW' where id = $1`, [file.letterId]);
    const query = 'mutation ($caseId: ID!, $letterId: ID!) { mintPurposeToken(caseId: $caseId, letterId: $letterId) }';
    const { caseId, letterId } = file;
    const minted = await running.ask(partnerAt(file), query, { variables: { caseId, letterId } });
    expect(minted.errors[0]!.extensions.code).toBe('PURPOSE_DEAD');
    const asked = await requestCheck(running, partnerAt(file), [file.householdId], { purpose: 'ANNUAL_REVIEW' });
    expect([asked.status, asked.errors[0]!.extensions.code]).toEqual([403, 'FORBIDDEN']);
    expect(callsOf(running)).toEqual({ property: 0, vehicle: 0, 'civil-affairs': 0, 'provident-fund': 0, police: 0 });
  });

  it('cannot use the purpose of an officer, and cannot make letters or cases of its own', async () => {
    const file = files[2]!;
    const purpose = await purposeOf(running, officerOf(file), file);
    const used = await running.ask<Seen>(partnerAt(file), HOUSEHOLD, { variables: { id: file.householdId }, purpose });
    expect([used.status, used.errors[0]!.extensions.code]).toEqual([403, 'PURPOSE_DEAD']);
    const ended = await running.ask(
      partnerAt(file),
      'mutation ($id: ID!) { endLetter(letterId: $id, reason: WITHDRAWN) { id } }',
      {
        variables: { id: file.letterId },
      },
    );
    expect(ended.errors[0]!.extensions.code).toBe('FORBIDDEN');
    const { rows } = await running.base.owner.query<{ ended_on: string | null }>(
      'select ended_on from letter where id = $1',
      [file.letterId],
    );
    expect(rows).toEqual([{ ended_on: null }]);
  });

  it.each([
    ['whose agreement has run out', 'expired', 403, 'GRANT_NOT_IN_FORCE'],
    ['that nobody knows', 'nobody', 401, 'UNAUTHENTICATED'],
  ])('%s is not let in', async (_who, client, http, code) => {
    const { status, errors } = await running.ask(partnerAt(files[0]!, client), HOUSEHOLD, {
      variables: { id: files[0]!.householdId },
    });
    expect([status, errors[0]!.extensions.code]).toEqual([http, code]);
  });

  it('gets a report of its own sources only, though an officer has just had all of them answered', async () => {
    const file = files[3]!;
    await forgetAnswers(running);
    const whole = await checked(running, officerOf(file), file.householdId);
    const { report, body } = await checked(running, partnerAt(file, 'courts'), file.householdId);
    expect(report.sources.map(({ source }) => source)).toEqual(['property']);
    const foreign = whole.body.sources
      .filter(({ source }) => source !== 'property')
      .flatMap(({ members }) => members.map(({ answer }) => answer!));
    expect(body.findings.flatMap(({ evidence }) => evidence).filter((id) => foreign.includes(id))).toEqual([]);
    const byRule = new Map(report.findings.map((finding) => [finding.rule, finding]));
    for (const rule of ['RR-10', 'RR-12', 'RR-28'])
      expect(byRule.get(rule)).toMatchObject({ outcome: 'INCONCLUSIVE', observed: null });
  });

  it('sees no cross-check that another one asked for', async () => {
    const file = files[4]!;
    const { id } = (await requestCheck(running, partnerAt(file), [file.householdId])).data.requestCrossCheck;
    await completed(running, partnerAt(file), id);
    for (const who of [partnerAt(file, 'courts')]) {
      const { status, data, errors } = await readCheck(running, who, id);
      expect([status, data, errors[0]!.extensions.code]).toEqual([200, { crossCheck: null }, 'NOT_FOUND']);
    }
  });
});

const roster = (variables: object, path = '/public/graphql') =>
  running.send(`${path}?documentId=registered-objects&variables=${encodeURIComponent(JSON.stringify(variables))}`);

type Row = {
  rowNumber: number;
  applicantName: string;
  citizenIdMasked: string;
  securityType: string;
  registrationDate: string;
};
const rowsOf = (text: string) =>
  (
    JSON.parse(text) as {
      data: { registeredObjects: { nodes: Row[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
    }
  ).data.registeredObjects;

describe('the public', () => {
  beforeAll(() => publishFeeds.run({}, running.hub, new AbortController().signal));

  it('reads a masked roster of open applications, page by page, without a token [GX-7.2.1(2)]', async () => {
    const all: Row[] = [];
    let after: string | undefined;
    do {
      const { status, text } = await roster({ region: '15', first: 20, after });
      expect(status).toBe(200);
      const { nodes, pageInfo } = rowsOf(text);
      all.push(...nodes);
      after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
    } while (after);
    const { rows } = await running.base.owner.query(
      `select from housing_case where region_code like '15%' and kind = 'APPLICATION' and closed_on is null`,
    );
    const { rows: minors } = await running.base.owner.query(
      `select from housing_case c join person p on p.id = c.applicant_id where c.region_code like '15%' and p.birth_date > current_date - interval '14 years'`,
    );
    expect(all).toHaveLength(rows.length - minors.length);
    const { head, tail } = MASK_PROFILES.STRICT_6_1;
    for (const row of all) {
      expect(Object.keys(row).sort()).toEqual([
        'applicantName',
        'citizenIdMasked',
        'registrationDate',
        'rowNumber',
        'securityType',
      ]);
      expect(row.citizenIdMasked).toMatch(new RegExp(`^\\d{${head}}\\*{${18 - head - tail}}[\\dX]{${tail}}$`));
    }
  });

  it.each([
    ['a document of its own', { query: '{ registeredObjects(region: "15") { nodes { citizenIdMasked } } }' }],
    ['households', { query: '{ households(region: "15") { nodes { id } } }' }],
    ['the schema', { query: '{ __schema { types { name } } }' }],
    ['entities', { query: '{ _entities(representations: []) { __typename } }' }],
    ['an unknown document', { documentId: 'persons' }],
    ['a mutation', { query: 'mutation { importHouseholds(region: "150402", csv: "") { rows } }' }],
  ])('asks %s and is shown the way to the fixed documents', async (_what, body) => {
    const { status, text } = await running.send('/public/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
    const search = new URLSearchParams(body as Record<string, string>);
    const asked = await running.send(`/public/graphql?${search}`);
    expect([asked.status, JSON.parse(asked.text).errors[0].extensions.code]).toEqual([404, 'UNKNOWN_DOCUMENT']);
  });

  it.each([
    ['another variable', { region: '15', idNumber: '150402198605121127' }, 'INVALID_INPUT'],
    ['an unknown region', { region: '99' }, 'UNKNOWN_REGION'],
    ['a huge page', { region: '15', first: 201 }, 'PAGE_TOO_LARGE'],
    ['a forged cursor', { region: '15', after: 'AAAA' }, 'INVALID_CURSOR'],
    ['a number for a region', { region: 15 }, 'INVALID_INPUT'],
  ])('asks with %s and is refused in the words of the catalogue', async (_what, variables, code) => {
    const { status, text } = await roster(variables);
    const { errors } = JSON.parse(text) as { errors: { extensions: Record<string, unknown> }[] };
    expect([status, errors[0]!.extensions.code, errors[0]!.extensions.remedy]).toEqual([400, code, expect.any(String)]);
  });

  it('finds no number of anybody behind any door that needs no token', async () => {
    const { rows } = await running.world.owner.query<{ id_number: string }>('select id_number from civil.person');
    const pages = await Promise.all(
      ['/public/documents', '/metrics', '/healthz', '/readyz', '/.well-known/jwks.json'].map((path) =>
        running.send(path),
      ),
    );
    const text = [...pages.map((page) => page.text), ...running.said].join();
    expect(rows.filter(({ id_number: idNumber }) => text.includes(idNumber))).toEqual([]);
    expect(SOURCES.every((source) => text.includes(source))).toBe(true);
  });
});
