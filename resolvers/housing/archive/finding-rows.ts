import { beijingDay } from '../../../src/access/day';
import type { RequestContext } from '../../../src/context';
import { queryInScope } from '../../../src/store/database';
import { readPage, type PageArgs } from '../../../src/store/page';
import type { ArchiveFinding, ArchiveFindingKind } from '../../../schema/archive/archive-finding';
import { REQUIRED } from '../../../schema/archive/sections';
import type { Connection } from '../../../schema/page';
import { visible } from './file-rows';

/* $1 regions, $2 today, $3 now, $4 and $5 what a secured household's and an occupied dwelling's file must hold. */
const FOUND = `
  with held as (
    select distinct 'HOUSEHOLD' as kind, n.household_id as subject, n.region_code from entitlement n
    where n.region_code = any ($1::text[]) and n.since <= $2::date and coalesce(n.until >= $2::date, true)
    union all select 'DWELLING', d.id, d.region_code from dwelling d where d.region_code = any ($1::text[]) and d.state = 'OCCUPIED'
  ), files as (
    select h.*, f.id as file_id from held h left join archive_file f on f.household_id = h.subject or f.dwelling_id = h.subject
  ), late as (
    select f.kind, coalesce(f.household_id, f.dwelling_id) as subject, e.region_code, e.section, e.id, s.stage, s.taken_by, e.filed_by,
      e.on_day + parameter_in_force('archive.filing-days', e.region_code, $2::date, $3::timestamptz)::int as due
    from archive_entry e join archive_file f on f.id = e.file_id
    left join lateral (select s.stage, s.taken_by from archive_step s where s.entry_id = e.id order by s.at desc, s.stage desc limit 1) as s on true
    where e.region_code = any ($1::text[]) and e.form <> 'FACT' and s.stage is distinct from 'FILED'
      and not exists (select from archive_entry c where c.corrects = e.id)
  ), found as (
    select 'NO_FILE' as finding, kind, region_code, subject, null::text as section, null::uuid as entry, null::text as stage, null::text as person, null::date as due
    from files where file_id is null
    union all
    select 'SECTION_MISSING', w.kind, w.region_code, w.subject, r.section, null, null, null, null
    from files w join unnest($4::text[], $5::text[]) as r (kind, section) on r.kind = w.kind
    where w.file_id is not null and not exists (
      select from archive_entry e where e.file_id = w.file_id and e.section = r.section and ${visible('$2::date', '$3::timestamptz')})
    union all
    select 'STAGE_LATE', kind, region_code, subject, section, id, coalesce(stage, 'COLLECTED'), coalesce(taken_by, filed_by), due from late where due < $2::date
  )`;
const PAGE = {
  name: 'archive-findings',
  text: `${FOUND} select finding, kind, region_code as "regionCode", subject as "subjectId", section, entry as "entryId", stage, person, due as "dueOn" from found
         where ($6::text is null or finding = $6)
           and (finding, subject, coalesce(section, ''), coalesce(entry, '00000000-0000-0000-0000-000000000000'::uuid)) > ($7::text, $8::uuid, $9::text, $10::uuid)
         order by finding, subject, coalesce(section, ''), coalesce(entry, '00000000-0000-0000-0000-000000000000'::uuid) limit $11`,
};
const NOBODY = '00000000-0000-0000-0000-000000000000';
const MUST = Object.entries(REQUIRED).flatMap(([kind, phases]) =>
  phases.flatMap(([, sections]) => sections.map((section) => [kind, section] as const)),
);

/** What the archives of a region and everything below it lack today. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfFindings(
  { hub, viewer }: RequestContext,
  region: string,
  finding: ArchiveFindingKind | null,
  args: PageArgs,
): Promise<Connection<ArchiveFinding>> {
  const now = hub.now();
  const must = [MUST.map(([kind]) => kind), MUST.map(([, section]) => section)];
  return readPage<ArchiveFinding>(hub.cursors, args, {
    list: ['archiveFindings', region, finding ?? ''].join(' '),
    keyOf: ({ finding: of, subjectId, section, entryId }) => [of, subjectId, section ?? '', entryId ?? NOBODY],
    read: (after, limit) => {
      const values = [hub.regions.scopeOf(region), beijingDay(now), now, ...must, finding];
      const query = { ...PAGE, values: [...values, ...(after ?? ['', NOBODY, '', NOBODY]), limit] };
      return queryInScope<ArchiveFinding>(hub.db.app, viewer.regions, query);
    },
  });
}
