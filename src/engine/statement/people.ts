import { sourceRelation, type ColumnsOf } from './answers';
import { member, SEAT, subject, subjectsInRange, type Scale } from './subject';
import { toldInRange } from './told';

/** The relations that hold for every set of numbers: `subject`, `member`, `seat`, and one of each source. */
export const peopleAndAnswers = (sources: readonly string[], scale: Exclude<Scale, 'RANGE'>): string =>
  [subject(scale), member(scale), SEAT, ...sources.map(sourceRelation)].join(',');

/** The same of a range of households. @param also a further condition on `household` */
export const peopleAndAnswersInRange = (sources: readonly string[], columnsOf: ColumnsOf, also = ''): string =>
  [subjectsInRange(also), member('RANGE'), SEAT, toldInRange(sources, columnsOf)].join(',');
