import type { PersonalSelect } from '../../../src/audit/reads';
import type { RequestContext } from '../../../src/context';
import { bodyTextOf, materialOf, type KeptBody } from '../../../src/store/archive/body';
import { queryInScope } from '../../../src/store/database';
import { BEFORE_ALL_DAYS, readPage, type PageArgs } from '../../../src/store/page';
import { readPersonal } from '../../../src/store/reads';
import type { ArchiveEntry, ArchiveForm } from '../../../schema/archive/archive-entry';
import type { ArchiveStep } from '../../../schema/archive/archive-step';
import type { ArchiveSection } from '../../../schema/archive/sections';
import type { Connection } from '../../../schema/page';
import { groupedInOrder, loaderOf } from '../../loader';
import { visible, type AsOf } from './file-rows';

type Row = Omit<ArchiveEntry, 'material'> & Partial<KeptBody> & { readonly personId: string | null };

/** A fact tells what was done and when, of nobody; a material speaks of the applicant. */
const SELECT = (moment: string) => `
  select case when b.sealed is not null then p.person_id end as person_id, case when b.sealed is not null then p.person_id end as "personId", e.id, e.region_code as "regionCode", e.file_id as "fileId", e.seq, e.section, e.form,
    e.subject_kind as "subjectKind", e.subject_id as "subjectId", e.fact, e.valid_from as "validFrom", e.valid_to as "validTo",
    e.recorded_at as "recordedAt", e.corrects, e.filed_by as "filedBy", e.role, e.office, e.on_day as "onDay", e.body_hash as "bodyHash",
    e.hash, b.sealed, b.sealed_key as "sealedKey", x.erased_on as "erasedOn",
    coalesce((select s.stage from archive_step s where s.entry_id = e.id and s.at <= ${moment} order by s.at desc, s.stage desc limit 1),
      case e.form when 'FACT' then 'FILED' else 'COLLECTED' end) as stage
  from archive_entry e left join archive_body b on b.entry_id = e.id left join archive_erasure x on x.entry_id = e.id
  left join lateral (select archive_person(e.household_id) as person_id) as p on true`;
const OF_FILE: PersonalSelect = {
  name: 'entries-of-archive-file',
  takes: 3,
  text: `${SELECT('$3::timestamptz')} where e.file_id = $1 and ${visible('$2::date', '$3::timestamptz')} order by e.seq`,
};
const PAGE: PersonalSelect = {
  name: 'archive-entries-page',
  takes: 6,
  text: `${SELECT(`'infinity'`)} where e.region_code = any ($1::text[]) and ($2::text is null or e.section = $2) and ($3::text is null or e.form = $3)
         and (e.on_day, e.id) > ($4::date, $5::uuid) order by e.on_day, e.id limit $6`,
};
const STEPS = {
  name: 'steps-of-archive-entries',
  text: `select id, entry_id as "entryId", stage, at, on_day as "onDay", taken_by as "takenBy", role, office
         from archive_step where entry_id = any ($1::uuid[]) order by at, stage`,
};
const LOOK = { source: 'housing', fields: ['archiveEntry'] };

/** With what its body says, where there is one in words. Throws SealBroken. */
function opened({ sealed, sealedKey, personId, ...row }: Row, { hub }: RequestContext): ArchiveEntry {
  if (!sealed || !sealedKey) return { ...row, material: null };
  const text = bodyTextOf({ sealed, sealedKey, bodyHash: row.bodyHash }, row.id, hub.seal);
  return { ...row, material: { ...materialOf(text), personId } };
}

/** Entries of a file as of a day and a moment, in their order: a look at the applicant where a material speaks of one. */
export async function entriesOf(
  ctx: RequestContext,
  fileId: string,
  { validOn, knownAt }: AsOf,
): Promise<ArchiveEntry[]> {
  const rows = await readPersonal<Row>(ctx.hub.db.app, OF_FILE, [fileId, validOn, knownAt], LOOK, ctx);
  return rows.map((row) => opened(row, ctx));
}

export interface EntryFilter {
  readonly region: string;
  readonly section: ArchiveSection | null;
  readonly form: ArchiveForm | null;
}

/** Entries of a region and everything below it, by day, whatever became of them: a look at each applicant of whom a material speaks. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfEntries(
  ctx: RequestContext,
  { region, section, form }: EntryFilter,
  args: PageArgs,
): Promise<Connection<ArchiveEntry>> {
  const { hub } = ctx;
  return readPage<ArchiveEntry>(hub.cursors, args, {
    list: ['archiveEntries', region, section ?? '', form ?? ''].join(' '),
    keyOf: ({ onDay, id }) => [onDay, id],
    read: async (after, limit) => {
      const values = [hub.regions.scopeOf(region), section, form, ...(after ?? BEFORE_ALL_DAYS), limit];
      const rows = await readPersonal<Row>(hub.db.app, PAGE, values, LOOK, ctx);
      return rows.map((row) => opened(row, ctx));
    },
  });
}

/** Who arranged and filed an entry, and when. */
export function archiveStepsOf(ctx: RequestContext, entryId: string): Promise<ArchiveStep[]> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'steps of archive entries', async (ids) => {
    const rows = await queryInScope<ArchiveStep>(hub.db.app, viewer.regions, { ...STEPS, values: [ids] });
    return groupedInOrder(ids, rows, (row) => row.entryId);
  });
  return loader.load(entryId);
}
