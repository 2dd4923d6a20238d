import { sightOf } from '../../src/access/policy';
import type { Role } from '../../src/access/viewer';

/** A report speaks of assets and welfare; its purpose is that of the cross-check. Who may never see either gets no report. */
export const maySeeReports = (role: Role): boolean =>
  sightOf(role, 'assets') !== 'MASKED' && sightOf(role, 'welfare') !== 'MASKED';
