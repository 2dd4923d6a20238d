import { Kind, Lexer, Source, TokenKind, visit, type DocumentNode, type SelectionNode } from 'graphql';
import type { Limits } from '../../limits';
import { OverLimit, tooCostly } from './over-limit';

const OPENING: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Length and nesting of a text before it is parsed: the parser calls itself for every bracket, and a text may hold more of
 * them than the stack does. Throws a GraphQLError where the text has no tokens.
 */
export function refuseLongText(text: string, limits: Limits): void {
  if (text.length > limits.LIMIT_CHARACTERS)
    throw tooCostly('LIMIT_CHARACTERS', `文档至多 ${limits.LIMIT_CHARACTERS} 个字符`);
  const lexer = new Lexer(new Source(text));
  let nesting = 0;
  for (let tokens = 0; lexer.advance().kind !== TokenKind.EOF; ) {
    const { kind } = lexer.token;
    if (++tokens > limits.LIMIT_TOKENS) throw tooCostly('LIMIT_TOKENS', `至多 ${limits.LIMIT_TOKENS} 个词法单元`);
    if (OPENING.has(kind) && ++nesting > limits.LIMIT_NESTING)
      throw tooCostly('LIMIT_NESTING', `括号至多嵌套 ${limits.LIMIT_NESTING} 层`);
    if (CLOSING.has(kind)) nesting--;
  }
}

/** What a document holds as it is written, before it is validated: some rules compare each field with each. */
export function refuseWideDocument(document: DocumentNode, limits: Limits): void {
  let [aliases, directives, repeats] = [0, 0, 0];
  visit(document, {
    Directive: () => void directives++,
    SelectionSet: ({ selections }) => {
      aliases += selections.filter((node) => node.kind === Kind.FIELD && node.alias).length;
      repeats += repeatsIn(selections);
    },
    ListValue({ values }) {
      if (values.length > limits.LIMIT_LIST)
        throw new OverLimit('LIMIT_LIST', 'LIST_TOO_LONG', 'query', `一个列表至多 ${limits.LIMIT_LIST} 项`);
    },
  });
  if (aliases > limits.LIMIT_ALIASES) throw tooCostly('LIMIT_ALIASES', `别名至多 ${limits.LIMIT_ALIASES} 个`);
  if (directives > limits.LIMIT_DIRECTIVES)
    throw tooCostly('LIMIT_DIRECTIVES', `指令至多 ${limits.LIMIT_DIRECTIVES} 个`);
  if (repeats > limits.LIMIT_REPEATS)
    throw tooCostly('LIMIT_REPEATS', `同名字段至多重复书写 ${limits.LIMIT_REPEATS} 次`);
}

/** Fields, and fragments, that stand beside an equal one. */
function repeatsIn(selections: readonly SelectionNode[]): number {
  const keys = selections.map((node) => {
    if (node.kind === Kind.FIELD) return (node.alias ?? node.name).value;
    return node.kind === Kind.FRAGMENT_SPREAD
      ? `...${node.name.value}`
      : `...on ${node.typeCondition?.name.value ?? ''}`;
  });
  return keys.length - new Set(keys).size;
}
