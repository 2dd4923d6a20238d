import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { connectors } from '../../connectors';
import { testFolder } from '../support/folder';
import { buildHub, runHub, type Program, type Settings } from '../support/program';

const dataDir = join(testFolder(), '.data');
const settings: Settings = { DATA_DIR: dataDir, PORT: '0', DEMO_HOUSEHOLDS: '40', DEMO_SEED: 'control-test' };

/** What each agency is asked by the printed question. */
const FIELDS: Readonly<Record<string, string>> = {
  ...{ property: 'property', vehicle: 'vehicle', 'civil-affairs': 'civilAffairs' },
  ...{ 'provident-fund': 'providentFund', police: 'householdRegister' },
};
/** Of agencies that answer later nothing is heard before their errand ran. */
const AT_ONCE = ['property', 'vehicle', 'provident-fund'];

interface Envelope {
  readonly status: string;
  readonly reason: string | null;
  readonly retryAt: string | null;
}
interface Finding {
  readonly outcome: string;
  readonly missing: readonly { readonly source: string; readonly reason: string | null }[];
}

let program: Program;
let url: string;
let headers: Record<string, string>;
let household: string;
beforeAll(async () => {
  buildHub();
  program = runHub(['start'], settings);
  await program.says(/Ready in [\d.]+ s/);
  url = (await program.says(/GraphQL +(http:\S+)\/graphql/))[1]!;
  const printed = (await program.says(/as headers for GraphiQL:\n(\{.+\})\n/))[1]!;
  headers = { 'content-type': 'application/json', ...(JSON.parse(printed) as Record<string, string>) };
  household = (await program.says(/household\(id: "([\w-]+)"\)/))[1]!;
});
afterAll(async () => void (await program.end('SIGTERM')));

async function ask<Data>(query: string, variables: object, as = headers): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: as,
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

const setMode = async (agency: string, mode: string): Promise<void> => {
  const set = runHub(['sandbox', 'set', agency, '--mode', mode], settings);
  expect([await set.ended, set.said()]).toEqual([0, expect.stringContaining(mode)]);
};

const LOOK = `query ($id: ID!) { household(id: $id) { members { person { ${Object.values(FIELDS)
  .map((field) => `${field} { status reason retryAt }`)
  .join(' ')} } } } }`;
const look = async () =>
  (
    await ask<{ household: { members: { person: Record<string, Envelope> }[] } }>(LOOK, { id: household })
  ).household.members.map(({ person }) => person);

const LOW_RENT = 'query { households(region: "15", first: 50) { nodes { id cases { programme closedOn } } } }';
const REQUEST = `mutation ($key: String!, $ids: [ID!]!) {
  requestCrossCheck(input: { clientKey: $key, purpose: "ADMISSION_REVIEW", households: $ids }) { id } }`;
const FOLLOW = 'subscription ($id: ID!) { crossCheckProgress(id: $id) { state } }';
const REPORT = `query ($id: ID!) { crossCheck(id: $id) { households { nodes { report {
  findings { outcome missing { source reason } } } } } } }`;

/** The findings about all who apply for low rent, to whom the rules about vehicles apply. */
async function findings(): Promise<readonly Finding[]> {
  const token = runHub(['token', '--role', 'REGION_HOUSING', '--region', '15'], settings);
  expect(await token.ended).toBe(0);
  const officer = { 'content-type': 'application/json', authorization: `Bearer ${token.said().trim()}` };
  type Listed = { households: { nodes: { id: string; cases: { programme: string; closedOn: string | null }[] }[] } };
  const { households } = await ask<Listed>(LOW_RENT, {}, officer);
  const ids = households.nodes.flatMap(({ id, cases }) =>
    cases.some(({ programme, closedOn }) => programme === 'LOW_RENT' && closedOn === null) ? [id] : [],
  );
  const asked = { key: randomUUID(), ids };
  const { id } = (await ask<{ requestCrossCheck: { id: string } }>(REQUEST, asked, officer)).requestCrossCheck;
  const stream = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...officer, accept: 'text/event-stream' },
    body: JSON.stringify({ query: FOLLOW, variables: { id } }),
  });
  expect(await stream.text()).toContain('"COMPLETED"');
  type Shown = { crossCheck: { households: { nodes: { report: { findings: Finding[] } }[] } } };
  const { crossCheck } = await ask<Shown>(REPORT, { id }, officer);
  return crossCheck.households.nodes.flatMap(({ report }) => report.findings);
}

describe('an agency of npm start that lost its register and says “no record” of everybody', () => {
  it('is not believed: UNAVAILABLE SOURCE_FAULT with a day to ask again, and what it should have told is INCONCLUSIVE', async () => {
    await setMode('vehicle', 'blank');
    for (const { vehicle, property } of await look()) {
      expect(vehicle).toEqual({ status: 'UNAVAILABLE', reason: 'SOURCE_FAULT', retryAt: expect.any(String) });
      expect(property!.status).toMatch(/^(FOUND|NOT_FOUND)$/);
    }
    const missing = (await findings()).filter((finding) => finding.missing.some(({ source }) => source === 'vehicle'));
    const faults = missing.flatMap((finding) => finding.missing.filter(({ reason }) => reason === 'SOURCE_FAULT'));
    expect(faults.length).toBeGreaterThan(0);
    expect(missing.map(({ outcome }) => outcome)).toEqual(missing.map(() => 'INCONCLUSIVE'));
  });

  it('every agency knows the control: well, each of them is believed', async () => {
    await setMode('vehicle', 'ok');
    expect(Object.keys(FIELDS).sort()).toEqual(connectors.map(({ name }) => name).sort());
    const people = await look();
    for (const person of people)
      for (const [source, field] of Object.entries(FIELDS)) {
        const { status, reason } = person[field]!;
        if (source === 'vehicle') continue; // its fault is kept until the day to ask again
        expect([source, reason, status]).toEqual([
          source,
          null,
          expect.stringMatching(AT_ONCE.includes(source) ? /FOUND/ : /FOUND|PENDING|AMBIGUOUS/),
        ]);
      }
  });
});
