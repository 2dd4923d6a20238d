import type { Role } from '../../../src/access/viewer';
import { plantApplication } from './applications';
import type { Opening } from './opening';
import type { Planted } from './planted';
import { plantWaiting } from './waiting';

const OFFICES: readonly Role[] = ['COUNTY_HOUSING'];

const at =
  (state: string) =>
  async ({ running, spare }: Planted): Promise<Record<string, unknown>> => {
    const { application } = await plantApplication(running, spare, {
      ...{ state: 'APPROVED', round: 3, texts: ['属实', '另有住房', '不属实'], incomeFen: 298_664_117 },
      ...{ publicity: 'CLEARED', objection: 'NOT_ESTABLISHED' },
    });
    return { entry: await plantWaiting(running, spare, { application, state, texts: ['属实', '属实'] }) };
  };

const on = (verb: string, state: string, more = ''): Record<string, Opening> => ({
  [verb]: { call: `${verb}(input: { entryId: $entry, version: 9, ${more} })`, roles: OFFICES, prepare: at(state) },
});

/** What is done with the spare household's place, in the county flow, by its office. */
export const waitingActs = (): Record<string, Opening> => ({
  ...on('inviteFromQueue', 'ACTIVE', 'batch: "x"'),
  ...on('registerForBatch', 'INVITED'),
  ...on('declineInvitation', 'INVITED', 'reason: "x"'),
  ...on('suspendInQueue', 'ACTIVE', 'reason: "x"'),
  ...on('resumeInQueue', 'SUSPENDED', 'reason: "x"'),
  ...on('restoreToQueue', 'FULFILLED', 'reason: "x", documentNumber: "1"'),
  ...on('removeFromQueue', 'ACTIVE', 'reason: "x", documentNumber: "1"'),
  ...on('moveInQueue', 'ACTIVE', 'reason: "x", documentNumber: "1", toRank: 1'),
});
