import {
  buildSchema,
  isObjectType,
  Kind,
  parse,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { subgraphs } from '../../resolvers';
import { classifiedFields } from '../../src/access/classification';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { makeSubgraph } from '../../src/server/subgraph';
import { CLASSIFIED, OPEN } from './support/by-hand';

const eyes = { now: () => new Date('2026-11-22T08:00:00Z'), maskOf: () => 'STRICT_6_1' as const };
const schemas = subgraphs.map((parts) => makeSubgraph(parts, eyes).schema);
const CLEAR = '150402198605121127';

const fieldIn = (schema: GraphQLSchema, type: string, field: string) =>
  (schema.getType(type) as GraphQLObjectType | undefined)?.getFields()[field];

const supergraph = buildSchema(committedSupergraph(), { assumeValid: true, assumeValidSDL: true });
const fieldsOfTypes = (): string[] =>
  Object.values(supergraph.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !/^__|^(Query|Mutation|Subscription)$|(Connection|Edge)$/.test(type.name)
      ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
      : [],
  );

describe('every field of the graph', () => {
  it('is classified as domain.md §8 has it, written down here by hand', () => {
    const declared = classifiedFields()
      .filter(({ type }) => supergraph.getType(type))
      .map(({ type, field, level }) => `${type}.${field} ${level}`);
    expect(declared.sort()).toEqual([...CLASSIFIED].map(([field, level]) => `${field} ${level}`).sort());
  });

  it('is either classified or reviewed and open: a new one is neither until it stands in a list', () => {
    const open = Object.entries(OPEN).flatMap(([type, fields]) => fields.split(' ').map((field) => `${type}.${field}`));
    expect(fieldsOfTypes().sort()).toEqual([...CLASSIFIED.keys(), ...open].sort());
  });
});

describe('every classified field of every subgraph', () => {
  it('stands in a schema: none is classified under a name that nothing carries', () => {
    const lost = classifiedFields().filter(
      ({ type, field }) => !schemas.some((schema) => fieldIn(schema, type, field)),
    );
    expect(lost).toEqual([]);
  });

  it.each(classifiedFields().map(({ type, field }) => [`${type}.${field}`, type, field]))(
    '%s is masked from a dashboard',
    async (_name, type, field) => {
      for (const schema of schemas) expect(await seenByDashboard(schema, type, field)).not.toBe(CLEAR);
    },
  );
});

/** What a role without any sight gets; where a resolver needs more of the hub than the test has, it got nothing. */
async function seenByDashboard(schema: GraphQLSchema, type: string, field: string): Promise<unknown> {
  const resolve = fieldIn(schema, type, field)?.resolve;
  const viewer = { subject: 's', role: 'DASHBOARD', office: '15', regions: ['15'] };
  const session = { viewer, purpose: null, requestId: 'r', hub: {}, loaders: new Map() };
  const info = { fieldName: field, fieldNodes: [nodeOf(field)] } as unknown as GraphQLResolveInfo;
  try {
    return await resolve?.({ [field]: CLEAR, id: 'x', personId: 'x' }, {}, session, info);
  } catch {
    return undefined;
  }
}

function nodeOf(field: string): FieldNode {
  const [operation] = parse(`{ ${field} }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('not an operation');
  return operation.selectionSet.selections[0] as FieldNode;
}
