import {
  GraphQLNonNull,
  defaultFieldResolver,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { classificationOf, withheld, type Classification } from './classification';
import { beijingDay } from './day';
import type { MaskProfile } from './masks';
import { opens, sightOf } from './policy';
import type { Session } from './session';
import { personIdOf } from './subject';

/** What masking has to know beside viewer and purpose. */
export interface Eyes {
  readonly now: () => Date;
  /** The mask of the region that holds the person; the default where the region is unknown. */
  maskOf(regionCode: string | undefined): MaskProfile;
}

interface Held {
  readonly regionCode?: string;
  readonly birthDate?: string;
}

/** Under this age identity is masked for everyone (PIPL art. 28: sensitive). */
const SHIELDED_UNDER = 14;

/**
 * Wraps every classified field of a schema, and no other: who may not read the clear value gets its mask. It happens
 * where the value is born, so that no path (`_entities`, alias, fragment) leads around it. Changes the schema in place.
 */
export function enforceClassification(schema: GraphQLSchema, eyes: Eyes): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const classification = classificationOf(type.name, field.name);
      if (classification) guard(type.name, field, classification, eyes);
    }
  }
  return schema;
}

function guard(type: string, field: GraphQLField<object, Session>, { level, mask }: Classification, eyes: Eyes): void {
  if (mask === withheld && field.type instanceof GraphQLNonNull) {
    throw new Error(
      `${type}.${field.name} is withheld and must be nullable: a denied non-null field would null its parent`,
    );
  }
  const resolve = field.resolve ?? propertyOf(field.name);
  const shielded = level === 'identity' ? shieldOf(eyes) : () => false;
  const mayRead = (parent: object, { viewer, purpose }: Session): boolean => {
    const sight = sightOf(viewer.role, level);
    const open =
      sight === 'CLEAR' || (sight === 'PURPOSE' && purpose !== null && opens(purpose, personIdOf(type, parent)));
    return open && !shielded(parent);
  };
  const hide = (clear: unknown, parent: Held): unknown =>
    clear === null || clear === undefined ? null : mask(clear, eyes.maskOf(parent.regionCode));
  field.resolve = (parent, args, session, info) => {
    if (mayRead(parent, session)) return resolve(parent, args, session, info);
    if (mask === withheld) return null;
    const clear: unknown = resolve(parent, args, session, info);
    return clear instanceof Promise ? clear.then((value) => hide(value, parent)) : hide(clear, parent);
  };
}

type Resolve = GraphQLFieldResolver<object, Session>;

/** As the default resolver, for a field whose name is known: most values are plain, and a list has many. */
const propertyOf =
  (name: string): Resolve =>
  (parent, args, session, info) => {
    const value = (parent as Readonly<Record<string, unknown>>)[name];
    return typeof value === 'function' ? defaultFieldResolver(parent, args, session, info) : value;
  };

const DAY_MS = 24 * 3600 * 1000;

/** Is this about a child? The last birth date that is none changes with the day, so it is reckoned once in a day. */
function shieldOf({ now }: Eyes): (parent: Held) => boolean {
  let [from, until, adultSince] = [0, 0, ''];
  return ({ birthDate }) => {
    if (birthDate === undefined) return false;
    const instant = now().getTime();
    if (instant < from || instant >= until) {
      const today = beijingDay(new Date(instant));
      from = new Date(`${today}T00:00:00+08:00`).getTime();
      until = from + DAY_MS;
      adultSince = `${+today.slice(0, 4) - SHIELDED_UNDER}${today.slice(4)}`;
    }
    return birthDate > adultSince;
  };
}
