import type { Client } from 'pg';
import type { ReportBody } from '../../../schema/sharing/report-body';

/** Tasks that are open, as 'case kind about members'. */
export async function openTasks(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ case_id: string; kind: string; about: string; persons: string[] }>(
    'select case_id, kind, about, persons::text[] from evidence_task where closed_at is null',
  );
  return rows.map(({ case_id, kind, about, persons }) => [case_id, kind, about, ...persons].join(' ')).sort();
}

/** What the last settled report of each open case says that it lacks, read from its signed text alone, in the same words. */
export async function lackingOfLast(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ body: string }>(
    `select distinct on (k.case_id) r.body from report r
     join cross_check_household k using (cross_check_id, household_id)
     join cross_check c on c.id = r.cross_check_id and c.requester_role <> 'PARTNER_SYSTEM'
     join housing_case h on h.id = k.case_id and h.closed_on is null
     where r.body not like '%"BEING_ASKED"%' order by k.case_id, r.at desc, r.version desc`,
  );
  return rows.flatMap(({ body }) => lackingOf(JSON.parse(body) as ReportBody)).sort();
}

function lackingOf(body: ReportBody): string[] {
  const people = new Map<string, Set<string>>();
  const unsigned = new Set(
    body.sources.flatMap(({ source, members }) =>
      members.flatMap(({ person, status }) => (/LETTER/.test(status) ? [`${source} ${person}`] : [])),
    ),
  );
  for (const { rule, outcome, missing, contests = [], conflicts = [] } of body.findings) {
    for (const { source, person } of contests)
      people.set(`CORRECTION ${source}`, (people.get(`CORRECTION ${source}`) ?? new Set()).add(person));
    for (const { told, person, prevails } of conflicts)
      for (const { source } of prevails === null && outcome !== 'PASS_BY_EVIDENCE' ? told : [])
        people.set(`CONFLICT ${source}`, (people.get(`CONFLICT ${source}`) ?? new Set()).add(person));
    const doubtful = outcome === 'IN_DOUBT' && contests.some(({ recorded }) => recorded === 'INCONCLUSIVE');
    if (outcome !== 'INCONCLUSIVE' && !doubtful) continue;
    if (missing.length === 0) people.set(`RULE ${rule}`, new Set());
    for (const { source, person } of missing) {
      const key = unsigned.has(`${source} ${person}`) ? `LETTER ${body.purpose}` : `SOURCE ${source}`;
      people.set(key, (people.get(key) ?? new Set()).add(person));
    }
  }
  return [...people].map(([key, persons]) => [body.case, key, ...[...persons].sort()].join(' '));
}
