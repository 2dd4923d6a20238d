import { deny } from 'graphql-shield';
import { allowEveryRole } from '../permission';

/** Who may ask `disclosure` what: it holds nothing that is not public. */
export const permissions = {
  Query: {
    '*': deny,
    registeredObjects: allowEveryRole,
    approvedHouseholds: allowEveryRole,
    approvedAllocationProcedures: allowEveryRole,
  },
};
