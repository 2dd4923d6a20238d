import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** A whole number from 0, below `n`. */
export type Draw = (n: number) => number;

export interface Generated {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** Ids that are there, so that some documents find something. */
export interface Known {
  readonly ids: readonly string[];
}

/** Something written into a sound document that may make it unsound: a graphql-js of its own says whether it did. */
const NOISE = [
  ...['{', '}', '(', ')', '[', ']', ':', '$', '!', '@', '...', '|', '=', '&', '"', '"""', '#', ',', '\\', '\u0000'],
  ...['\ufeff', '__typename', '@include(if: true)', '@skip(if: "no")', '@defer', '@stream', '@deprecated', 'fragment'],
  ...[
    'query',
    'mutation',
    'subscription',
    'on',
    'null',
    'true',
    '1e999',
    '-0',
    '00',
    '$none',
    'id',
    'secret',
    'extend',
  ],
  ...['fragment A on Person { ...A }', '{ __schema { types { name } } }', 'schema { query: Query }', '💥', '\ud800'],
];
const STRANGE: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 2 ** 31, 2 ** 53, '', ' ', '15', '150402', '\u0000', 'null', '__proto__'],
  ...['2026-02-30', '2026-11-29', '11010519491231002X', [], [[]], {}, { id: 1 }, { __proto__: null }, 'x'.repeat(300)],
];

/** Documents of every shape over a schema: most nearly sound, some sound, some noise. */
export class Generator {
  private variables: Record<string, unknown> = {};
  private declared: string[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly known: Known,
    private readonly draw: Draw,
  ) {}

  document(): Generated {
    const { draw, schema } = this;
    const kind = draw(10) < 8 ? 'query' : draw(4) > 0 ? 'mutation' : 'subscription';
    const root = {
      query: schema.getQueryType(),
      mutation: schema.getMutationType(),
      subscription: schema.getSubscriptionType(),
    }[kind]!;
    const depth = 1 + draw(4);
    const parts = kind === 'query' ? 1 + draw(2) : 1;
    const body = Array.from({ length: parts }, (_, at) =>
      this.field(this.one(this.fieldsOf(root)), depth, parts > 1 ? `r${at}` : ''),
    ).join(' ');
    const head = this.declared.length > 0 ? `(${this.declared.join(', ')})` : '';
    const text = `${kind} Q${head} { ${body} }`;
    return {
      query: draw(5) > 1 ? text : this.spoilt(text),
      variables: draw(20) === 0 ? this.otherVariables() : this.variables,
    };
  }

  private one<Item>(items: readonly Item[]): Item {
    return items[this.draw(items.length)]!;
  }

  private fieldsOf(type: GraphQLCompositeType): GraphQLField<unknown, unknown>[] {
    return 'getFields' in type ? Object.values(type.getFields()) : [];
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number, alias: string): string {
    const { draw } = this;
    const type = getNamedType(field.type);
    const name = `${alias ? `${alias}: ` : ''}${draw(300) === 0 ? `${field.name}x` : field.name}`;
    const below = isCompositeType(type)
      ? draw(50) === 0
        ? ''
        : this.selection(type, depth - 1)
      : draw(50) === 0
        ? '{ id }'
        : '';
    return `${name}${this.arguments(field.args)}${draw(80) === 0 ? this.directive() : ''} ${below}`;
  }

  private selection(type: GraphQLCompositeType, depth: number): string {
    const { draw } = this;
    const leaves = this.fieldsOf(type).filter((field) => depth > 0 || !isCompositeType(getNamedType(field.type)));
    const picked = leaves.filter(() => draw(3) === 0).slice(0, 5);
    const parts = picked.map((field) => this.field(field, depth, draw(15) === 0 ? `a${draw(9)}` : ''));
    if (draw(8) === 0) parts.push(this.fragment(type, depth));
    return `{ __typename ${parts.join(' ')} }`;
  }

  private fragment(type: GraphQLCompositeType, depth: number): string {
    const objects = Object.values(this.schema.getTypeMap()).filter((each): each is GraphQLObjectType =>
      isObjectType(each),
    );
    const on =
      this.draw(3) === 0
        ? this.one(objects)
        : isAbstractType(type)
          ? this.one(this.schema.getPossibleTypes(type))
          : type;
    return `... on ${on.name} ${this.selection(on, depth - 1)}`;
  }

  private directive(): string {
    return this.one([
      ' @include(if: true)',
      ' @skip(if: false)',
      ' @skip',
      ' @nothing',
      ' @include(if: $b)',
      ' @include(if: 1)',
    ]);
  }

  private arguments(args: readonly GraphQLArgument[]): string {
    const { draw } = this;
    const given = args.filter(({ type }) => (isNonNullType(type) ? draw(200) > 0 : draw(3) === 0));
    const written = given.map(
      ({ name, type }) => `${name}: ${draw(2) === 0 ? this.variable(type) : this.literal(type)}`,
    );
    if (draw(300) === 0) written.push('none: 1');
    return written.length > 0 ? `(${written.join(', ')})` : '';
  }

  private variable(type: GraphQLInputType): string {
    const { draw } = this;
    const name = `v${this.declared.length}`;
    const as = draw(100) === 0 ? this.one(['Int', 'String!', '[ID!]', 'Person', 'None', 'Boolean']) : String(type);
    this.declared.push(`$${name}: ${as}`);
    if (draw(30) > 0) this.variables[name] = draw(60) === 0 ? this.one(STRANGE) : this.value(type);
    return `$${name}`;
  }

  private value(type: GraphQLInputType): unknown {
    const { draw } = this;
    if (isNonNullType(type)) return this.valueOf(type.ofType);
    return draw(30) === 0 ? null : this.valueOf(type);
  }

  private valueOf(type: GraphQLInputType): unknown {
    const { draw } = this;
    if (isListType(type)) return Array.from({ length: draw(3) }, () => this.value(type.ofType));
    if (isEnumType(type)) return this.one(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type) || draw(2) === 0);
      return Object.fromEntries(fields.map((field) => [field.name, this.value(field.type)]));
    }
    const name = getNamedType(type).name;
    if (name === 'ID') return this.one([...this.known.ids, '1', '']);
    if (name === 'Int' || name === 'Integer' || name === 'Fen') return this.one([0, 1, 2, 10, 50, 101, -1]);
    if (name === 'Boolean') return draw(2) === 0;
    return this.one(['15', '150402', '450102', '2026-11-01', 'ADMISSION_REVIEW', 'a', '']);
  }

  private literal(type: GraphQLInputType): string {
    const { draw } = this;
    return draw(30) === 0
      ? this.one(['{a: 1}', '[1]', '1.5', 'NONE', '"x"', 'null', '$none', '""" block """'])
      : this.written(this.value(type), type);
  }

  private written(value: unknown, type: GraphQLInputType): string {
    if (isNonNullType(type)) return this.written(value, type.ofType);
    if (isEnumType(type)) return String(value);
    if (Array.isArray(value))
      return `[${value.map((item) => this.written(item, isListType(type) ? type.ofType : type)).join(', ')}]`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const fields = isInputObjectType(type) ? type.getFields() : {};
    return `{${Object.entries(value)
      .map(([name, part]) => `${name}: ${this.written(part, fields[name]!.type)}`)
      .join(', ')}}`;
  }

  /** One to three pieces put in, left out, or swapped. */
  private spoilt(text: string): string {
    const { draw } = this;
    const pieces = text.split(/(?=[ {}():,$@])/);
    for (let left = 1 + draw(3); left > 0; left--) {
      const at = draw(pieces.length);
      const way = draw(4);
      if (way === 0) pieces.splice(at, 1);
      else if (way === 1) pieces.splice(at, 0, ` ${this.one(NOISE)} `);
      else if (way === 2) pieces[at] = pieces[draw(pieces.length)] ?? '';
      else pieces[at] = (pieces[at] ?? '').slice(0, -1);
    }
    return pieces.join('');
  }

  private otherVariables(): Record<string, unknown> {
    return Object.fromEntries([...Object.keys(this.variables), 'extra'].map((name) => [name, this.one(STRANGE)]));
  }
}
