import { sql } from './sql';

/*
 * Rules that search every region say where a hit lies and no more: in the case's own county, or elsewhere. The other
 * household stays unnamed; who is responsible for it is asked through the region.
 */

/** `note` where nobody's own number is found, but that of somebody whom an officer found to be the same person. */
export const SAME = 'SAME_PERSON';
export const SAME_PERSON = '经人工核实，有成员与另一家庭的在册成员为同一人，但登记了两个号码';

/** `note` of a rule whose facts are called found, persons, here and elsewhere. */
export const whereFoundOrSame = sql`case when found is null and persons = 0 then 'SAME_PERSON' when here and elsewhere then 'HERE_AND_ELSEWHERE'
  when here then 'HERE' when elsewhere then 'ELSEWHERE' end`;

const WORDS: Readonly<Record<string, string>> = {
  HERE: '在本县（市、区、旗）',
  ELSEWHERE: '在其他地区',
  HERE_AND_ELSEWHERE: '在本县（市、区、旗）和其他地区',
};

export const whereInWords = (note: string | null): string => WORDS[note ?? ''] ?? '';
