import { getNamedType, isObjectType, type GraphQLObjectType } from 'graphql';
import { classificationOf, type Level } from '../../src/access/classification';

/** All classified fields from a type downwards, each by its name, under an alias and in a fragment. */
export function everything(type: GraphQLObjectType, above: readonly string[] = []): string {
  const parts = Object.values(type.getFields()).flatMap((field) => {
    const below = getNamedType(field.type);
    const { name } = field;
    const isClassified = classificationOf(type.name, name) !== undefined;
    if (isObjectType(below)) {
      const leads = isClassified || name === 'value' || /Answer$/.test(below.name);
      if (!leads || above.includes(below.name)) return [];
      return [`${name} { ${everything(below, [...above, type.name])} }`];
    }
    return isClassified ? [name, `alias_${name}: ${name}`, `... on ${type.name} { ${name} }`] : [];
  });
  const whose: Record<string, string> = { Person: 'id', HouseholdMember: 'person { id }', Case: 'applicant { id }' };
  return ['__typename', whose[type.name] ?? '', ...parts].join(' ');
}

export interface Sight {
  readonly field: string;
  readonly level: Level;
  readonly person: string | undefined;
  readonly value: unknown;
}

interface Held {
  readonly __typename?: string;
  readonly id?: string;
  readonly person?: { readonly id: string } | null;
  readonly applicant?: { readonly id: string } | null;
}

/** Every classified value in an answer, with the person it speaks of. */
export function sightsIn(data: unknown, person?: string): Sight[] {
  if (Array.isArray(data)) return data.flatMap((item) => sightsIn(item, person));
  if (typeof data !== 'object' || data === null) return [];
  const { __typename: type, id, person: member, applicant } = data as Held;
  const whose = type === 'Person' ? id : (member?.id ?? applicant?.id ?? person);
  return Object.entries(data).flatMap(([key, value]) => {
    const field = key.replace(/^alias_/, '');
    const classification = type === undefined ? undefined : classificationOf(type, field);
    const isPart = typeof value === 'object' && value !== null;
    if (!classification || isPart) return sightsIn(value, whose);
    return [{ field: `${type}.${field}`, level: classification.level, person: whose, value }];
  });
}

/** Hidden: nothing, a name of one letter, a number of at most ten characters. */
export const isMasked = (value: unknown): boolean =>
  value === null || (typeof value === 'string' && /^\P{N}?\*+$|^\d{0,6}\*{8,}[\dX]{0,4}$/u.test(value));
