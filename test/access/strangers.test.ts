import { subgraphs } from '../../resolvers';
import { makeServiceTokens, type ServiceTokens } from '../../src/access/service-token';
import { principalOf, ROLES, type Role, type Viewer } from '../../src/access/viewer';
import { makeSubgraph } from '../../src/server/subgraph';
import { startSubgraphs, type RunningServer } from '../../src/server/start';
import { resolvePurpose } from '../../src/store/purposes';
import { openStage, type Stage } from '../server/support/stage';
import { addPartner, limits, registerText } from '../support/partners';
import { ACTIONS, documentOf, FOLLOWING, OPERATIONS, type Kind } from './support/operations';
import { nowhere, recordsIn, type Records } from './support/records';
import { documentsOf, leavesOf, waysFrom } from './support/ways';
import { listenToStatements } from './support/statements';

let stage: Stage;
let own: Records;
let foreign: Records;
let grantId: string;
let statements: ReturnType<typeof listenToStatements>;
let served: RunningServer;
let services: ServiceTokens;
beforeAll(async () => {
  statements = listenToStatements();
  stage = await openStage();
  [own, foreign] = [await recordsIn(stage, '150402'), await recordsIn(stage, '450102')];
  grantId = await addPartner(stage.base, 'partner', { regions: ['150402'] });
  served = await startSubgraphs(stage.hub, { subgraphs, pendingMigrations: async () => [] });
  const { keys, now, regions } = stage.hub;
  services = makeServiceTokens({ keys: keys.of('service'), now, scopeOf: (office) => regions.scopeOf(office) });
});
afterAll(async () => {
  await served.close();
  await stage.close();
  statements.stop();
});

/** Everything by which one answer could be told from another, the instant aside. */
interface Told {
  readonly status: number;
  readonly headers: string[];
  readonly text: string;
  readonly statements: string[];
}

const SAME = { 'content-type': 'application/json', 'x-request-id': 'the-same' };

async function tell(role: Role, query: string, on: Records): Promise<Told> {
  const isPartner = role === 'PARTNER_SYSTEM';
  if (isPartner) await registerText(stage.base, 'partner', query);
  const claims = isPartner ? { role, client_id: 'partner', region: undefined } : { role, person: own.person };
  statements.taken();
  const headers = {
    ...SAME,
    accept: query.startsWith('subscription') ? 'text/event-stream' : '*/*',
    authorization: `Bearer ${await stage.issuer.mint(claims)}`,
  };
  const body = JSON.stringify({ query, variables: on });
  const response = await fetch(`${stage.url}/graphql`, { method: 'POST', headers, body });
  return { ...(await toldBy(response)), statements: statements.taken() };
}

async function toldBy(response: Response): Promise<Omit<Told, 'statements'>> {
  const headers = [...response.headers].filter(([name]) => name !== 'date').map((header) => header.join(': '));
  return { status: response.status, headers, text: withoutProof(await response.text()) };
}

/** A partner's receipt names its own request and document, which differ with the id that stands in them. */
const withoutProof = (text: string): string => text.replace(/"receipt":\{.*?\}(?=[,}])/, '"receipt":{}');

/** Every operation that names a record by its id, and one that names a region nobody knows is none of these. */
const BY_ID = [
  ...Object.entries(OPERATIONS).map(([name, operation]) => ({ kind: 'query' as Kind, name, ...operation })),
  ...Object.entries(ACTIONS).map(([name, operation]) => ({ kind: 'mutation' as Kind, name, ...operation })),
  { kind: 'subscription' as Kind, name: 'crossCheckProgress', ...FOLLOWING },
].filter(({ text }) => /\$(?!region)/.test(text));
const CASES = BY_ID.flatMap(({ roles, ...operation }) =>
  roles.map((role) => ({ ...operation, role, document: documentOf(operation.kind, [operation]) })),
);

describe('what is not yours and what is not there', () => {
  it.each(CASES)(
    'are answered alike by $name to a $role: status, headers, body, statements',
    async ({ role, document }) => {
      await tell(role, document, nowhere('150402')); // whatever is prepared at the first use
      const [absent, theirs] = [await tell(role, document, nowhere('150402')), await tell(role, document, foreign)];
      expect(theirs).toEqual(absent);
      expect(absent.text).toMatch(/"(NOT_FOUND|PURPOSE_DEAD|GRANT_NOT_IN_FORCE)"/);
      for (const id of Object.values(foreign)) expect(theirs.text).not.toContain(id);
    },
  );

  it('differ from what is yours, so that the comparison can fail', async () => {
    const { document } = CASES.find(({ name }) => name === 'household')!;
    const [mine, theirs] = [
      await tell('COUNTY_HOUSING', document, own),
      await tell('COUNTY_HOUSING', document, foreign),
    ];
    expect(mine.statements).not.toEqual(theirs.statements);
  });
});

/** Types of which a subgraph takes references, and whom one of them names. */
const NAMED: Readonly<Record<string, (on: Records) => string>> = {
  Person: ({ person }) => person,
  Household: ({ household }) => household,
};
const ENTITIES = subgraphs.flatMap((parts) =>
  Object.keys(parts.references).flatMap((type) =>
    [false, true].flatMap((withPurpose) => ROLES.map((role) => ({ name: parts.name, parts, type, role, withPurpose }))),
  ),
);
const eyes = { now: () => new Date(), maskOf: () => 'STRICT_6_1' as const };
const textOf = new Map(
  subgraphs.map((parts) => {
    const { schema } = makeSubgraph(parts, eyes);
    const root = schema.getQueryType()!;
    const ways = waysFrom(root, schema, leavesOf(schema), { exhaustive: 0, deepest: 5 });
    const how = { call: '_entities(representations: $keys)', head: 'query ($keys: [_Any!]!)', dress: 'plain' as const };
    return [
      parts.name,
      documentsOf(
        root,
        schema,
        ways.filter(([first]) => first === '_entities'),
        how,
      ),
    ] as const;
  }),
);

describe('behind the gateway, what is not yours and what is not there', () => {
  const SCOPE = { granted: ['150402'], office: null };
  const viewerOf = (role: Role): Viewer => ({
    ...{ subject: 'partner', role, office: '150402', regions: stage.hub.regions.scopeOf('150402') },
    ...(role === 'PARTNER_SYSTEM'
      ? { partner: { ...limits(['ADMISSION_REVIEW'], ['property.units'], grantId), scope: SCOPE } }
      : {}),
  });

  async function tellEntity(
    { name, type, role, withPurpose }: (typeof ENTITIES)[number],
    on: Records,
  ): Promise<Told[]> {
    const viewer = viewerOf(role);
    const claim = { caseId: own.openCase, letterId: own.letter, principal: principalOf(viewer) };
    const purpose = withPurpose ? await resolvePurpose(stage.hub, viewer, stage.hub.purposeTokens.issue(claim)) : null;
    const told: Told[] = [];
    for (const query of textOf.get(name)!) {
      const body = JSON.stringify({ query, variables: { keys: [{ __typename: type, id: NAMED[type]!(on) }] } });
      const token = await services.issue(name, body, { viewer, purpose, requestId: 'the-same' });
      statements.taken();
      const headers = { ...SAME, authorization: `Bearer ${token}` };
      const {
        status,
        headers: sent,
        text,
      } = await toldBy(await fetch(`${served.url}/subgraphs/${name}`, { method: 'POST', headers, body }));
      told.push({
        status,
        headers: sent,
        text: text.replaceAll(NAMED[type]!(on), 'ID'),
        statements: statements.taken(),
      });
    }
    return told;
  }

  it.each(ENTITIES)(
    'are alike in _entities of $name: $type, to a $role (under a purpose: $withPurpose)',
    async (entity) => {
      await tellEntity(entity, nowhere('150402'));
      const absent = await tellEntity(entity, nowhere('150402'));
      const theirs = await tellEntity(entity, foreign);
      expect(theirs).toEqual(absent);
      expect(theirs.length).toBeGreaterThan(0);
      for (const id of Object.values(foreign)) expect(JSON.stringify(theirs)).not.toContain(id);
    },
  );

  it('differ from what is yours, so that the comparison can fail', async () => {
    const [entity] = ENTITIES.filter(({ name, role }) => name === 'housing' && role === 'COUNTY_HOUSING');
    expect(await tellEntity(entity!, own)).not.toEqual(await tellEntity(entity!, foreign));
  });
});
