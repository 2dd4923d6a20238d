import { buildSchema, graphql, parse, type GraphQLObjectType, type GraphQLResolveInfo } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { Field, ObjectType, Query, Resolver } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { enforceClassification } from '../../src/access/enforce';
import { aboutPerson } from '../../src/access/subject';
import { ROLES, type PurposeGrant, type Role } from '../../src/access/viewer';
import { makeSubgraph } from '../../src/server/subgraph';
import { SECRET, toy, toyPerson } from '../server/support/toy';

const eyes = { now: () => new Date('2026-11-22T08:00:00Z'), maskOf: () => 'STRICT_6_1' as const };
const schema = makeSubgraph(toy, eyes).schema;

const grant = (...persons: string[]): PurposeGrant => ({
  ...{ purpose: 'ADMISSION_REVIEW', caseId: 'c', letterId: 'l', householdId: 'h', regionCode: '150402' },
  ...{ persons: new Set(persons), sources: new Set<string>(), fields: new Set<string>() },
});

const session = (role: Role, purpose: PurposeGrant | null = null) => ({
  viewer: { subject: 's', role, office: '150402', regions: ['150402'] },
  purpose,
  requestId: 'r',
});

const MASK = '150402***********7';

/** What each role sees of [name, idNumber, areaCm2, allowance] without a purpose and with one that covers the person. */
const C = 'clear';
const M = 'masked';
const MATRIX: Record<Role, [string[], string[]]> = {
  COMMUNITY_WORKER: [
    [C, M, M, M],
    [C, M, M, M],
  ],
  STREET_OFFICER: [
    [C, M, M, M],
    [C, C, M, C],
  ],
  COUNTY_HOUSING: [
    [C, M, M, M],
    [C, C, C, C],
  ],
  CITY_HOUSING: [
    [C, M, M, M],
    [C, C, C, C],
  ],
  REGION_HOUSING: [
    [C, M, C, C],
    [C, M, C, C],
  ],
  CIVIL_AFFAIRS: [
    [C, M, M, M],
    [C, C, M, C],
  ],
  POLICE: [
    [M, M, M, M],
    [M, M, M, M],
  ],
  FINANCE: [
    [M, M, M, M],
    [M, M, M, M],
  ],
  AUDITOR: [
    [C, M, C, C],
    [C, M, C, C],
  ],
  DISCIPLINE: [
    [C, M, C, C],
    [C, M, C, C],
  ],
  OPERATING_UNIT: [
    [M, M, M, M],
    [M, M, M, M],
  ],
  PARTNER_SYSTEM: [
    [C, M, M, M],
    [C, M, C, C],
  ],
  DASHBOARD: [
    [M, M, M, M],
    [M, M, M, M],
  ],
  APPLICANT_SELF: [
    [M, M, M, M],
    [M, M, M, M],
  ],
};

const CLEAR = { name: '萨仁花', idNumber: SECRET, areaCm2: 600_000, allowance: 'SUBSISTENCE' };
const MASKED = { name: '萨**', idNumber: MASK, areaCm2: null, allowance: null };
const FIELDS = Object.keys(CLEAR) as (keyof typeof CLEAR)[];
const expected = (sights: string[]) =>
  Object.fromEntries(FIELDS.map((field, at) => [field, (sights[at] === C ? CLEAR : MASKED)[field]]));

/** Every way a query can be written to reach the fields. */
const WAYS = {
  plain: '{ people { name idNumber areaCm2 allowance } }',
  fragments:
    '{ people { ...A ... on ToyPerson { areaCm2 } ... { allowance } } } fragment A on ToyPerson { name idNumber }',
  directives: '{ people { name @include(if: true) idNumber @skip(if: false) areaCm2 allowance } }',
  entities:
    '{ people: _entities(representations: [{__typename: "ToyPerson", id: "p0"}]) { ... on ToyPerson { name idNumber areaCm2 allowance } } }',
};

describe.each(ROLES)('a %s', (role) => {
  it.each(Object.entries(WAYS))('sees what the policy says, whatever the query (%s)', async (_way, source) => {
    const seen = async (purpose: PurposeGrant | null) => {
      const { data, errors } = await graphql({ schema, source, contextValue: session(role, purpose) });
      expect(errors).toBeUndefined();
      return (data as { people: unknown[] }).people[0];
    };
    const [without, within] = MATRIX[role];
    expect(await seen(null)).toEqual(expected(without));
    expect(await seen(grant('p0'))).toEqual(expected(within));
    expect(await seen(grant('another'))).toEqual(expected(without));
  });
});

describe('the wrapper of classified fields', () => {
  it('holds under an alias', async () => {
    const source = '{ people { nickname: idNumber id: idNumber } }';
    const { data } = await graphql({ schema, source, contextValue: session('COUNTY_HOUSING') });
    expect(data).toEqual({ people: [{ nickname: MASK, id: MASK }] });
  });

  it('holds in compiled documents', async () => {
    const compiled = compileQuery(schema, parse('{ people { idNumber } }'));
    if (!isCompiledQuery(compiled)) throw new Error('the document does not compile');
    const { data } = await compiled.query(undefined, session('COUNTY_HOUSING'), {});
    expect(data).toEqual({ people: [{ idNumber: MASK }] });
  });

  it('masks the number of a child under 14 for everyone, from the 14th birthday on no longer', async () => {
    const field = (schema.getType('ToyPerson') as GraphQLObjectType).getFields().idNumber!;
    const seenOf = (birthDate: string) =>
      field.resolve!(toyPerson('p0', birthDate), {}, session('COUNTY_HOUSING', grant('p0')), info);
    expect(await seenOf('2012-11-23')).toBe(MASK);
    expect(await seenOf('2012-11-22')).toBe(SECRET);
  });

  it('finds the person of an agency’s record by its mark, parts included', () => {
    const record = aboutPerson({ areaCm2: 1, units: [{ areaCm2: 2 }] }, 'p0');
    const field = (schema.getType('ToyPerson') as GraphQLObjectType).getFields().areaCm2!;
    const seen = (parent: object) =>
      field.resolve!(parent, {}, session('COUNTY_HOUSING', grant('p0')), { ...info, fieldName: 'areaCm2' });
    expect([seen(record), seen(record.units[0]!), seen({ areaCm2: 3 })]).toEqual([1, 2, null]);
  });

  it('wraps classified fields and no others', () => {
    const bare = buildSchema('type Query { people: [ToyPerson] } type ToyPerson { nickname: String name: String }');
    const { nickname, name } = (
      enforceClassification(bare, eyes).getType('ToyPerson') as GraphQLObjectType
    ).getFields();
    expect(nickname!.resolve).toBeUndefined();
    expect(name!.resolve).toBeInstanceOf(Function);
  });

  it('refuses to build a withheld field that may not be null', () => {
    @ObjectType('ToyWithheld')
    class ToyWithheld {
      @Field() @Classified('assets', withheld) value!: string;
    }
    @Resolver()
    class Withholding {
      @Query(() => ToyWithheld) one(): ToyWithheld {
        return { value: 'x' };
      }
    }
    const parts = { ...toy, name: 'withheld', resolvers: [Withholding], references: {}, permissions: {} };
    expect(() => makeSubgraph(parts, eyes)).toThrow('ToyWithheld.value');
  });
});

const info = { fieldName: 'idNumber' } as GraphQLResolveInfo;
