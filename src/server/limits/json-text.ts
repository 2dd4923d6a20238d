import type { Limits } from '../../limits';
import { tooCostly } from './over-limit';

const [QUOTE, BACKSLASH] = [34, 92];
const [BRACKET, BRACE] = [
  [91, 93],
  [123, 125],
] as const;

/** Levels above the variables: the request, and they themselves. */
const AROUND = 2;

/**
 * Brackets in brackets of a JSON text before it is parsed: a parser takes a hundred times as long for them as for anything else
 * of their length. Throws QUERY_TOO_COSTLY; says nothing of whether it is JSON.
 */
export function refuseNestedJson(text: string, { LIMIT_NESTING }: Limits): void {
  let nesting = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      if (at < 0) return;
    } else if (code === BRACKET[0] || code === BRACE[0]) {
      if (++nesting > LIMIT_NESTING + AROUND)
        throw tooCostly('LIMIT_NESTING', `括号至多嵌套 ${LIMIT_NESTING} 层`, 'variables');
    } else if (code === BRACKET[1] || code === BRACE[1]) nesting--;
  }
}

/** Where the string that begins here ends; -1 where it does not. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return end;
  }
  return -1;
}
