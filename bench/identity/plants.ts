import type { Client } from 'pg';
import { NOW, TODAY } from '../rules/made-up/dice';

/** What is planted, which rule must find it, and as what. */
export interface Plant {
  readonly kind: string;
  readonly rule: 'RR-02' | 'RR-03' | 'RR-04' | 'RR-16';
  readonly outcome: 'FAIL' | 'CONTRADICTION';
  readonly households: readonly string[];
}

/** Made-up households bear their number in their file number. */
const NUMBER = `split_part(file_number, '-', 2)::int`;
const every = (rest: number) => `${NUMBER} % 2000 = ${rest}`;
const applicantOf = (household: string) =>
  `(select m.person_id from household_member m where m.household_id = ${household} and m.relation = 'APPLICANT' limit 1)`;
/** The household after it, which lies in another county. */
const NEIGHBOURS = (rest: number) =>
  `select h.id as household, n.id as other, n.region_code as elsewhere from household h join household n on split_part(n.file_number, '-', 2)::int = ${NUMBER.replace('file_number', 'h.file_number')} + 1
   where ${every(rest).replace('file_number', 'h.file_number')}`;

const guest = (rest: number, also = '') => `
  with pair as (${NEIGHBOURS(rest)}), seated as (
    insert into household_member (id, region_code, household_id, person_id, relation, declared_name, from_date)
    select gen_random_uuid(), elsewhere, other, p.id, 'OTHER', p.name, date '2020-01-01' from pair join person p on p.id = ${applicantOf('household')}
    returning household_id
  )${also} select household as id from pair`;

const benefits = (programme: string, household: string) =>
  `insert into entitlement (id, region_code, household_id, programme, since) select gen_random_uuid(), region_code, id, '${programme}', date '2024-01-01' from household where ${household}`;

/** Changes what an agency says of the applicants of some households, where its answer is one that may decide: what is stale or not covered is unknown, planted or not. */
const told = (rest: number, source: string, value: string) => `
  with whom as (select h.id, ${applicantOf('h.id')} as person_id, n.id as other from household h
    join household n on split_part(n.file_number, '-', 2)::int = ${NUMBER.replace('file_number', 'h.file_number')} + 1 where ${every(rest).replace('file_number', 'h.file_number')})
  update answer a set value = a.value || ${value} from whom w
  where a.household_id = w.id and a.person_id = w.person_id and a.source = '${source}' and a.status = 'FOUND'
    and a.as_of + a.max_age >= timestamptz '${NOW.toISOString()}' and exists (select from letter_member l where l.letter_id = a.letter_id and l.person_id = a.person_id)
  returning a.household_id as id`;

const KINDS: readonly (Omit<Plant, 'households'> & { readonly texts: readonly string[] })[] = [
  {
    ...{ kind: 'member in two households, in two counties', rule: 'RR-03', outcome: 'FAIL' },
    texts: [guest(11)],
  },
  {
    ...{ kind: 'benefits in another county', rule: 'RR-04', outcome: 'FAIL' },
    texts: [
      guest(
        23,
        `, benefit as (insert into entitlement (id, region_code, household_id, programme, since) select gen_random_uuid(), elsewhere, other, 'LOW_RENT', date '2024-01-01' from pair)`,
      ),
    ],
  },
  {
    ...{ kind: 'dwelling and subsidy together', rule: 'RR-04', outcome: 'FAIL' },
    texts: [
      benefits('LOW_RENT', every(37)),
      benefits('RENTAL_SUBSIDY', every(37)),
      `select id from household where ${every(37)}`,
    ],
  },
  {
    ...{ kind: 'dead member', rule: 'RR-02', outcome: 'CONTRADICTION' },
    texts: [told(41, 'police', `jsonb_build_object('deceasedOn', '2026-01-01')`)],
  },
  {
    ...{ kind: 'spouse in another household', rule: 'RR-16', outcome: 'CONTRADICTION' },
    texts: [
      told(
        53,
        'civil-affairs',
        `jsonb_build_object('marriageStatus', 'MARRIED', 'spouseIdNumber', jsonb_build_object('sealed', repeat('5a', 40), 'index',
          (select encode(p.id_index, 'hex') from person p where p.id = ${applicantOf('w.other')})))`,
      ),
    ],
  },
];

/** Puts the cases into the made-up world, one in two thousand households of each kind. */
export async function plantAll(admin: Client): Promise<Plant[]> {
  await admin.query('begin; set local session_replication_role = replica');
  const planted: Plant[] = [];
  for (const { texts, ...plant } of KINDS) {
    let ids: string[] = [];
    for (const text of texts) ids = (await admin.query<{ id: string }>(text)).rows.map(({ id }) => id);
    planted.push({ ...plant, households: [...new Set(ids)] });
  }
  await admin.query('commit');
  await admin.query('vacuum (analyze) household_member, entitlement');
  return planted;
}

const ON_DAY = `e.since <= '${TODAY}' and (e.until is null or e.until >= '${TODAY}')`;

/** Whom a rule must accuse, or may: said once more in plain words of the tables, by none of the engine's text. */
export const ACCUSED: Readonly<Record<Plant['rule'], { readonly exactly: boolean; readonly text: string }>> = {
  'RR-03': {
    exactly: true,
    text: `select distinct m.household_id as id from household_member m join household_member o on o.person_id = m.person_id and o.household_id <> m.household_id`,
  },
  'RR-04': {
    exactly: true,
    text: `select distinct m.household_id as id from household_member m join housing_case c on c.household_id = m.household_id
      join household_member o on o.person_id = m.person_id join entitlement e on e.household_id = o.household_id and ${ON_DAY}
      where c.kind = 'APPLICATION' or e.household_id <> m.household_id or e.programme <> c.programme`,
  },
  'RR-02': {
    exactly: false,
    text: `select distinct household_id as id from answer where source = 'police' and (value ->> 'deceasedOn' is not null or value ->> 'cancelledOn' is not null)`,
  },
  'RR-16': {
    exactly: false,
    text: `select distinct a.household_id as id from answer a join housing_case c on c.household_id = a.household_id and c.applicant_id = a.person_id
      where a.source = 'civil-affairs' and a.status = 'FOUND' and (
        (a.value ->> 'marriageStatus' = 'MARRIED' and not exists (select from household_member m join person p on p.id = m.person_id
          where m.household_id = a.household_id and m.relation = 'SPOUSE' and encode(p.id_index, 'hex') = a.value -> 'spouseIdNumber' ->> 'index'))
        or (a.value ->> 'marriageStatus' <> 'MARRIED' and exists (select from household_member m where m.household_id = a.household_id and m.relation = 'SPOUSE')))`,
  },
};
