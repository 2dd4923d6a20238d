import fc from 'fast-check';
import { graphql, type GraphQLSchema } from 'graphql';
import { connectors } from '../../connectors';
import { makePurposeTokens } from '../../src/access/purpose-token';
import { principalOf, type Role } from '../../src/access/viewer';
import type { Exchange } from '../../src/exchange';
import { agencySubgraph } from '../../src/exchange/resolver';
import { makeSubgraph } from '../../src/server/subgraph';
import { resolvePurpose } from '../../src/store/purposes';
import { ABSENT, KNOWN } from '../sandbox/support/world';
import { seedProperties } from '../support/seed';
import { PURPOSE, REGION, type Family } from './support/family';
import { smallHub, type SmallHub } from './support/hub';
import { addPartner, limits } from '../support/partners';

seedProperties();

/* Who may have what of whom, written down a second time from domain.md §2 and the table of roles. */
const ASSETS: Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE', 'PARTNER_SYSTEM'];
const WELFARE: Role[] = [...ASSETS, 'STREET_OFFICER', 'CIVIL_AFFAIRS'];
const PERSONAL: Role[] = [...WELFARE, 'COMMUNITY_WORKER'];
const IDENTITY: Role[] = ['STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING', 'CIVIL_AFFAIRS'];
const ROLES: Role[] = [...PERSONAL, 'DASHBOARD', 'POLICE', 'FINANCE', 'OPERATING_UNIT', 'APPLICANT_SELF'];

/** A fact: by whom it may be had, and the parts it must be selected by. */
type Facts = Record<string, { readonly by: readonly Role[]; readonly parts?: string }>;
const all = (by: readonly Role[], ...facts: string[]): Facts => Object.fromEntries(facts.map((fact) => [fact, { by }]));
const SOURCES: Record<string, { readonly field: string; readonly facts: Facts }> = {
  property: {
    field: 'property',
    facts: { units: { by: ASSETS, parts: '{ areaCm2 shareBp }' }, ...all(ASSETS, 'ownedAreaCm2') },
  },
  vehicle: {
    field: 'vehicle',
    facts: {
      vehicles: { by: ASSETS, parts: '{ brandModel }' },
      ...all(ASSETS, 'dearestVehicleFen', 'unpricedVehicles'),
    },
  },
  'civil-affairs': {
    field: 'civilAffairs',
    facts: {
      ...all(PERSONAL, 'marriageStatus', 'spouseName', 'deceasedOn'),
      ...all(IDENTITY, 'spouseIdNumber'),
      ...all(WELFARE, 'allowanceClass', 'allowanceValidUntil', 'incomeClass', 'perHeadMonthlyFen'),
      ...all(WELFARE, 'determinationValidUntil'),
    },
  },
  'provident-fund': {
    field: 'providentFund',
    facts: all(
      ASSETS,
      ...['accountStatus', 'monthsPaid', 'monthlyContributionFen', 'ratioBp', 'baseFen', 'lastPaidMonth'],
    ),
  },
};
const EVERY_FIELD = Object.entries(SOURCES).flatMap(([source, { facts }]) =>
  Object.keys(facts).map((fact) => `${source}.${fact}`),
);

interface Selected {
  readonly fact: string;
  readonly how: 'PLAIN' | 'ALIAS' | 'FRAGMENT' | 'SKIPPED' | 'NOT_INCLUDED' | 'AGAIN_ABOVE';
}
interface Query {
  readonly source: string;
  readonly role: Role;
  readonly selected: readonly Selected[];
  /** Fields a partner was granted. */
  readonly granted: readonly string[];
}

/** The document of a selection; what is skipped is not selected. */
function documentOf({ source, selected }: Query): string {
  const { field, facts } = SOURCES[source]!;
  const type = `${field[0]!.toUpperCase()}${field.slice(1)}Answer`;
  const named = ({ fact }: Selected) => `${fact} ${facts[fact]!.parts ?? ''}`;
  const inside = selected.map((one, at) => {
    if (one.how === 'ALIAS') return `a${at}: ${named(one)}`;
    if (one.how === 'FRAGMENT') return `... { ${named(one)} }`;
    if (one.how === 'SKIPPED') return `s${at}: ${one.fact} @skip(if: true) ${facts[one.fact]!.parts ?? ''}`;
    if (one.how === 'NOT_INCLUDED') return `n${at}: ${one.fact} @include(if: $no) ${facts[one.fact]!.parts ?? ''}`;
    return one.how === 'PLAIN' ? `p${at}: ${named(one)}` : '';
  });
  const above = selected
    .filter(({ how }) => how === 'AGAIN_ABOVE')
    .map((one, at) => `again${at}: ${field} { ... on ${type} { value { ${named(one)} } } }`);
  return `query ($keys: [_Any!]!, $no: Boolean! = false) { _entities(representations: $keys) { ... on Person { id
    ${field} { status value { __typename never: __typename @include(if: $no) ${inside.join(' ')} } } ${above.join(' ')} } } }`;
}

describe('an agency is asked for what is selected, permitted and named in the purpose, and for nothing else [G7]', () => {
  let hub: SmallHub;
  let family: Family;
  let exchange: Exchange;
  let grantId: string;
  let schemas: Map<string, GraphQLSchema>;
  const asked: { source: string; fields: readonly string[]; people: number }[] = [];
  const tokens = makePurposeTokens(Buffer.alloc(32, 7));

  beforeAll(async () => {
    hub = await smallHub();
    family = await hub.family([KNOWN, ABSENT]);
    grantId = await addPartner(hub.base, 's', { purpose: PURPOSE });
    const spies = connectors.map((connector) => ({
      ...connector,
      settings: {},
      open: () => ({
        async ask(people: readonly unknown[], { fields }: { readonly fields: readonly string[] }) {
          asked.push({ source: connector.name, fields, people: people.length });
          return { answers: [] };
        },
      }),
    }));
    const patience = { retries: 0, tripAfter: 1_000_000, askAgainIn: 0 }; // nothing told is used again
    exchange = hub.exchange({ connectors: spies, patience });
    const eyes = { now: () => hub.time.now, maskOf: () => 'STRICT_6_1' as const };
    schemas = new Map(connectors.map((each) => [each.name, makeSubgraph(agencySubgraph(each), eyes).schema]));
  });
  afterAll(() => hub.close());

  async function run(query: Query, keys: readonly string[]): Promise<void> {
    const { role, source, granted } = query;
    const partner = role === 'PARTNER_SYSTEM' ? { partner: limits([PURPOSE], granted, grantId) } : {};
    const viewer = { subject: 's', role, office: REGION, regions: [REGION], ...partner };
    const token = tokens.issue({ caseId: family.caseId, letterId: family.letterId, principal: principalOf(viewer) });
    const services = { db: hub.base.db, purposeTokens: tokens, now: () => hub.time.now };
    const purpose = await resolvePurpose(services, viewer, token);
    const contextValue = { viewer, purpose, requestId: 'r', hub: { exchange }, loaders: new Map() };
    const { errors } = await graphql({
      schema: schemas.get(source)!,
      source: documentOf(query),
      variableValues: { keys: keys.map((id) => ({ __typename: 'Person', id })) },
      contextValue,
    });
    expect(errors).toBeUndefined();
  }

  /** The equality: what the agency must have been asked for; one fact where the envelope alone was selected. */
  function expected({ source, role, selected, granted }: Query, named: readonly string[], letter: readonly string[]) {
    if (!letter.includes(source)) return [];
    const may = Object.entries(SOURCES[source]!.facts).flatMap(([fact, { by }]) => {
      const field = `${source}.${fact}`;
      const partnerMay = role !== 'PARTNER_SYSTEM' || granted.includes(field);
      return by.includes(role) && named.includes(field) && partnerMay ? [fact] : [];
    });
    const wanted = new Set(
      selected.filter(({ how }) => !['SKIPPED', 'NOT_INCLUDED'].includes(how)).map(({ fact }) => fact),
    );
    return { may, want: wanted.size === 0 ? null : may.filter((fact) => wanted.has(fact)) };
  }

  const query: fc.Arbitrary<Query> = fc.constantFrom(...Object.keys(SOURCES)).chain((source) =>
    fc.record({
      source: fc.constant(source),
      role: fc.constantFrom(...ROLES),
      granted: fc.subarray(EVERY_FIELD),
      selected: fc.uniqueArray(
        fc.record({
          fact: fc.constantFrom(...Object.keys(SOURCES[source]!.facts)),
          how: fc.constantFrom<Selected['how']>('PLAIN', 'ALIAS', 'FRAGMENT', 'SKIPPED', 'NOT_INCLUDED', 'AGAIN_ABOVE'),
        }),
        { selector: ({ fact }) => fact, maxLength: 6 },
      ),
    }),
  );
  const world = fc.record({
    named: fc.subarray(EVERY_FIELD, { minLength: 1 }),
    letter: fc.subarray(Object.keys(SOURCES), { minLength: 1 }),
    queries: fc.array(query, { minLength: 25, maxLength: 25 }),
  });

  it('on a thousand random queries', async () => {
    const outsider = (await hub.family([{ idNumber: '440524188001010014', name: '外人' }])).asks[0]!.personId;
    const keys = [...family.asks.map(({ personId }) => personId), outsider];
    let [calls, silent] = [0, 0];
    await fc.assert(
      fc.asyncProperty(world, async ({ named, letter, queries }) => {
        await hub.base.owner.query('update purpose set fields = $1 where code = $2', [named, PURPOSE]);
        await hub.base.owner.query('update letter set sources = $1 where id = $2', [letter, family.letterId]);
        for (const one of queries) {
          asked.length = 0;
          await run(one, keys);
          const right = expected(one, named, letter);
          const got = asked.map(({ fields }) => [...fields].sort());
          if (Array.isArray(right) || right.may.length === 0 || right.want?.length === 0) {
            expect(got).toEqual([]);
            silent++;
            continue;
          }
          calls++;
          expect(asked.map(({ source, people }) => [source, people])).toEqual([[one.source, 2]]);
          if (right.want) expect(got).toEqual([[...right.want].sort()]);
          else expect([got[0]!.length, right.may.includes(got[0]![0]!)]).toEqual([1, true]);
        }
      }),
      { numRuns: 40, endOnFailure: true },
    );
    expect(calls + silent).toBe(1000);
    expect(Math.min(calls, silent)).toBeGreaterThan(40);
  });
});
