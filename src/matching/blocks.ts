import { firstSound, nameForm, soundOf } from './name-form';
import { MODEL } from './model';

/** What of a person is known at intake. */
export interface Blocked {
  readonly name: string;
  readonly idNumber: string;
}

/** How many texts of a person there are. */
export const BLOCKS = 8;

/**
 * The texts under which a person is laid beside others: only who shares one is compared. Each leaves out what one kind of slip touches;
 * they are kept as keyed digests alone. Another set is another version of the model.
 */
export function blocksOf({ name, idNumber }: Blocked): string[] {
  const form = nameForm(name);
  const sound = soundOf(form);
  const [division, born, sequence] = [idNumber.slice(0, 6), idNumber.slice(6, 14), idNumber.slice(14, 17)];
  const [year, day] = [born.slice(0, 4), born.slice(4)];
  const texts = [
    ['sound, birth date', sound, born],
    ['division, birth date', division, born],
    ['birth date, sequence', born, sequence],
    ['surname, division, sequence', firstSound(form), division, sequence],
    ['sound, division, year', sound, division, year],
    ['sound, division, day', sound, division, day],
    ['sound, year, sequence', sound, year, sequence],
    ['sound, day, sequence', sound, day, sequence],
  ];
  return texts.map((text) => [MODEL.version, ...text].join('\n'));
}
