import { sql } from './sql';

/*
 * Rules that search every region say where a hit lies and no more: in the case's own county, or elsewhere. The other
 * household stays unnamed; who is responsible for it is asked through the region.
 */

/** `note` of a rule whose facts are called here and elsewhere. */
export const whereFound = sql`case when here and elsewhere then 'HERE_AND_ELSEWHERE' when here then 'HERE' when elsewhere then 'ELSEWHERE' end`;

const WORDS: Readonly<Record<string, string>> = {
  HERE: '在本县（市、区、旗）',
  ELSEWHERE: '在其他地区',
  HERE_AND_ELSEWHERE: '在本县（市、区、旗）和其他地区',
};

export const whereInWords = (note: string | null): string => WORDS[note ?? ''] ?? '';
