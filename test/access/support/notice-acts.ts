import type { Role } from '../../../src/access/viewer';
import { plantNotice } from './notices';
import type { Opening } from './opening';
import type { Planted } from './planted';

const CLERKS: readonly Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'];

const told = async ({ running, spare }: Planted): Promise<Record<string, unknown>> => ({
  notice: await plantNotice(running, spare, '属实'),
});

const on = (verb: string): Record<string, Opening> => ({
  [verb]: {
    call: `${verb}(input: { noticeId: $notice, version: 9, documentNumber: "1" })`,
    roles: CLERKS,
    prepare: told,
  },
});

/** What is done about telling the spare household. */
export const noticeActs = (): Record<string, Opening> => ({ ...on('markNoticeRead'), ...on('deliverNoticeOnPaper') });
