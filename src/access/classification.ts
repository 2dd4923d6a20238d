import { maskIdNumber, maskName, type MaskProfile } from './masks';

/** How closely a field is held. Unclassified fields are open to everyone who may reach their type. */
export const LEVELS = ['personal', 'identity', 'assets', 'welfare'] as const;
export type Level = (typeof LEVELS)[number];

/** What a viewer who may not read the clear value gets; null where nothing of it may be shown. */
export type Mask = (clear: unknown, profile: MaskProfile) => unknown;

/** 姓名: the first character stays. */
export const name: Mask = (clear) => maskName(String(clear));
/** 公民身份号码: by the region's mask profile. */
export const idNumber: Mask = (clear, profile) => maskIdNumber(String(clear), profile);
/** Nothing is shown. */
export const withheld: Mask = () => null;

export interface Classification {
  readonly level: Level;
  readonly mask: Mask;
}

const declared = new Map<string, Map<string, Classification>>();

/**
 * Declares once how closely a field is held; every schema built from the class enforces it (src/access/enforce).
 * The GraphQL type must have the class's name, or be named with {@link classifyType}.
 */
export function Classified(level: Level, mask: Mask): PropertyDecorator {
  return (target, property) => classifyField(target.constructor.name, String(property), { level, mask });
}

/** The same by names, for types made from a declaration (agencies' records). */
export function classifyField(type: string, field: string, classification: Classification): void {
  const fields = declared.get(type) ?? new Map<string, Classification>();
  declared.set(type, fields.set(field, classification));
}

export const classificationOf = (type: string, field: string): Classification | undefined =>
  declared.get(type)?.get(field);

/** Every classified field, for tests and the field catalogue. */
export function classifiedFields(): { type: string; field: string; level: Level }[] {
  return [...declared].flatMap(([type, fields]) => [...fields].map(([field, { level }]) => ({ type, field, level })));
}
