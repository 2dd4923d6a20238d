import {
  GraphQLError,
  Kind,
  OverlappingFieldsCanBeMergedRule,
  parse,
  specifiedRules,
  validate,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { HubError } from '../errors';
import { RefusedDocument } from './faults';
import type { Limits } from '../limits';
import { refuseLongText, refuseWideDocument } from './limits/text';
import { foldRepeated } from './repeated-fields';

/** A document that parses and fits the schema. */
export interface Prepared {
  readonly document: DocumentNode;
  readonly operations: readonly OperationDefinitionNode[];
}

const KEPT_CHARACTERS = 8_000_000;
const LONGEST_KEPT = 100_000;

export interface Documents {
  /** Throws RefusedDocument, or what the limits refuse. */
  prepared(text: string): Prepared;
  /** It was prepared before: that is cheap. */
  knows(text: string): boolean;
}

/** Parses and validates each text once; the planner and the compiler know documents by the object kept here. */
export function makeDocuments(schema: GraphQLSchema, limits: Limits): Documents {
  const kept = new LRUCache<string, Prepared>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (_prepared, text) => text.length + 1000,
  });
  return {
    knows: (text) => kept.has(text),
    prepared(text) {
      const known = kept.get(text);
      if (known) return known;
      const prepared = prepare(schema, text, limits);
      if (text.length <= LONGEST_KEPT) kept.set(text, prepared);
      return prepared;
    },
  };
}

function prepare(schema: GraphQLSchema, text: string, limits: Limits): Prepared {
  const written = parseWithin(text, limits);
  refuseWideDocument(written, limits);
  const document = foldRepeated(written);
  const errors = faultsOf(schema, document);
  if (errors.length > 0) throw new RefusedDocument(errors);
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (asksIntrospection(document) && !operations.every(isIntrospection))
    throw new RefusedDocument([new GraphQLError(ASK_ALONE)]);
  return { document, operations };
}

/** That one compares fields with fields: only where nothing else is wrong. */
const CHEAP_RULES = specifiedRules.filter((rule) => rule !== OverlappingFieldsCanBeMergedRule);

/** Rules that must read a directive's arguments throw where those are wrong: that is the document's fault too. */
function faultsOf(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  try {
    for (const rules of [CHEAP_RULES, [OverlappingFieldsCanBeMergedRule]]) {
      const errors = validate(schema, document, rules, { maxErrors: 5 });
      if (errors.length > 0) return errors;
    }
    return reservedNames(document);
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

/** Names of two underscores are GraphQL's own (§2.1.9): the planner takes a field under one for what it is called. */
function reservedNames(document: DocumentNode): GraphQLError[] {
  const errors: GraphQLError[] = [];
  visit(document, {
    Field: (node) => {
      const { alias, name } = node;
      if (alias?.value.startsWith('__') && alias.value !== name.value)
        errors.push(new GraphQLError(`"${alias.value}" cannot name another field`, { nodes: node }));
    },
  });
  return errors;
}

/** The document, where it is short enough. Throws RefusedDocument for what is no GraphQL. */
export function parseWithin(text: string, limits: Limits): DocumentNode {
  try {
    refuseLongText(text, limits);
    return parse(text);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new RefusedDocument([error]);
  }
}

/** The planner answers introspection apart from everything else, and tells it by the fields written at the root. */
const ASK_ALONE = '__schema and __type must be asked in a document of their own, at the root of each operation';
const INTROSPECTION = new Set(['__schema', '__type', '__typename']);

function asksIntrospection(document: DocumentNode): boolean {
  let asks = false;
  visit(document, {
    Field: ({ name }) => {
      asks ||= name.value === '__schema' || name.value === '__type';
    },
  });
  return asks;
}

const isIntrospection = ({ selectionSet }: OperationDefinitionNode): boolean =>
  selectionSet.selections.every((node) => node.kind === Kind.FIELD && INTROSPECTION.has(node.name.value));

/** The operation to run. Throws INVALID_QUERY where the name does not tell which. */
export function chosenOperation({ operations }: Prepared, name?: string | null): OperationDefinitionNode {
  const chosen = name
    ? operations.find((operation) => operation.name?.value === name)
    : operations.length === 1
      ? operations[0]
      : undefined;
  if (!chosen)
    throw new HubError(
      'INVALID_QUERY',
      'operationName',
      name ? '文档中没有该操作' : '文档含多个操作，须指明 operationName',
    );
  return chosen;
}
