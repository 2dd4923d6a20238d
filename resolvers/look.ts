import { classificationOf } from '../src/access/classification';

/** The classified fields of a type among those selected, in one order: what the read log says was looked at. */
export function looked(type: string, selected: ReadonlySet<string>): string[] {
  return [...selected].filter((field) => classificationOf(type, field)).sort();
}

/** Does a query want no more of an entity than its id? Then nothing has to be read. */
export const wantsOnlyId = (selected: ReadonlySet<string>): boolean =>
  [...selected].every((field) => field === 'id' || field === '__typename');
