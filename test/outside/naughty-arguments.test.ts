import {
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLObjectType,
} from 'graphql';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { FAULTS } from '../../src/errors';
import { publicSchema } from '../../src/server/public-schema';
import { addHousehold } from '../server/support/people';
import { openStage, UNCOUNTED, type Stage } from '../server/support/stage';
import { runSeed } from '../support/seed';
import { NAUGHTY } from './naughty';

let stage: Stage;
let household: Awaited<ReturnType<typeof addHousehold>>;
beforeAll(async () => {
  stage = await openStage({ settings: UNCOUNTED });
  household = await addHousehold(stage.base, stage.hub.seal, '150402');
});
afterAll(() => stage.close());

const schema = buildSchema(committedSupergraph(), { assumeValid: true, assumeValidSDL: true });
/** Each place takes a part of the strings, another in every run; all with `npm run long:naughty`. */
const SHARE = process.env.NAUGHTY === 'all' ? 1 : 4;
const AT_ONCE = 45; // aliases: the door takes sixty

/** A place where text of a caller goes in: an argument of a field, or a field of its input. */
interface Place {
  /** Fields from the root to the one with the argument. */
  readonly path: readonly string[];
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly field: string;
  readonly argument: GraphQLArgument;
  readonly args: readonly GraphQLArgument[];
  /** Names within the argument's input, outermost first. */
  readonly within: readonly string[];
  readonly leaf: string;
}

const TEXTS = ['String', 'ID'];

/** Every String and ID that an argument holds, itself or within its input. */
function* textsIn(type: GraphQLInputType, within: readonly string[] = []): Generator<readonly string[]> {
  const named = getNamedType(type);
  if (TEXTS.includes(named.name)) yield within;
  if (isInputObjectType(named) && within.length < 4)
    for (const field of Object.values(named.getFields())) yield* textsIn(field.type, [...within, field.name]);
}

/** Every such place of the schema, each object type reached once, on the shortest way. */
function placesOf(): Place[] {
  const places: Place[] = [];
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
    ['subscription', schema.getSubscriptionType()],
  ] as const;
  const reached = new Set<string>();
  let ways = roots.flatMap(([kind, type]) => (type ? [{ kind, type, path: [] as string[] }] : []));
  while (ways.length > 0) {
    const next: typeof ways = [];
    for (const { kind, type, path } of ways)
      for (const { name: field, args, type: answer } of Object.values(type.getFields())) {
        const below = getNamedType(answer);
        const leaf = isObjectType(below) ? ' { __typename }' : '';
        for (const argument of args)
          for (const within of textsIn(argument.type)) places.push({ path, kind, field, argument, args, within, leaf });
        if (kind !== 'query' || !isObjectType(below) || reached.has(below.name)) continue;
        reached.add(below.name);
        next.push({ kind, type: below, path: [...path, written(field, args, {})] });
      }
    ways = next;
  }
  return places;
}

const written = (field: string, args: readonly GraphQLArgument[], given: Readonly<Record<string, string>>): string => {
  const parts = args.filter(({ name, type }) => name in given || isNonNullType(type));
  const text = parts.map(({ name, type }) => `${name}: ${given[name] ?? literal(sound(name, type))}`);
  return text.length > 0 ? `${field}(${text.join(', ')})` : field;
};

/** GraphQL of a value; enums are marked by a leading §. */
function literal(value: unknown): string {
  if (typeof value === 'string' && value.startsWith('§')) return value.slice(1);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([name, part]) => `${name}: ${literal(part)}`)
    .join(', ')}}`;
}

/** Sound enough to come past the door, so that the text under test is looked at. */
function sound(name: string, type: GraphQLInputType, enumMark = '§'): unknown {
  if (isNonNullType(type)) return sound(name, type.ofType, enumMark);
  if (isListType(type)) return [sound(name, type.ofType, enumMark)];
  if (isEnumType(type)) return enumMark + type.getValues()[0]!.name;
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => isNonNullType(field.type))
        .map((field) => [field.name, sound(field.name, field.type, enumMark)]),
    );
  if (/case/i.test(name)) return '00000000-0000-4000-8000-000000000001';
  if (getNamedType(type).name === 'ID') return '00000000-0000-4000-8000-000000000000';
  return (
    { purpose: 'ADMISSION_REVIEW', signedOn: '2026-11-01', validUntil: '2027-01-01' }[name] ??
    (getNamedType(type).name === 'String' ? '150402' : getNamedType(type).name === 'LocalDate' ? '2026-11-01' : 1)
  );
}

/** The argument's value with a text at a place within. */
function withText({ argument, within }: Place, text: string): unknown {
  const put = (type: GraphQLInputType, value: unknown, names: readonly string[], name: string): unknown => {
    if (isNonNullType(type)) return put(type.ofType, value, names, name);
    if (isListType(type)) return [put(type.ofType, (value as unknown[] | undefined)?.[0], names, name)];
    if (names.length === 0) return text;
    const fields = isInputObjectType(type) ? type.getFields() : {};
    const [first, ...rest] = names as [string, ...string[]];
    const held = (value ?? sound(name, type, '')) as Record<string, unknown>;
    return {
      ...held,
      [first]: put(fields[first]!.type, held[first] ?? sound(first, fields[first]!.type, ''), rest, first),
    };
  };
  return put(argument.type, sound(argument.name, argument.type, ''), within, argument.name);
}

function documentOf(place: Place, texts: readonly string[]) {
  const { kind, path, field, args, argument, leaf } = place;
  const parts = texts.map((_, at) => `a${at}: ${written(field, args, { [argument.name]: `$v${at}` })}${leaf}`);
  const heads = texts.map((_, at) => `$v${at}: ${String(argument.type)}`);
  const query = `${kind} (${heads.join(', ')}) { ${[...path, ''].join(' { ')} ${parts.join(' ')} ${' }'.repeat(path.length)} }`;
  return { query, variables: Object.fromEntries(texts.map((text, at) => [`v${at}`, withText(place, text)])) };
}

const PLACES = placesOf();
const nameOf = ({ path, field, argument, within }: Place): string =>
  [...path.map((step) => step.split('(')[0]), `${field}(${[argument.name, ...within].join('.')})`].join('.');

describe('the Big List of Naughty Strings', () => {
  it('goes into every String and ID argument of every operation and field', () => {
    expect(NAUGHTY.length).toBeGreaterThan(485);
    const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
      Object.values((root as GraphQLObjectType).getFields()),
    );
    const taking = roots
      .filter(({ args }) => args.some(({ type }) => [...textsIn(type)].length > 0))
      .map(({ name }) => name);
    const reached = new Set(PLACES.filter(({ path }) => path.length === 0).map(({ field }) => field));
    expect(taking.filter((name) => !reached.has(name))).toEqual([]);
    expect(PLACES.length).toBeGreaterThan(30);
  });

  it.each(PLACES.map((place) => [nameOf(place), place] as const))(
    '%s: an answer or a fault of the catalogue',
    async (name, place) => {
      const one = place.kind === 'subscription' ? 1 : AT_ONCE;
      const share = place.kind === 'subscription' ? 10 : SHARE;
      const texts = NAUGHTY.filter((_, at) => (at + PLACES.indexOf(place) + runSeed()) % share === 0);
      for (let at = 0; at < texts.length; at += one) {
        const { query, variables } = documentOf(place, texts.slice(at, at + one));
        const { status, text, errors } = await stage.ask(query, { variables, claims: { region: '15' } });
        const codes = errors.map(({ extensions }) => String(extensions.code));
        const strange = codes.filter((code) => code === 'INTERNAL' || !Object.keys(FAULTS).includes(code));
        if (status >= 500 || strange.length > 0)
          expect([name, status, strange, text.slice(0, 500), texts.slice(at, at + one)]).toEqual([
            name,
            'no fault of ours',
          ]);
      }
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );

  const PUBLIC = ['registered-objects', 'allocation-procedures', 'approved-households'].flatMap((document) =>
    ['region', 'after'].map((argument) => [document, argument] as const),
  );

  it.each(PUBLIC)('the public’s %s %s: a page or 4xx in JSON', async (document, argument) => {
    expect(Object.keys(publicSchema().getQueryType()!.getFields()).length).toBe(PUBLIC.length / 2);
    for (const text of NAUGHTY) {
      const variables = encodeURIComponent(JSON.stringify({ region: '15', [argument]: text }));
      const response = await fetch(`${stage.url}/public/graphql?documentId=${document}&variables=${variables}`);
      const body = JSON.parse(await response.text()) as object;
      expect([text.slice(0, 50), response.status < 500, 'data' in body || 'errors' in body]).toEqual([
        text.slice(0, 50),
        true,
        true,
      ]);
    }
  });

  const COLUMNS = ['档案编号', '登记日期', '与申请人关系', '姓名', '公民身份号码'];

  it.each(COLUMNS)('a cell of %s in a sheet: a member as written, or a flaw of its row', async (column) => {
    const cells = [household.members[0]!.idNumber, '2026-01-05', '申请人', '王小花'];
    const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    const row = (text: string, at: number) =>
      COLUMNS.map((each, place) =>
        quote(each === column ? text : ['F-' + at, cells[1]!, cells[2]!, cells[3]!, `${at}`][place]!),
      ).join(',');
    const query =
      'mutation ($csv: String!) { importHouseholds(region: "150402", csv: $csv) { created problems { row code } } }';
    const imported = async (texts: readonly string[]) => {
      const csv = [COLUMNS.join(','), ...texts.map(row)].join('\n');
      const { status, errors, data } = await stage.ask(query, { variables: { csv } });
      const codes = errors.map(({ extensions }) => extensions.code);
      return { refused: status >= 400 || codes.length > 0, codes, report: data?.importHouseholds };
    };
    /* Not a sheet any more, or a row longer than one may be: refused whole. */
    const broken = NAUGHTY.filter((text) => /\0|[\ud800-\udfff]/u.test(text) || text.length > 5000);
    for (const text of broken)
      expect([text, (await imported([text])).codes]).toEqual([text, [expect.not.stringMatching('INTERNAL')]]);
    const { codes, report } = await imported(NAUGHTY.filter((text) => !broken.includes(text)));
    expect([column, codes, report]).toEqual([column, [], { created: 0, problems: expect.any(Array) }]);
  });
});
