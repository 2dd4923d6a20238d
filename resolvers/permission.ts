import { rule } from 'graphql-shield';
import type { Session } from '../src/access/session';
import { ROLES, type Role } from '../src/access/viewer';

/** Lets the named roles call a root operation. Region, purpose and single fields are guarded further in, where the data is. */
export const allow = (...roles: readonly Role[]) =>
  rule({ cache: 'no_cache' })((_root, _args, { viewer }: Session) => roles.includes(viewer.role));

/** Whoever is known to the hub. */
export const allowEveryRole = allow(...ROLES);
