import { randomUUID } from 'node:crypto';
import { freeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { drawn } from '../store/archive/draw';
import { onArchive } from '../store/archive/material';
import { SpotCheck } from '../../schema/archive/spot-check';

export interface DrawSpotCheck {
  readonly region: string;
  readonly year: number;
  readonly size: number;
  /** Published before. */
  readonly seed: string;
}

const MOST = 10_000;
const LONGEST_SEED = 200;
const FILES = 'select id, region_code as region from archive_file where region_code = any ($1::text[])';
const PUT = `
  insert into spot_check_file (check_id, place, region_code, file_id)
  select $1, f.place, r.region_code, f.id from unnest($2::uuid[]) with ordinality as f (id, place) join archive_file r on r.id = f.id`;

/** 抽取档案 of a region by a seed. Errors: NOT_FOUND, INVALID_INPUT, STALE_VERSION (drawn by this seed already). */
export async function drawSpotCheck(ctx: RequestContext, { region, year, size, ...input }: DrawSpotCheck) {
  const { hub, viewer } = ctx;
  if (!viewer.regions.includes(region)) throw new HubError('NOT_FOUND', 'region');
  if (size < 1 || size > MOST) throw new HubError('INVALID_INPUT', 'size', `须为 1 至 ${MOST}`);
  if (year < 2000 || year > 2200) throw new HubError('INVALID_INPUT', 'year');
  const seed = freeText(input.seed, 'seed', LONGEST_SEED);
  return onArchive(ctx, 'drawSpotCheck', async (em, client) => {
    const { rows } = await client.query<{ id: string }>(FILES, [hub.regions.scopeOf(region)]);
    const files = drawn(
      rows.map(({ id }) => id),
      seed,
      size,
    );
    const check = em.create(SpotCheck, {
      ...{ id: randomUUID(), regionCode: region, year, seed, size, ofFiles: rows.length, drawnAt: hub.now() },
      ...{ drawnBy: viewer.subject, role: viewer.role, office: viewer.office },
    });
    await em.persist(check).flush();
    await client.query(PUT, [check.id, files]);
    return check;
  });
}
