import type { Role } from '../../../src/access/viewer';
import { numbersIn } from '../../support/canaries';
import { CLASSIFIED, hiddenForm, mayRead } from './by-hand';
import { leaksIn, ownValues } from './leaks';
import type { Planted } from './planted';
import { isMasked, type Sight } from './ways';

/** What a role may be shown of whom, and what of an answer is too much. */
export interface Judge {
  mayRead(field: string, person: string | undefined): boolean;
  /** Values in clear that should be hidden. */
  excess(sights: readonly Sight[]): Sight[];
  /** What must stand nowhere in an answer, its headers and faults included. */
  leaks(whole: string): string[];
  /** The same of reports: whoever may ever see assets and welfare is told their figures, about nobody by name or number. */
  leaksOfReports(whole: string): string[];
  /** How a field of the eldest may look. Of what nobody may read no agency is asked: there may be nothing to hide. */
  appearances(field: string): unknown[];
}

/** Fields whose planted values stand elsewhere too: words of a list, small numbers, a county. Where they may stand, {@link Judge.excess} looks. */
const COMMON =
  /Kind$|Class$|[sS]tatus$|nameMatch|hukouPlace|countyCode|shareBp|minorChildren|unpricedVehicles|ratioBp|monthsPaid/;

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
  const people = [...planted.file.members, ...planted.spare.members];
  const shown = new Set(ownValues(people).flatMap(([field, id, value]) => (may(field, id) ? [value] : [])));
  const hidden = {
    shown: [...open] as string[],
    numbers: [...people.map(({ idNumber }) => idNumber), truth.get(SPOUSE) as string].filter(
      (number) => !open.has(number),
    ),
    values: [
      ...[...truth].filter(([field]) => !COMMON.test(field) && field !== SPOUSE && !may(field, eldest.id)),
      ...ownValues(people).flatMap(([field, id, value]) =>
        may(field, id) || shown.has(value) ? [] : [[field, value] as const],
      ),
    ],
  };
  return {
    mayRead: may,
    excess: (sights) => sights.filter(({ field, person, value }) => !may(field, person) && !isMasked(value)),
    leaks: (whole) => [...leaksIn(whole, hidden), ...numbersIn(whole, numbers).filter((number) => !open.has(number))],
    leaksOfReports(whole) {
      const figures = mayRead(role, 'assets', true) && mayRead(role, 'welfare', true);
      if (!figures) return whole === '' ? [] : ['a report'];
      const values = hidden.values.filter(([field]) => !FIGURE.test(field));
      return [...leaksIn(whole, { ...hidden, values }), ...numbersIn(whole, numbers)];
    },
    appearances(field) {
      if (may(field, eldest.id)) return [truth.get(field)];
      const hidden = hiddenForm(field, truth.get(field));
      return isOwn(field) ? [hidden] : [hidden, null];
    },
  };
}

/** What rules weigh. */
const FIGURE = /(Fen|Cm2)$/;

const SPOUSE = 'CivilAffairsRecord.spouseIdNumber';

/** Held by the hub itself; everything else is asked of an agency, under a live purpose or not at all. */
export const isOwn = (field: string): boolean =>
  /^(Person|HouseholdMember|Case|Decision|PaperEvidence|FactContest|ReviewStep|ApplicationStep|FilledField|Objection|ApplicationDocument|WaitingStep|WaitingException|Notice|ArchiveMaterial|SpotCheckFile|TenancyStep|RentEntry|Arrears|Violation|Inspection|IdentityMatch|Change)\./.test(
    field,
  );
