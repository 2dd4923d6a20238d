import { Kind, parse, visit, type DocumentNode, type SelectionSetNode } from 'graphql';
import { classificationOf } from '../access/classification';
import type { SubgraphSdl } from './subgraph';

/** Directives whose field set makes the planner fetch values of one subgraph and hand them to another. */
const HANDING_OVER = new Set(['key', 'requires', 'provides']);

interface Handed {
  readonly subgraph: string;
  readonly directive: string;
  /** Where it stands: 'Person' or 'Person.score'. */
  readonly at: string;
  readonly field: string;
}

/**
 * Refuses a classified field in any field set: the gateway fetches it in the viewer's name, so that the other subgraph would
 * reckon with a mask, or with a value that its own log of reads does not know (architecture.md §5).
 */
export function refuseClassifiedFieldSets(subgraphs: readonly SubgraphSdl[]): void {
  const wrong = subgraphs.flatMap(({ name, sdl }) => handedOver(name, parse(sdl)));
  if (wrong.length === 0) return;
  const lines = wrong.map(
    ({ subgraph, directive, at, field }) =>
      `  ${subgraph}: @${directive} on ${at} names ${field}, which is classified; hand over the id and read it where it is needed`,
  );
  throw new Error(`classified fields may not be handed from subgraph to subgraph:\n${lines.join('\n')}`);
}

function handedOver(subgraph: string, document: DocumentNode): Handed[] {
  const found: Handed[] = [];
  let [type, field]: [string, string | undefined] = ['', undefined];
  visit(document, {
    enter(node) {
      if ('fields' in node && 'name' in node && node.name) type = node.name.value;
      if (node.kind === Kind.FIELD_DEFINITION) field = node.name.value;
      if (node.kind !== Kind.DIRECTIVE || !HANDING_OVER.has(node.name.value)) return;
      const directive = node.name.value;
      const sets = node.arguments?.flatMap(({ value }) => (value.kind === Kind.STRING ? [value.value] : [])) ?? [];
      const at = field === undefined ? type : `${type}.${field}`;
      const start = directive === 'provides' ? returned(document, type, field) : type;
      for (const set of sets)
        for (const name of namesIn(document, start, set))
          if (isClassified(name)) found.push({ subgraph, directive, at, field: name });
    },
    leave(node) {
      if (node.kind === Kind.FIELD_DEFINITION) field = undefined;
    },
  });
  return found;
}

const isClassified = (name: string): boolean => {
  const [type, field] = name.split('.') as [string, string];
  return classificationOf(type, field) !== undefined;
};

/** 'Type.field' for every field a set names, its nested ones included. */
function namesIn(document: DocumentNode, type: string, set: string): string[] {
  const names = (selections: SelectionSetNode, on: string): string[] =>
    selections.selections.flatMap((node) => {
      if (node.kind === Kind.FRAGMENT_SPREAD) return [];
      if (node.kind === Kind.INLINE_FRAGMENT) return names(node.selectionSet, node.typeCondition?.name.value ?? on);
      const below = node.selectionSet ? names(node.selectionSet, returned(document, on, node.name.value)) : [];
      return [`${on}.${node.name.value}`, ...below];
    });
  const [operation] = parse(`{ ${set} }`).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? names(operation.selectionSet, type) : [];
}

/** The type a field of a type yields, as this subgraph writes it. */
function returned(document: DocumentNode, type: string, field: string | undefined): string {
  for (const node of document.definitions) {
    if (!('fields' in node) || !('name' in node) || node.name?.value !== type) continue;
    const found = node.fields?.find(({ name }) => name.value === field);
    if (!found) continue;
    let inner = found.type;
    while (inner.kind !== Kind.NAMED_TYPE) inner = inner.type;
    return inner.name.value;
  }
  return '';
}
