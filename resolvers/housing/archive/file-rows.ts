import { HubError } from '../../../src/errors';
import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import type { ArchiveFile } from '../../../schema/archive/archive-file';
import { ArchivePhase, type ArchiveSection } from '../../../schema/archive/sections';
import { inOrder, loaderOf } from '../../loader';

/** As of which day, and as it was known when. */
export interface AsOf {
  readonly validOn: string;
  readonly knownAt: Date;
}

export type FileRow = Omit<ArchiveFile, 'validOn' | 'knownAt'>;

const COLUMNS = `f.id, f.region_code as "regionCode", f.kind, f.household_id as "householdId", f.dwelling_id as "dwellingId", f.opened_at as "openedAt"`;
const OF_HOUSEHOLDS = {
  name: 'archive-files-of-households',
  text: `select ${COLUMNS} from archive_file f where f.household_id = any ($1::uuid[])`,
};
const OF_DWELLINGS = {
  name: 'archive-files-of-dwellings',
  text: `select ${COLUMNS} from archive_file f where f.dwelling_id = any ($1::uuid[])`,
};
/** Files that hold an entry about the same record. */
const RELATED = {
  name: 'related-archive-files',
  text: `select distinct ${COLUMNS} from archive_entry e
         join archive_entry o on (o.subject_kind, o.subject_id) = (e.subject_kind, e.subject_id) and o.file_id <> e.file_id
         join archive_file f on f.id = o.file_id
         where e.file_id = $1 and e.recorded_at <= $2 and o.recorded_at <= $2 order by f.kind, f.id`,
};

/** What of a file is seen as of a day and a moment; `e` is the entry. */
export const visible = (day: string, moment: string): string => `
  e.recorded_at <= ${moment} and e.valid_from <= ${day} and coalesce(e.valid_to >= ${day}, true)
  and not exists (select from archive_entry c where c.corrects = e.id and c.recorded_at <= ${moment})`;

const SECTIONS = {
  name: 'archive-sections',
  text: `select e.section, count(*)::int as entries from archive_entry e where e.file_id = $1 and ${visible('$2::date', '$3::timestamptz')} group by e.section`,
};
const REACHED = {
  name: 'archive-phases',
  text: `with seen as (select e.fact from archive_entry e where e.file_id = $1 and ${visible('$2::date', '$3::timestamptz')})
         select f.household_id is not null and exists (select from seen where fact = 'SUBMISSION') as "${ArchivePhase.APPLIED}",
           f.household_id is not null and exists (select from seen where fact = 'APPROVAL') as "${ArchivePhase.APPROVED}",
           exists (select from entitlement n where n.household_id = f.household_id and n.since <= $2::date and coalesce(n.until >= $2::date, true))
             or exists (select from seen where fact = 'ALLOTMENT_ACCEPTANCE') as "${ArchivePhase.SECURED}",
           f.dwelling_id is not null as "${ArchivePhase.STOCK}",
           exists (select from dwelling d where d.id = f.dwelling_id and d.state = 'OCCUPIED') as "${ArchivePhase.OCCUPIED}"
         from archive_file f where f.id = $1`,
};

const loaded = (ctx: RequestContext, name: string, query: typeof OF_HOUSEHOLDS, keyOf: (row: FileRow) => string) =>
  loaderOf(ctx, name, async (ids) => {
    const rows = await queryInScope<FileRow>(ctx.hub.db.app, ctx.viewer.regions, { ...query, values: [ids] });
    return inOrder(ids, rows, keyOf);
  });

/** The file of a household; null where none was opened, or out of scope. */
const IN_SCOPE = { name: 'dwelling-in-scope', text: 'select id from dwelling where id = $1' };

export const fileOfHousehold = (ctx: RequestContext, id: string): Promise<FileRow | null> =>
  loaded(ctx, 'files of households', OF_HOUSEHOLDS, (row) => row.householdId!).load(id);

/** Null where the dwelling has none. Error: NOT_FOUND out of scope. */
export async function fileOfDwelling(ctx: RequestContext, id: string): Promise<FileRow | null> {
  const found = await loaded(ctx, 'files of dwellings', OF_DWELLINGS, (row) => row.dwellingId!).load(id);
  if (found) return found;
  const { hub, viewer } = ctx;
  const dwelling = await queryInScope(hub.db.app, viewer.regions, { ...IN_SCOPE, values: [id] });
  if (dwelling.length === 0) throw new HubError('NOT_FOUND', 'dwelling');
  return null;
}

/** 户与套 refer to each other. */
export const relatedFiles = ({ hub, viewer }: RequestContext, id: string, { knownAt }: AsOf): Promise<FileRow[]> =>
  queryInScope<FileRow>(hub.db.app, viewer.regions, { ...RELATED, values: [id, knownAt] });

/** How many entries of which section. */
export async function sectionsOf({ hub, viewer }: RequestContext, id: string, { validOn, knownAt }: AsOf) {
  const query = { ...SECTIONS, values: [id, validOn, knownAt] };
  const rows = await queryInScope<{ section: ArchiveSection; entries: number }>(hub.db.app, viewer.regions, query);
  return new Map(rows.map(({ section, entries }) => [section, entries]));
}

/** Which phases what the file is about has come to. */
export async function phasesOf({ hub, viewer }: RequestContext, id: string, { validOn, knownAt }: AsOf) {
  const query = { ...REACHED, values: [id, validOn, knownAt] };
  return (await queryInScope<Record<ArchivePhase, boolean>>(hub.db.app, viewer.regions, query))[0]!;
}
