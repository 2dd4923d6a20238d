import type { ClientBase, Pool } from 'pg';
import { DEFAULT_MASK_PROFILE, MASK_PROFILES, type MaskProfile } from '../access/masks';
import type { Regions } from './regions';

/** The mask of a region: its own, else the nearest one above it, else the default. One per region, never per feed. */
export type MaskOf = (regionCode: string | undefined) => MaskProfile;

const SELECT = 'select region_code, profile from mask_profile';

export async function loadMaskProfiles(client: Pick<Pool | ClientBase, 'query'>, regions: Regions): Promise<MaskOf> {
  const { rows } = await client.query<{ region_code: string; profile: MaskProfile }>(SELECT);
  const unknown = rows.find(({ profile }) => !(profile in MASK_PROFILES));
  if (unknown) throw new Error(`region ${unknown.region_code} names a mask profile that does not exist`);
  const profiles = new Map(rows.map(({ region_code: code, profile }) => [code, profile]));
  return (regionCode) => {
    for (let code: string | null | undefined = regionCode; code; code = regions.find(code)?.parentCode) {
      const profile = profiles.get(code);
      if (profile) return profile;
    }
    return DEFAULT_MASK_PROFILE;
  };
}
