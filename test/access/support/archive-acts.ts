import { randomUUID } from 'node:crypto';
import type { Role } from '../../../src/access/viewer';
import { fileIdOf, plantArchive, plantSpotCheck } from './archive';
import type { Opening } from './opening';
import type { Planted } from './planted';

const OFFICES: readonly Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING'];
const INSPECTORS: readonly Role[] = ['CITY_HOUSING', 'REGION_HOUSING'];
const WORDS = { title: '某', place: '某', reason: '某', defects: '某' };

/** What is done with the file of the spare household. */
export const archiveActs = (): Record<string, Opening> => ({
  fileArchiveEntry: {
    call: 'fileArchiveEntry(input: { householdId: $household, section: HUKOU, title: "x", place: "x", validFrom: "2026-01-01" })',
    roles: OFFICES,
    prepare: ({ spare }) => Promise.resolve({ household: spare.householdId }),
  },
  correctArchiveEntry: {
    call: 'correctArchiveEntry(input: { entryId: $entry, title: "x", validFrom: "2026-01-01", reason: "x" })',
    roles: OFFICES,
    prepare: async ({ running, spare: { householdId, region } }) => ({
      entry: (await plantArchive(running, region, householdId, WORDS, false)).archiveEntry,
    }),
  },
  drawSpotCheck: {
    call: 'drawSpotCheck(input: { region: $county, year: 2026, size: 1, seed: $seed })',
    roles: INSPECTORS,
    prepare: () => Promise.resolve({ seed: randomUUID() }),
  },
  recordSpotCheck: {
    call: 'recordSpotCheck(input: { checkId: $check, place: 1, found: DEFECTIVE, defects: "x" })',
    roles: INSPECTORS,
    prepare: async (planted) => ({ check: await drawnOf(planted) }),
  },
});

const drawnOf = async ({ running, spare: { householdId, region } }: Planted): Promise<string> => {
  await plantArchive(running, region, householdId, WORDS, false);
  return plantSpotCheck(running, region, await fileIdOf(running, householdId), null);
};
