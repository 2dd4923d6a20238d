import type { Role } from '../../../src/access/viewer';
import { numbersIn } from '../../support/canaries';
import { CLASSIFIED, hiddenForm, mayRead } from './by-hand';
import type { Planted } from './planted';
import { isMasked, type Sight } from './ways';

/** What a role may be shown of whom, and what of an answer is too much. */
export interface Judge {
  mayRead(field: string, person: string | undefined): boolean;
  /** Values in clear that should be hidden. */
  excess(sights: readonly Sight[]): Sight[];
  /** What must stand nowhere in an answer, its headers and faults included. */
  leaks(whole: string): string[];
  /** How a field of the eldest may look. Of what nobody may read no agency is asked: there may be nothing to hide. */
  appearances(field: string): unknown[];
}

/** Fields whose planted values stand nowhere else. */
const UNLIKE = /Fen$|plate$|brandModel|unitCode|declaredName|spouseName|cancelledOn/;

export function judgeOf(planted: Planted, role: Role, covered: Planted['file'] | null): Judge {
  const { truth, eldest, numbers } = planted;
  const covers = (person: string | undefined) => covered?.members.some(({ id }) => id === person) ?? false;
  const may = (field: string, person: string | undefined): boolean => {
    const level = CLASSIFIED.get(field)!;
    return mayRead(role, level, covers(person)) && !(level === 'identity' && planted.isChild(person));
  };
  const own = (covered?.members ?? []).filter(({ id }) => may('Person.idNumber', id)).map(({ idNumber }) => idNumber);
  /* A spouse's number is opened with the person's own; of the eldest we know whose it is. */
  const open = new Set<unknown>([...own, ...(own.includes(eldest.idNumber) ? [truth.get(SPOUSE)] : [])]);
  const secrets = [...truth].filter(([field]) => UNLIKE.test(field) && !may(field, eldest.id));
  return {
    mayRead: may,
    excess: (sights) => sights.filter(({ field, person, value }) => !may(field, person) && !isMasked(value)),
    leaks: (whole) => [
      ...secrets.flatMap(([field, value]) => (whole.includes(String(value)) ? [field] : [])),
      ...numbersIn(whole, numbers).filter((number) => !open.has(number)),
    ],
    appearances(field) {
      if (may(field, eldest.id)) return [truth.get(field)];
      const hidden = hiddenForm(field, truth.get(field));
      return isOwn(field) ? [hidden] : [hidden, null];
    },
  };
}

const SPOUSE = 'CivilAffairsRecord.spouseIdNumber';

/** Held by the hub itself; everything else is asked of an agency, under a live purpose or not at all. */
export const isOwn = (field: string): boolean => /^(Person|HouseholdMember|Case)\./.test(field);
