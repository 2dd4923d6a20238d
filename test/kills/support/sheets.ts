import fc from 'fast-check';
import { runSeed } from '../../support/seed';
import { numberOf } from './writers';

/** A county's sheet, and what it says of each household that is to land: file number → members as its rows have them. */
export interface CountySheet {
  readonly region: string;
  readonly csv: string;
  readonly households: ReadonlyMap<string, readonly string[]>;
}

const HEADING = 'fileNumber,registeredOn,relation,name,idNumber,since';
const DAY = '2024-05-06';
const NAMES = ['白音朝鲁', '欧阳·春晓', '𠮷日木图', '王小雨'];
const FLAWED_EVERY = 40;
let people = 0;

/** Sheets of so many households of one to four members; some households have a bad row, some a member who is filed already. */
export function sheetsFor(region: string, count: number, households: number): CountySheet[] {
  const kin = fc.array(fc.constantFrom('SPOUSE', 'CHILD', 'PARENT'), { maxLength: 3 });
  const families = fc.sample(kin, { seed: runSeed(), numRuns: households });
  let filed = ''; // an applicant of the sheet before
  return Array.from({ length: count }, (_, sheet) => {
    const sound = new Map<string, readonly string[]>();
    const known = filed;
    const rows = families.flatMap((relations, at) => {
      const file = `${region}-${sheet}-${at}`;
      const flaw = at % FLAWED_EVERY === 1 ? '1' : at % FLAWED_EVERY === 2 ? known : '';
      const members = ['APPLICANT', ...relations].map((relation, place) => {
        const number = flaw && place === 0 ? flaw : numberOf(people++);
        return `${relation},${NAMES[(at + place) % NAMES.length]},${number},${DAY}`;
      });
      if (!flaw) sound.set(file, members.toSorted());
      if (!flaw) filed = members[0]!.split(',')[2]!;
      return members.map((member) => `${file},${DAY},${member}`);
    });
    return { region, csv: [HEADING, ...rows].join('\n'), households: sound };
  });
}
