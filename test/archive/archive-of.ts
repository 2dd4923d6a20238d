import { randomUUID } from 'node:crypto';
import type { RequestContext } from '../../src/context';
import { entriesOf } from '../../resolvers/housing/archive/entry-rows';
import { fileOfDwelling, fileOfHousehold } from '../../resolvers/housing/archive/file-rows';
import type { ArchiveEntry } from '../../schema/archive/archive-entry';
import { ONGNIUD, type Office } from '../commands/support/office';

/** An officer of a county whose clock stands where it is put. */
export const officerAt = (office: Office, now: () => Date, region = ONGNIUD as string, subject = 'officer-1') => {
  const ctx = office.as({ office: region, subject });
  return { ...ctx, hub: { ...office.hub, now } } as RequestContext;
};

/** What is seen of a household's file as of a day and a moment; null: there is no file. */
export async function seenOf(
  ctx: RequestContext,
  household: string,
  validOn: string,
  knownAt: Date,
): Promise<ArchiveEntry[] | null> {
  const fresh = { ...ctx, loaders: new Map() };
  const file = (await fileOfHousehold(fresh, household)) ?? (await fileOfDwelling(fresh, household));
  return file && entriesOf(fresh, file.id, { validOn, knownAt });
}

const DWELLING = `
  insert into dwelling (id, region_code, unit_code, project, address, programme, unit_type, area_cm2, area_kind, owner, manager, state, recorded_at, recorded_by)
  values ($1, $2, $3, '示范小区', '示范路1号', 'PUBLIC_RENTAL', '一居', 450000, 'GROSS', '示范公司', '示范公司', 'PLANNED', now(), 'x')`;
let sequence = 0;

/** A dwelling, as the owner writes it. */
export async function dwellingIn(office: Office, region = ONGNIUD as string): Promise<string> {
  const id = randomUUID();
  sequence += 1;
  await office.rows(DWELLING, [id, region, `${region}001001GB00001F${String(sequence).padStart(8, '0')}`]);
  return id;
}

/** What refuses, as 'CODE field'. */
export const refusalOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: { code: string; extensions?: { field?: string } }) => `${error.code} ${error.extensions?.field ?? ''}`,
  );
