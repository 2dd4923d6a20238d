import type { Limits } from '../../limits';
import { OverLimit, tooCostly } from './over-limit';

/** Length, number and nesting of what a request hands over. Walks without calling itself: how deep it goes is the caller's choice. */
export function refuseLargeVariables(variables: Readonly<Record<string, unknown>>, limits: Limits): void {
  const { LIMIT_LIST, LIMIT_VALUES, LIMIT_NESTING } = limits;
  const open: { value: object; path: string; depth: number }[] = [{ value: variables, path: '', depth: 0 }];
  let values = 0;
  for (let at = open.pop(); at; at = open.pop()) {
    const { value, path, depth } = at;
    const field = path || 'variables';
    if (depth > LIMIT_NESTING) throw tooCostly('LIMIT_NESTING', `括号至多嵌套 ${LIMIT_NESTING} 层`, 'variables');
    const isList = Array.isArray(value);
    const inside = isList ? value : Object.entries(value);
    if (isList && inside.length > LIMIT_LIST)
      throw new OverLimit('LIMIT_LIST', 'LIST_TOO_LONG', field, `一个列表至多 ${LIMIT_LIST} 项`);
    values += inside.length;
    if (values > LIMIT_VALUES)
      throw new OverLimit('LIMIT_VALUES', 'LIST_TOO_LONG', field, `变量至多 ${LIMIT_VALUES} 个值`);
    for (const each of inside) {
      const [name, item] = isList ? ['', each] : (each as [string, unknown]);
      if (typeof item !== 'object' || item === null) continue;
      open.push({ value: item, path: placed(path, name), depth: depth + 1 });
    }
  }
}

/** Names of a caller are shown as far as they are plain; a number of somebody is none. */
function placed(path: string, name: string): string {
  if (name === '') return path;
  const shown = /^[A-Za-z_]\w{0,40}$/.test(name) && !/\d{6}/.test(name) ? name : '…';
  return path === '' ? shown : `${path}.${shown}`.slice(0, 100);
}
