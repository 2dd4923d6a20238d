import { sightOf } from '../src/access/policy';
import type { Role } from '../src/access/viewer';

/** A report speaks of assets and welfare, and so do factors of a queue; their purpose is that of the cross-check. Who may never see either gets none. */
export const maySeeFigures = (role: Role): boolean =>
  sightOf(role, 'assets') !== 'MASKED' && sightOf(role, 'welfare') !== 'MASKED';
