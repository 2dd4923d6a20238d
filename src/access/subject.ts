/** Of whom a record speaks, where the record itself does not say: agencies' values carry facts, not identities. */
const subjects = new WeakMap<object, string>();

/** Marks a record and its parts as speaking of one person, so that a purpose can open them. Returns the record. */
export function aboutPerson<Value>(value: Value, personId: string): Value {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (!Array.isArray(value)) subjects.set(value, personId);
  for (const part of Object.values(value)) aboutPerson(part, personId);
  return value;
}

interface MaybeOfPerson {
  readonly personId?: string;
  readonly person?: { readonly id?: string };
}

/** The person a parent object speaks of: marked so, naming one, or (type Person) being one. */
export function personIdOf(type: string, parent: object): string | undefined {
  if (type === 'Person') return (parent as { id?: string }).id;
  const { personId, person } = parent as MaybeOfPerson;
  return subjects.get(parent) ?? personId ?? person?.id;
}
