import fc from 'fast-check';

/** The limits under which the drawn documents are asked. */
export const LARGEST = { depth: 5, aliases: 3, directives: 3, cost: 1000 } as const;

/** A field of `Tree` as a document writes it. */
interface Drawn {
  readonly field: 'id' | 'child' | 'children' | 'page';
  readonly alias: boolean;
  readonly directive: boolean;
  /** Wrapped in an inline fragment. */
  readonly wrapped: boolean;
  readonly first: number;
  readonly below: readonly Drawn[];
}

/** Selections of `Tree`, no field twice, at least one. */
export const aDocument: fc.Arbitrary<readonly Drawn[]> = fc.letrec<{ set: readonly Drawn[]; node: Drawn }>((tie) => ({
  node: fc.record({
    field: fc.constantFrom('id', 'id', 'child', 'children', 'page'),
    alias: fc.boolean(),
    directive: fc.nat(3).map((one) => one === 0),
    wrapped: fc.boolean(),
    first: fc.constantFrom(1, 2, 10, 50, 200),
    below: tie('set'),
  }),
  set: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.constant([{ field: 'id', alias: false, directive: false, wrapped: false, first: 1, below: [] } satisfies Drawn]),
    fc.uniqueArray(tie('node'), { minLength: 1, maxLength: 3, selector: ({ field }) => field }),
  ),
})).set;

export function render(set: readonly Drawn[]): string {
  let aliases = 0;
  const written = ({ field, alias, directive, wrapped, first, below }: Drawn): string => {
    const name = `${alias ? `a${aliases++}: ` : ''}${field}${field === 'page' ? `(first: ${first})` : ''}`;
    const text = `${name}${directive ? ' @include(if: true)' : ''}${field === 'id' ? '' : ` { ${below.map(written).join(' ')} }`}`;
    return wrapped ? `... on Tree { ${text} }` : text;
  };
  return `{ tree { ${set.map(written).join(' ')} } }`;
}

interface Weight {
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly cost: number;
}

/** By the words of docs/limits.md: rows and fields it could yield, a list without a page taken for five. */
export function weigh(set: readonly Drawn[]): Weight {
  const below = sumOf(set);
  return { ...below, depth: below.depth + 1, cost: below.cost + 1 };
}

function sumOf(set: readonly Drawn[]): Weight {
  return set.reduce(
    (sum, { field, alias, directive, first, below }) => {
      const under = field === 'id' ? { depth: 0, aliases: 0, directives: 0, cost: 0 } : sumOf(below);
      const rows = { id: 0, child: 1, children: 5, page: first }[field];
      const ofRow = field === 'children' || field === 'page' ? 1 : 0;
      return {
        depth: Math.max(sum.depth, under.depth + 1),
        aliases: sum.aliases + under.aliases + Number(alias),
        directives: sum.directives + under.directives + Number(directive),
        cost: sum.cost + 1 + rows * (under.cost + ofRow),
      };
    },
    { depth: 0, aliases: 0, directives: 0, cost: 0 },
  );
}
