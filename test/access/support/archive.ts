import { randomUUID } from 'node:crypto';
import { sealedUnder } from '../../../src/access/seal';
import type { Hub } from '../../../src/context';
import { keepBody } from '../../../src/store/archive/body';
import type { RunningHub } from '../../support/running-hub';

interface Owner {
  readonly base: Pick<RunningHub['base'], 'owner'>;
  readonly hub: Pick<Hub, 'seal'>;
}

export interface PlantedArchive {
  readonly archiveFile: string;
  readonly archiveEntry: string;
  /** Arranged and filed already. */
  readonly filedEntry: string;
  readonly spotCheck: string;
  readonly disposal: string;
}

export interface ArchiveWords {
  readonly title: string;
  readonly place: string;
  readonly reason: string;
  readonly defects: string;
}

const ENTRY = `
  insert into archive_entry (id, region_code, household_id, section, form, subject_kind, subject_id, valid_from, recorded_at, filed_by, role, office, on_day, body_hash)
  values ($1, $2, $3, 'HUKOU', 'PAPER', 'MATERIAL', $1, '2000-01-01', now(), 'x', 'COUNTY_HOUSING', $2, '2000-01-01', $4)`;

/** One material of a household's file, with something in every word. */
async function material({ base, hub }: Owner, region: string, household: string, words: ArchiveWords): Promise<string> {
  const id = randomUUID();
  const { title, place, reason } = words;
  const { sealed, sealedKey, bodyHash } = keepBody({ title, place, reason, document: null }, id, hub.seal);
  await base.owner.query(ENTRY, [id, region, household, bodyHash]);
  await base.owner.query(
    'insert into archive_body (entry_id, region_code, sealed, sealed_key, key_id) values ($1, $2, $3, $4, $5)',
    [...[id, region, sealed, sealedKey, sealedUnder(sealedKey)]],
  );
  return id;
}

/** A drawn file, looked at by somebody or not yet. */
export async function plantSpotCheck(
  { base: { owner } }: Pick<Owner, 'base'>,
  region: string,
  file: string,
  defects: string | null,
): Promise<string> {
  const id = randomUUID();
  await owner.query(
    `insert into spot_check values ($1::uuid, $2, 2026, ($1::uuid)::text, 1, 1, '2000-01-01', 'x', 'CITY_HOUSING', $2)`,
    [...[id, region]],
  );
  await owner.query('insert into spot_check_file (check_id, place, region_code, file_id) values ($1, 1, $2, $3)', [
    id,
    region,
    file,
  ]);
  if (defects !== null)
    await owner.query(
      `update spot_check_file set found = 'DEFECTIVE', defects = $2, checked_on = '2026-10-01', checked_by = 'x', office = 'x' where check_id = $1`,
      [...[id, defects]],
    );
  return id;
}

export const fileIdOf = async ({ base: { owner } }: Pick<Owner, 'base'>, household: string): Promise<string> =>
  (await owner.query<{ id: string }>('select id from archive_file where household_id = $1', [household])).rows[0]!.id;

/** A file of a household: material, a spot check with defects, an order to erase that two have confirmed and one that waits. */
export async function plantArchive(
  at: Owner,
  region: string,
  household: string,
  words: ArchiveWords,
  whole = true,
): Promise<PlantedArchive> {
  const { owner } = at.base;
  const archiveEntry = await material(at, region, household, words);
  const archiveFile = await fileIdOf(at, household);
  const spotCheck = await plantSpotCheck(at, region, archiveFile, words.defects);
  const filedEntry = whole ? await material(at, region, household, words) : archiveEntry;
  const disposal = randomUUID();
  if (whole) {
    for (const [day, stage] of Object.entries({ '2000-01-02': 'ARRANGED', '2000-01-03': 'FILED' }))
      await owner.query(
        `insert into archive_step values (gen_random_uuid(), $1, $2, $3, $4::date, $4::date, 'x', 'COUNTY_HOUSING', $1)`,
        [...[region, filedEntry, stage, day]],
      );
    await owner.query(`insert into archive_erasure values ($1, $2, 'RETENTION', null, '2026-10-02', 'x')`, [
      ...[filedEntry, region],
    ]);
    const order = `insert into archive_disposal values ($1, $2, $3, '1', 'x', '2026-10-01', 'COUNTY_HOUSING', $2)`;
    await owner.query(order, [disposal, region, archiveFile]);
    await owner.query(`update archive_disposal set confirmed_by = 'y', confirmed_on = '2026-10-02' where id = $1`, [
      disposal,
    ]);
    await owner.query(order, [randomUUID(), region, archiveFile]);
  }
  return { archiveFile, archiveEntry, filedEntry, spotCheck, disposal };
}
