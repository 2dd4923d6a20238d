import { personNumber, type Seal } from '../access/seal';

/** Opens a person's sealed number. */
export type Numbers = (personId: string, sealed: Buffer) => string;

/** A number is opened once in a moment, though several agencies are asked about the person in it, and is not kept longer. */
export function numbersOf(seal: Pick<Seal, 'open'>): Numbers {
  const moment = new Map<string, { readonly sealed: Buffer; readonly clear: string }>();
  return (personId, sealed) => {
    const known = moment.get(personId);
    if (known?.sealed.equals(sealed)) return known.clear;
    const clear = seal.open(sealed, personNumber(personId));
    if (moment.size === 0) setImmediate(() => moment.clear());
    moment.set(personId, { sealed, clear });
    return clear;
  };
}
