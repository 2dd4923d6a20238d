import { buildSchema, execute, parse, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { subgraphs } from '../../resolvers';
import { classifiedFields, type Level } from '../../src/access/classification';
import { ageOn } from '../../src/access/identity';
import { ROLES, type PurposeGrant, type Role } from '../../src/access/viewer';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { makeSubgraph } from '../../src/server/subgraph';
import { resolvePurpose } from '../../src/store/purposes';
import { canaries, numbersIn, tablesAsText } from '../support/canaries';
import { checked } from '../support/checks';
import { honestFiles, purposeOf, type File } from '../support/files';
import { nameOf, pathsOf, queryOf } from '../support/paths';
import { addPartner, askRegistered } from '../support/partners';
import { openRunningHub, type RunningHub, type Who } from '../support/running-hub';
import { everything, isMasked, sightsIn, type Sight } from './sights';

/**
 * What each role may read in clear of [personal, identity, assets, welfare]: Always in its region, under a live Purpose
 * that covers the person, Never. Written down here by hand, so that a change of the policy has to be made twice.
 */
const SEES: Record<Role, string> = {
  ...{
    COMMUNITY_WORKER: 'ANNN',
    STREET_OFFICER: 'APNP',
    COUNTY_HOUSING: 'APPP',
    CITY_HOUSING: 'APPP',
    REGION_HOUSING: 'ANAA',
  },
  ...{
    CIVIL_AFFAIRS: 'APNP',
    POLICE: 'NNNN',
    FINANCE: 'NNNN',
    AUDITOR: 'ANAA',
    DISCIPLINE: 'ANAA',
    OPERATING_UNIT: 'NNNN',
  },
  ...{ PARTNER_SYSTEM: 'ANPP', DASHBOARD: 'NNNN', APPLICANT_SELF: 'NNNN' },
};
const LEVELS: readonly Level[] = ['personal', 'identity', 'assets', 'welfare'];

const ATTACKER = 'attacker';
let running: RunningHub;
let file: File;
let numbers: ReadonlySet<string>;
let purpose: string;
let variables: Record<string, string>;
beforeAll(async () => {
  running = await openRunningHub();
  [file] = (await honestFiles(running)) as [File];
  numbers = await canaries(running);
  await enrich();
  await addPartner(running.base, ATTACKER);
  purpose = await purposeOf(running, as('COUNTY_HOUSING'), file);
  const { id } = await checked(running, as('COUNTY_HOUSING'), file.householdId);
  variables = { household: file.householdId, person: file.members[0]!.id, crossCheck: id, letter: file.letterId };
}, 60_000);
afterAll(() => running.close());

/** The same subject in every role: a purpose token that one of them got lies in the hands of all. */
const as = (role: Role): Who => ({ role, region: province(), sub: ATTACKER, client_id: ATTACKER });

/** Wide enough for many households that the letter does not cover. */
const province = (): string => file.region.slice(0, 2);

/** The oldest member owns a flat and a car, pays into the fund and is married, and is registered as dead: every field has a value. */
async function enrich(): Promise<void> {
  const { idNumber, name } = file.members[0]!;
  const spouse = [...numbers].find((number) => file.members.every((member) => member.idNumber !== number))!;
  const { owner } = running.world;
  const unit = `${file.region}001001GB00001F00010001`;
  await owner.query(
    `insert into property.unit values ($1, $2, $3, $4, 40, 'GROSS', 'OWNERSHIP', 10000, '2010-01-01')`,
    [idNumber, name, unit, file.region],
  );
  await owner.query(
    `insert into vehicle.vehicle values ($1, $2, '蒙D00001', '02', 'LVIN0000000000001', '五菱', '2015-01-01', 'NORMAL', 3000000)`,
    [idNumber, name],
  );
  await owner.query(
    `insert into fund.account values ($1, $2, 'ACTIVE', 12, 50000, 500, 1000000, '2026-10') on conflict do nothing`,
    [idNumber, name],
  );
  await owner.query(
    `update civil.person set marriage_status = 'MARRIED', spouse_id_number = $2, spouse_name = '乌兰', deceased_on = '2026-01-01', allowance_class = 'SUBSISTENCE', allowance_valid_until = '2099-01-01',
       income_class = 'LOW_INCOME', per_head_monthly_fen = 50000, determination_valid_until = '2099-01-01' where id_number = $1`,
    [idNumber, spouse],
  );
  await owner.query(
    `update police.person set deceased_on = '2026-01-01', cancelled_on = '2026-01-02' where id_number = $1`,
    [idNumber],
  );
}

const isChild = (person: string): boolean => {
  const member = file.members.find(({ id }) => id === person);
  return member !== undefined && ageOn(member.birthDate, '2026-11-22') < 14;
};

/** Values that a role must not see in clear. */
function excess(sights: readonly Sight[], role: Role, withPurpose: boolean): Sight[] {
  const covered = new Set(withPurpose ? file.members.map(({ id }) => id) : []);
  return sights.filter(({ level, person, value }) => {
    const sees = SEES[role][LEVELS.indexOf(level)];
    const may = sees === 'A' || (sees === 'P' && person !== undefined && covered.has(person));
    return (!may || (level === 'identity' && isChild(person!))) && !isMasked(value);
  });
}

const schema = buildSchema(committedSupergraph(), { assumeValid: true, assumeValidSDL: true });
const holders = new Set(['HouseholdMember', 'Case', 'Person']);
const PATHS = pathsOf(schema, 8).filter(({ type }) => holders.has(type.name));
const allFields = classifiedFields().map(({ type, field }) => `${type}.${field}`);

/** The query's arguments by the root that takes them. */
const argumentsOf = (root: string) => ({ id: variables[root], region: province() });

/** A covered person's own number and spouse, for whom the policy opens them; nobody else's. */
const mayAppear = (role: Role, withPurpose: boolean): boolean => withPurpose && SEES[role][1] === 'P';

describe.each(ROLES)('a %s', (role) => {
  it.each([
    ['without a purpose', false],
    ['with a purpose token of its own subject', true],
  ])('%s sees no classified value it may not, by any path, alias or fragment', async (_how, withPurpose) => {
    const seen: Sight[] = [];
    let [strangers, answered] = [0, 0];
    for (const path of PATHS) {
      const query = queryOf(path, everything(path.type));
      const asking = { variables: argumentsOf(path.fields[0]!.name), purpose: withPurpose ? purpose : undefined };
      const ask = role === 'PARTNER_SYSTEM' ? askRegistered.bind(null, running) : running.ask;
      const { status, data, errors, text } = await ask(as(role), query, asking);
      expect([nameOf(path), status < 500]).toEqual([nameOf(path), true]);
      answered += status === 200 ? 1 : 0;
      if (role === 'COUNTY_HOUSING') expect([nameOf(path), errors]).toEqual([nameOf(path), []]);
      const sights = sightsIn(data);
      expect([nameOf(path), excess(sights, role, withPurpose)]).toEqual([nameOf(path), []]);
      if (!mayAppear(role, withPurpose)) expect([nameOf(path), numbersIn(text, numbers)]).toEqual([nameOf(path), []]);
      strangers += sights.filter(({ person }) => file.members.every(({ id }) => id !== person)).length;
      seen.push(...sights.filter(({ value }) => !isMasked(value)));
    }
    if (role === 'PARTNER_SYSTEM') expect(answered).toBeGreaterThan(0);
    const inClear = new Set(seen.map(({ field }) => field));
    if (role === 'COUNTY_HOUSING') expect(strangers).toBeGreaterThan(0);
    if (role === 'COUNTY_HOUSING' && withPurpose)
      expect(allFields.filter((field) => !inClear.has(field) && !isListField(field))).toEqual([]);
    if (SEES[role] === 'NNNN') expect(seen).toEqual([]);
  });
});

/** Lists of parts are looked at part by part. */
const isListField = (name: string): boolean => ['PropertyRecord.units', 'VehicleRecord.vehicles'].includes(name);

describe.each(subgraphs.filter(({ references }) => Object.keys(references).length > 0))(
  '_entities of $name',
  (parts) => {
    const eyes = { now: () => new Date(), maskOf: () => 'STRICT_6_1' as const };
    let subgraph: GraphQLSchema;
    beforeAll(() => void (subgraph = makeSubgraph(parts, eyes).schema));

    it.each(ROLES)('shows a %s no classified value it may not see', async (role) => {
      const viewer = {
        subject: ATTACKER,
        role,
        office: province(),
        regions: running.hub.regions.scopeOf(province()),
      };
      for (const grant of [null, await resolvePurpose(running.hub, { ...viewer, role: 'COUNTY_HOUSING' }, purpose)]) {
        for (const type of Object.keys(parts.references)) {
          const data = await entities(type, viewer, grant);
          expect(excess(sightsIn(data), role, grant !== null)).toEqual([]);
          if (!mayAppear(role, grant !== null)) expect(numbersIn(JSON.stringify(data), numbers)).toEqual([]);
        }
      }
    });

    async function entities(
      type: string,
      viewer: Parameters<typeof resolvePurpose>[1],
      grant: PurposeGrant | null,
    ): Promise<unknown> {
      const select = everything(subgraph.getType(type) as GraphQLObjectType);
      const document = parse(
        `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on ${type} { ${select} } } }`,
      );
      const ids = type === 'Person' ? file.members.map(({ id }) => id) : [file.householdId];
      const contextValue = { hub: running.hub, viewer, purpose: grant, requestId: 'attack', loaders: new Map() };
      const variableValues = { keys: ids.map((id) => ({ __typename: type, id })) };
      return (await execute({ schema: subgraph, document, contextValue, variableValues })).data;
    }
  },
);

describe('after all these questions', () => {
  it('no citizen number stands in clear in any table, log line, metric or public page', async () => {
    const places = new Map(await tablesAsText(running));
    places.set('log', running.logged.join(''));
    places.set('metrics', (await running.send('/metrics')).text);
    places.set('documents', (await running.send('/public/documents')).text);
    expect(numbers.size).toBeGreaterThan(100);
    for (const [place, text] of places) expect([place, numbersIn(text, numbers)]).toEqual([place, []]);
    expect(places.get('public.read_entry_2026q4')).not.toBe('');
    expect(places.get('public.answer_2026q4')).not.toBe('');
  });

  it('no name and no number stands in any header or fault', async () => {
    const names = new Set(
      (await running.base.owner.query<{ name: string }>('select name from person')).rows.map(({ name }) => name),
    );
    for (const said of running.said) {
      const [, headers, body] = JSON.parse(said.startsWith('[') ? said : '[0,[],"{}"]') as [number, unknown, string];
      const faults = body.startsWith('{') ? ((JSON.parse(body) as { errors?: unknown }).errors ?? []) : [];
      const text = JSON.stringify([headers, faults]);
      expect(numbersIn(text, numbers)).toEqual([]);
      expect([...names].filter((name) => text.includes(name))).toEqual([]);
    }
  });
});
