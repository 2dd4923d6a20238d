import type { Client } from 'pg';

type Owner = Pick<Client, 'query'>;

const HOUSEHOLDS = `
  with made as (select n, gen_random_uuid() as household, gen_random_uuid() as person from generate_series(1, $1) n),
  homes as (insert into household (id, region_code, file_number, registered_on) select household, $2, 'K-' || n, '2020-01-01' from made),
  people as (insert into person (id, region_code, name, birth_date, id_number, id_number_key, id_index)
    select person, $2, '某', '1980-01-01', '\\x00', 'k', decode(md5(n::text), 'hex') from made)
  insert into household_member (id, region_code, household_id, person_id, relation, declared_name, from_date)
  select gen_random_uuid(), $2, household, person, 'APPLICANT', '某', '2020-01-01' from made`;
const APPLICATIONS = `
  with made as (select m.household_id as household, m.person_id as person, gen_random_uuid() as "case" from household_member m where m.region_code = $1),
  cases as (insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on)
    select "case", $1, household, 'APPLICATION', 'LOW_RENT', person, '2026-01-01' from made)
  insert into application (id, region_code, household_id, case_id, flow) select gen_random_uuid(), $1, household, "case", 'COUNTY_FLOW' from made`;

/** Households K-1 to K-n, of one adult each. */
export const plantHouseholds = async (owner: Owner, region: string, n: number): Promise<void> =>
  void (await owner.query(HOUSEHOLDS, [n, region]));

/** An application begun for each household there; the guards look away, which takes a million rows a minute. */
export async function plantApplications(owner: Owner, region: string): Promise<void> {
  await owner.query('alter table application disable trigger user');
  await owner.query(APPLICATIONS, [region]);
  await owner.query('alter table application enable trigger user');
}
