import {
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** One way to a classified field: names from the root field down; `Type!` narrows a union. */
export type Way = readonly string[];

/** How far ways go: every way of `exhaustive` fields, and up to `deepest` those that pass no type twice. */
export interface Reach {
  readonly exhaustive: number;
  readonly deepest: number;
}

/** Every way from a root type to a field of `classified` ('Type.field') that holds no parts itself. */
export function waysFrom(
  root: GraphQLObjectType,
  schema: GraphQLSchema,
  classified: ReadonlySet<string>,
  reach: Reach,
) {
  const found: Way[] = [];
  const walk = (type: GraphQLNamedType, way: Way, fields: number, passed: readonly string[], twice: boolean): void => {
    if (isUnionType(type))
      for (const one of schema.getPossibleTypes(type)) walk(one, [...way, `${one.name}!`], fields, passed, twice);
    if (!isObjectType(type) || fields >= (twice ? reach.exhaustive : reach.deepest)) return;
    for (const field of Object.values(type.getFields())) {
      const below = getNamedType(field.type);
      const next = [...way, field.name];
      if (isObjectType(below) || isUnionType(below)) {
        walk(below, next, fields + 1, [...passed, below.name], twice || passed.includes(below.name));
      } else if (classified.has(`${type.name}.${field.name}`)) found.push(next);
    }
  };
  walk(root, [], 0, [root.name], false);
  return found;
}

/** Every field that holds no parts, 'Type.field', of all types of a schema, by which no argument must be given. */
export const leavesOf = (schema: GraphQLSchema): ReadonlySet<string> =>
  new Set(
    Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) && !type.name.startsWith('__')
        ? Object.values(type.getFields())
            .filter(({ type: below, args }) => isLeafType(getNamedType(below)) && !args.some(isRequiredArgument))
            .map(({ name }) => `${type.name}.${name}`)
        : [],
    ),
  );

/** Of the ways that begin alike and lead to one field, the shortest. */
export function shortest(ways: readonly Way[], root: GraphQLObjectType, schema: GraphQLSchema): Way[] {
  const found = new Map<string, Way>();
  for (const way of ways) {
    const key = `${way[0]} ${fieldAt(root, schema, way)}`;
    if (way.length < (found.get(key)?.length ?? Infinity)) found.set(key, way);
  }
  return [...found.values()];
}

/** 'Type.field' at the end of a way. */
export function fieldAt(root: GraphQLObjectType, schema: GraphQLSchema, way: Way): string {
  let type: GraphQLNamedType = root;
  for (const name of way.slice(0, -1))
    type = name.endsWith('!')
      ? schema.getType(name.slice(0, -1))!
      : getNamedType((type as GraphQLObjectType).getFields()[name]!.type);
  return `${type.name}.${way.at(-1)}`;
}

/** The ways a query can be written: plainly, with every field under another name, or in fragments behind conditions. */
export const DRESSES = ['plain', 'aliased', 'fragments'] as const;
export type Dress = (typeof DRESSES)[number];

/** At most so many fields of ours in one document: the limits on a query's aliases and words. */
const MOST: Record<Dress, number> = { plain: 400, aliased: 55, fragments: 200 };

/** Documents that together go all these ways. `call` is a root field with its arguments, `head` the operation's. */
export function documentsOf(
  root: GraphQLObjectType,
  schema: GraphQLSchema,
  ways: readonly Way[],
  { call, head, dress }: { call: string; head: string; dress: Dress },
): string[] {
  const chunks: Tree[] = [];
  let [tree, size]: [Tree, number] = [new Map(), 0];
  for (const way of ways) {
    const grown = size + newOn(tree, way);
    if (grown > MOST[dress]) [tree, size] = [new Map(), 0];
    if (size === 0) chunks.push(tree);
    size += newOn(tree, way);
    plant(tree, way);
  }
  return chunks.map((chunk) => documentOf(chunk, root, schema, { call, head, dress }));
}

type Tree = Map<string, Tree>;

function newOn(tree: Tree, way: Way): number {
  let [at, fresh]: [Tree | undefined, number] = [tree, 0];
  for (const name of way) {
    at = at?.get(name);
    fresh += at ? 0 : 1;
  }
  return fresh;
}

function plant(tree: Tree, way: Way): void {
  let at = tree;
  for (const name of way) at = at.get(name) ?? at.set(name, new Map()).get(name)!;
}

function documentOf(
  tree: Tree,
  root: GraphQLObjectType,
  schema: GraphQLSchema,
  { call, head, dress }: { call: string; head: string; dress: Dress },
): string {
  const fragments: string[] = [];
  const dressed = (type: GraphQLObjectType, parts: readonly string[]): string => {
    if (dress !== 'fragments') return parts.join(' ');
    fragments.push(`fragment F${fragments.length} on ${type.name} { ${parts.join(' ')} }`);
    return `... on ${type.name} @include(if: true) { ...F${fragments.length - 1} @skip(if: false) }`;
  };
  const below = (node: Tree, type: GraphQLNamedType): string => {
    if (isUnionType(type))
      return [...node].map(([name, part]) => `... on ${name.slice(0, -1)} { ${below(part, typeIn(name))} }`).join(' ');
    const object = type as GraphQLObjectType;
    const parts = [...node].map(([name, part]) => fieldOf(object.getFields()[name]!, part));
    return ['__typename', WHOSE[object.name] ?? '', dressed(object, parts)].join(' ');
  };
  const typeIn = (name: string) => schema.getType(name.slice(0, -1))!;
  const fieldOf = (field: GraphQLField<unknown, unknown>, part: Tree): string => {
    const name = dress === 'aliased' ? `alias_${field.name}: ${field.name}` : field.name;
    const page = field.args.some(({ name: argument }) => argument === 'first') ? '(first: 3)' : '';
    return part.size === 0 ? name : `${name}${page} { ${below(part, getNamedType(field.type))} }`;
  };
  const [[name, part]] = [...tree] as [[string, Tree]];
  const alias = dress === 'aliased' ? `alias_${name}: ` : '';
  const body = below(part, getNamedType(root.getFields()[name]!.type));
  return `${head} { ${alias}${call} { ${body} } } ${fragments.join(' ')}`;
}

/** Whom an object speaks of. */
const WHOSE: Readonly<Record<string, string>> = {
  Person: 'id',
  HouseholdMember: 'person { id }',
  Case: 'applicant { id }',
  Decision: 'personId',
  PaperEvidence: 'personId',
  FactContest: 'personId',
  ReviewStep: 'personId',
  ApplicationStep: 'personId',
  Objection: 'personId',
  ApplicationDocument: 'personId',
  WaitingStep: 'personId',
  WaitingException: 'personId',
  ArchiveMaterial: 'personId',
  SpotCheckFile: 'personId',
  TenancyStep: 'personId',
  RentEntry: 'personId',
  Arrears: 'personId',
  Violation: 'personId',
  Notice: 'personId',
  Inspection: 'personId',
  IdentityMatch: 'personId',
  Change: 'personId',
  FilledField: 'personId',
  SharedFact: 'personId',
};

export interface Sight {
  /** As a {@link Way} without narrowings, by dots. */
  readonly way: string;
  readonly field: string;
  readonly person: string | undefined;
  readonly value: unknown;
}

interface Held {
  readonly __typename?: string;
  readonly id?: string;
  readonly person?: { readonly id: string } | null;
  readonly applicant?: { readonly id: string } | null;
  readonly personId?: string;
}

/** Every classified value in an answer, the way to it and the person it speaks of. */
export function sightsIn(
  data: unknown,
  classified: ReadonlySet<string>,
  way: readonly string[] = [],
  person?: string,
): Sight[] {
  if (Array.isArray(data)) return data.flatMap((item) => sightsIn(item, classified, way, person));
  if (typeof data !== 'object' || data === null) return [];
  const { __typename: type, id, person: member, applicant, personId } = data as Held;
  const whose =
    type === 'Person'
      ? id
      : ((type === 'HouseholdMember'
          ? member?.id
          : (applicant?.id ?? (WHOSE[type ?? ''] === 'personId' ? personId : undefined))) ?? person);
  return Object.entries(data).flatMap(([key, value]: [string, unknown]) => {
    const name = key.replace(/^alias_/, '');
    const next = [...way, name];
    if (typeof value === 'object' && value !== null) return sightsIn(value, classified, next, whose);
    if (!classified.has(`${type}.${name}`)) return [];
    return [{ way: next.join('.'), field: `${type}.${name}`, person: whose, value }];
  });
}

/** Hidden: nothing, a name of one letter, a number of at most ten characters. */
export const isMasked = (value: unknown): boolean =>
  value === null || (typeof value === 'string' && /^\P{N}?\*+$|^\d{0,6}\*{8,}[\dX]{0,4}$/u.test(value));
