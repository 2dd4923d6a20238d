import type { Level } from './classification';
import type { PurposeGrant, Role } from './viewer';

/** CLEAR always; PURPOSE = clear with a live purpose that covers the person, else masked; MASKED always. */
export type Sight = 'CLEAR' | 'PURPOSE' | 'MASKED';

const DENIED: Record<Level, Sight> = { personal: 'MASKED', identity: 'MASKED', assets: 'MASKED', welfare: 'MASKED' };
const REVIEWER: Record<Level, Sight> = {
  personal: 'CLEAR',
  identity: 'PURPOSE',
  assets: 'PURPOSE',
  welfare: 'PURPOSE',
};
const OVERSEER: Record<Level, Sight> = { personal: 'CLEAR', identity: 'MASKED', assets: 'CLEAR', welfare: 'CLEAR' };

/** Who sees what: role × level, default MASKED. Region and purpose are checked beside it. */
const SIGHTS: Partial<Record<Role, Record<Level, Sight>>> = {
  COMMUNITY_WORKER: { ...DENIED, personal: 'CLEAR' },
  STREET_OFFICER: { ...REVIEWER, assets: 'MASKED' },
  COUNTY_HOUSING: REVIEWER,
  CITY_HOUSING: REVIEWER,
  REGION_HOUSING: OVERSEER,
  AUDITOR: OVERSEER,
  DISCIPLINE: OVERSEER,
  CIVIL_AFFAIRS: { ...REVIEWER, assets: 'MASKED' },
  PARTNER_SYSTEM: { personal: 'CLEAR', identity: 'MASKED', assets: 'PURPOSE', welfare: 'PURPOSE' },
};

export const sightOf = (role: Role, level: Level): Sight => SIGHTS[role]?.[level] ?? 'MASKED';

/** Does a live purpose open what is held about this person? */
export const opens = (purpose: PurposeGrant | null, personId: string | undefined): boolean =>
  purpose !== null && personId !== undefined && purpose.persons.has(personId);
