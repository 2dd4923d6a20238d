import { buildSchema, isObjectType, printSchema, type GraphQLSchema } from 'graphql';
import { Client } from 'pg';
import { subgraphs } from '../../resolvers';
import { classificationOf } from '../../src/access/classification';
import { publicSchema } from '../../src/server/public-schema';
import { makeSubgraph } from '../../src/server/subgraph';
import { onDatabase, testCluster } from '../support/cluster';
import { testDatabase, type TestDatabase } from '../support/database';
import { reachOfRole } from '../support/role-reach';
import { reachableTypes } from '../support/schema-reach';

const eyes = { now: () => new Date(), maskOf: () => 'STRICT_6_1' as const };

/** What every subgraph has: roots, pages, federation. */
const IN_EVERY = ['Query', 'Mutation', 'Subscription', 'PageInfo', '_Service'];

/** Every other type of the hub's own and of the agencies' subgraphs, whether it holds a classified field or leads to one. */
const raw = new Set(
  subgraphs
    .filter(({ name }) => name !== 'disclosure')
    .flatMap((parts) => Object.values(makeSubgraph(parts, eyes).schema.getTypeMap()))
    .filter(isObjectType)
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('__') && !IN_EVERY.includes(name)),
);
const rawIn = (schema: GraphQLSchema) => [...reachableTypes(schema)].filter((type) => raw.has(type)).sort();

describe('from the public contract schema [GX-7.2.1(2)]', () => {
  it('no raw type can be reached, and no classified field', () => {
    for (const known of [
      'Person',
      'Household',
      'Letter',
      'PropertyRecord',
      'VehicleRecord',
      'CivilAffairsRecord',
      'ProvidentFundRecord',
    ])
      expect([known, raw.has(known)]).toEqual([known, true]);
    const schema = publicSchema();
    expect(rawIn(schema)).toEqual([]);
    const objects = [...reachableTypes(schema)].map((name) => schema.getType(name)).filter(isObjectType);
    const fields = objects.flatMap((type) => Object.keys(type.getFields()).map((field) => [type.name, field] as const));
    expect(fields.length).toBeGreaterThan(5);
    expect(fields.filter(([type, field]) => classificationOf(type, field))).toEqual([]);
  });

  it.each([
    ['a field', 'extend type RegisteredObject { applicant: Person } type Person { idNumber: String }'],
    ['a list in a list', 'extend type PageInfo { all: [[Person!]!] } type Person { idNumber: String }'],
    ['a union', 'extend type Query { any: Any } union Any = Person | PageInfo type Person { idNumber: String }'],
    [
      'an interface',
      'extend type Query { any: Any } interface Any { id: ID } type Person implements Any { id: ID idNumber: String }',
    ],
    ['a mutation', 'type Mutation { take: Person } type Person { idNumber: String }'],
  ])('a raw type behind %s would be found', (_where, planted) => {
    expect(rawIn(buildSchema(`${printSchema(publicSchema())}\n${planted}`))).toEqual(['Person']);
  });
});

describe('the database role of the public [GX-7.2.1(2)]', () => {
  const ROLE = 'anju_public_reader';
  let base: TestDatabase;
  /** May plant anything; what is planted is rolled back. */
  let admin: Client;
  beforeAll(async () => {
    base = await testDatabase();
    admin = new Client({
      connectionString: onDatabase(testCluster().adminUrl, new URL(base.ownerUrl).pathname.slice(1)),
    });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await base.close();
  });

  const PUBLISHED = [
    'publication',
    'published_allocation_procedure',
    'published_approved_household',
    'published_publicity',
    'published_registered_object',
    'region',
  ];
  const ALLOWED = [...PUBLISHED.map((table) => `relation public.${table} SELECT`), 'schema public USAGE'];

  it('can read published tables and region codes, and nothing else is open to it in pg_catalog', async () => {
    expect(await reachOfRole(admin, ROLE)).toEqual(ALLOWED);
  });

  it('is refused every other relation when it tries', async () => {
    const { rows } = await base.owner.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and c.relkind in ('r', 'p', 'v', 'm', 'f')`,
    );
    expect(rows.length).toBeGreaterThan(40);
    const open: string[] = [];
    for (const { name } of rows) {
      const read = base.db.publicReader.query(`select * from ${name} limit 1`);
      await read.then(
        () => open.push(name),
        (error: { code: string }) => expect([name, error.code]).toEqual([name, '42501']),
      );
    }
    expect(open.sort()).toEqual(PUBLISHED);
    for (const become of [
      'set role anju_app',
      'set session authorization anju_app',
      'create table t ()',
      'create schema s',
    ])
      await expect(base.db.publicReader.query(become)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    ['a table', `grant select on person to ${ROLE}`, 'relation public.person SELECT'],
    ['a table, to everybody', 'grant select on person to public', 'relation public.person SELECT'],
    ['a partition', `grant select on answer_2026q4 to ${ROLE}`, 'relation public.answer_2026q4 SELECT'],
    ['a column', `grant select (name) on person to ${ROLE}`, 'column of public.person SELECT'],
    [
      'a view with its owner’s rights',
      `create view v as select * from person; grant select on v to ${ROLE}`,
      'relation public.v SELECT',
    ],
    ['writing what is published', `grant insert on publication to ${ROLE}`, 'relation public.publication INSERT'],
    [
      'a function with its owner’s rights',
      `create function f() returns text language sql security definer as 'select 1::text'`,
      'definer function f()',
    ],
    ['another role', `grant anju_app to ${ROLE}`, 'member of anju_app'],
    ['another role at second hand', `grant anju_audit_writer to ${ROLE}`, 'member of anju_audit_writer'],
    ['a role of PostgreSQL', `grant pg_read_all_data to ${ROLE}`, 'member of pg_read_all_data'],
    ['tables to come', `alter default privileges grant select on tables to ${ROLE}`, 'default privilege r SELECT'],
    ['a schema', `create schema s; grant usage on schema s to ${ROLE}`, 'schema s USAGE'],
    ['making things', `grant create on schema public to ${ROLE}`, 'schema public CREATE'],
    ['a sequence', `create sequence q; grant usage on sequence q to ${ROLE}`, 'sequence q USAGE'],
    [
      'files of the server',
      `grant execute on function pg_read_file(text) to ${ROLE}`,
      'server file function pg_read_file(text)',
    ],
    ['an attribute', `alter role ${ROLE} bypassrls`, 'attribute bypass row security'],
    ['ownership', `alter table publication owner to ${ROLE}`, 'owner of publication'],
  ])('given %s would be found', async (_what, planted, found) => {
    await admin.query('begin');
    try {
      await admin.query(planted);
      const more = (await reachOfRole(admin, ROLE)).filter((each) => !ALLOWED.includes(each));
      expect(more).toContain(found);
    } finally {
      await admin.query('rollback');
    }
  });
});
