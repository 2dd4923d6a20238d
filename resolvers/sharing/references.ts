import { isRecordId } from '../identifier';
import type { SubgraphParts } from '../parts';

/** What `sharing` adds to a household hangs on its id; row scope guards what is read by it. */
export const references: SubgraphParts['references'] = {
  Household: async (keys) => keys.map(({ id }) => (isRecordId(id) ? { id } : null)),
};
