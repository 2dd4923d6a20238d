import type { Client } from 'pg';
import { callerOf } from '../../audit/writes';
import { beijingDay } from '../../access/day';
import type { FileStore } from '../files/file-store';

/** Instead of what was written. */
export const ERASED = '〔已销毁〕';

interface Due {
  readonly file: string;
  readonly disposal: string | null;
  readonly entries: readonly string[];
}

/* By a decision that two confirmed: all of a file. By time: each form after its years, 0 is for ever; who never was secured has no end to count from. */
const DUE = `
  with kept as (
    select e.id, e.file_id, e.household_id, e.region_code, e.form from archive_entry e join archive_body b on b.entry_id = e.id
  ), ended as (
    select n.household_id, max(n.until) as on_day from entitlement n group by n.household_id having bool_and(coalesce(n.until < $1::date, false))
  ), timed as (
    select k.id, k.file_id from kept k join ended d on d.household_id = k.household_id
    cross join lateral (select parameter_in_force(case k.form when 'PAPER' then 'archive.paper-years' else 'archive.electronic-years' end, k.region_code, $1::date, $2::timestamptz) as years) as p
    where p.years > 0 and d.on_day + make_interval(years => p.years::int) < $1::date
  )
  select k.file_id as file, d.id as disposal, array_agg(k.id) as entries
  from kept k join archive_disposal d on d.file_id = k.file_id and d.confirmed_on is not null group by k.file_id, d.id
  union all
  select t.file_id, null, array_agg(t.id) from timed t
  where not exists (select from archive_disposal d where d.file_id = t.file_id and d.confirmed_on is not null) group by t.file_id`;
const BEGIN = `select set_config('app.erasing', 'on', true), set_config('app.caller', $1, true)`;
const NOTE = `
  insert into archive_erasure (entry_id, region_code, ground, disposal_id, erased_on, erased_by)
  select e.id, e.region_code, case when $2::uuid is null then 'RETENTION' else 'DECISION' end, $2, $3, $4 from archive_entry e where e.id = any ($1::uuid[])`;
const FORGET = 'delete from archive_body where entry_id = any ($1::uuid[])';
const FACTS = `
  select s.source, s.personal, array_agg(distinct e.subject_id) as subjects from archive_entry e join archive_source s on s.kind = e.subject_kind
  where e.id = any ($1::uuid[]) group by s.source, s.personal`;
const KEYS = `
  update application_document d set sealed_key = '' from archive_entry e
  where e.id = any ($1::uuid[]) and e.subject_kind = 'APPLICATION_DOCUMENT' and d.id = e.subject_id`;
const KEYLESS = `select id from application_document where length(sealed_key) = 0`;

/** What was told of these facts, in their words. */
const NOTICES = 'update notice set body = $2 where basis_id = any ($1::uuid[])';

export interface Erasing {
  readonly owner: Client;
  readonly files: FileStore;
  readonly now: Date;
  /** In whose name. */
  readonly subject: string;
}

/**
 * 销毁: bodies, their keys, what the records behind them say in words, and the bytes of documents go; entries and hashes stay, and
 * say that it is gone. One transaction a file; run again it goes on. Returns the number of entries.
 */
export async function eraseArchives({ owner, files, now, subject }: Erasing): Promise<number> {
  const today = beijingDay(now);
  const { rows } = await owner.query<Due>(DUE, [today, now]);
  for (const due of rows) await eraseFile(owner, due, today, subject);
  /* A file without a key opens for nobody; whatever fell in between is removed by the next run. */
  const keyless = await owner.query<{ id: string }>(KEYLESS);
  for (const { id } of keyless.rows) await files.remove(id);
  return rows.reduce((sum, { entries }) => sum + entries.length, 0);
}

async function eraseFile(owner: Client, { disposal, entries }: Due, today: string, subject: string): Promise<void> {
  const viewer = { subject, role: 'REGION_HOUSING' as const, office: 'hub', regions: [] };
  await owner.query('begin');
  try {
    await owner.query(BEGIN, [callerOf({ viewer, requestId: 'archive-erase' }, 'eraseArchive')]);
    await owner.query(NOTE, [entries, disposal, today, subject]);
    await owner.query(FORGET, [entries]);
    await owner.query(KEYS, [entries]);
    const { rows } = await owner.query<{ source: string; personal: string[]; subjects: string[] }>(FACTS, [entries]);
    for (const { source, personal, subjects } of rows)
      for (const column of personal)
        await owner.query(`update ${source} set ${column} = $2 where id = any ($1::uuid[]) and ${column} is not null`, [
          subjects,
          ERASED,
        ]);
    const subjects = rows.flatMap((row) => row.subjects);
    await owner.query(NOTICES, [subjects, ERASED]);
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}
