import { isRecordId } from '../identifier';
import { selectedFields } from '../selection';
import type { SubgraphParts } from '../parts';
import { loadHousehold } from './household-rows';
import { loadPerson } from './person-rows';

/** Entities of `housing` that other subgraphs name. Each batch is one statement; out of scope is null. */
export const references: SubgraphParts['references'] = {
  Household: (keys, ctx) => Promise.all(keys.map(({ id }) => (isRecordId(id) ? loadHousehold(ctx, id) : null))),
  Person: (keys, ctx, info) => {
    const selected = selectedFields(info, 'Person');
    return Promise.all(keys.map(({ id }) => (isRecordId(id) ? loadPerson(ctx, id, selected) : null)));
  },
};
