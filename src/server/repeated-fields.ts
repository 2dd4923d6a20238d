import { Kind, visit, type DocumentNode, type FieldNode, type SelectionNode } from 'graphql';

/**
 * Moves a field that is written again beside itself into a fragment: `{ a { x } a { y } }` → `{ a { x } ... { a { y } } }`.
 * The same to GraphQL; but the planner's runtime merges fragments item by item and appends the lists of repeated fields.
 */
export function foldRepeated(document: DocumentNode): DocumentNode {
  return visit(document, {
    SelectionSet: {
      leave(set) {
        const seen = new Set<string>();
        const again = (field: FieldNode): boolean => {
          const key = (field.alias ?? field.name).value;
          return seen.size === seen.add(key).size;
        };
        const selections = set.selections.map((node) =>
          node.kind === Kind.FIELD && again(node) ? inFragment(node) : node,
        );
        return selections.every((node, at) => node === set.selections[at]) ? undefined : { ...set, selections };
      },
    },
  });
}

const inFragment = (field: FieldNode): SelectionNode => ({
  kind: Kind.INLINE_FRAGMENT,
  selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
});
