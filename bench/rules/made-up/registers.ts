import { COUNTIES } from '../../../src/population/homes';
import { dayFrom, die, idOf, oneOf, personOf, PURPOSE, TODAY } from './dice';

/*
 * Households, people, cases and letters as statements over sets. What the rules look for occurs: minors who apply, names declared
 * otherwise, people of two households, entitlements still running, letters that leave somebody out.
 */

const HOUSEHOLDS = (households: number): string => `
create unlogged table bench.household as
select key, place, id, county, kind, programme, size, ${idOf('case', 'key')} as case_id, ${idOf('letter', 'key')} as letter_id
from (
  select key, ${idOf('household', 'key')} as id, row_number() over (order by ${idOf('household', 'key')}) as place,
    (array['${COUNTIES.join(`','`)}'])[1 + (key * 83) % ${COUNTIES.length}] as county,
    ${oneOf('kind', { APPLICATION: 80, ANNUAL_REVIEW: 20 })} as kind,
    ${oneOf('programme', { LOW_RENT: 36, PUBLIC_RENTAL: 40, RENTAL_SUBSIDY: 19, AFFORDABLE_SALE: 3, PRICE_CAPPED_SALE: 2 })} as programme,
    ${oneOf('size', { 1: 20, 2: 25, 3: 30, 4: 15, 5: 10 })}::int as size
  from generate_series(1, ${households}) as key
) as drawn`;

/** A seat is a person in a household; every thousandth household has a guest, the applicant of the one before it. */
const SEATS = `
create unlogged table bench.seat as
select seat.*, ${personOf('key')} as person_id, ${idOf('seat', `household_key || '/' || key`, 'household_key')} as id
from (
  select h.place, h.key as household_key, h.id as household_id, h.county, h.case_id, h.letter_id, h.key * 8 + k as key,
    (array['APPLICANT','SPOUSE','CHILD','CHILD','CHILD'])[k + 1] as relation, h.size
  from bench.household as h cross join generate_series(0, h.size - 1) as k
  union all
  select place, key, id, county, case_id, letter_id, (key - 1) * 8, 'OTHER', size from bench.household where key % 1000 = 7
) as seat order by place, key`;

const SURNAMES = '王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高';
const name = `substr('${SURNAMES}', 1 + ${die('surname', SURNAMES.length)}, 1) || chr(20000 + ${die('given', 900)}) || chr(21000 + ${die('second', 900)})`;

const PEOPLE = `
create unlogged table bench.person as
select key, person_id as id, county, ${name} as name, sha256(person_id::text::bytea) as id_index,
  case when key % 8 >= 2 then ${dayFrom('2009-06-01', 'child', 5600)} when ${die('minor', 300)} = 0 then date '2010-03-01'
    else ${dayFrom('1960-01-01', 'birth', 15_000)} end as birth_date
from bench.seat where relation <> 'OTHER'`;

const FILL = [
  `insert into household (id, region_code, file_number, registered_on) select id, county, county || '-' || key, date '2020-01-01' from bench.household order by key`,
  `insert into person (id, region_code, name, birth_date, id_number, id_number_key, id_index)
   select id, county, name, birth_date, decode(repeat('5a', 60), 'hex'), 'k1', id_index from bench.person order by key`,
  `insert into household_member (id, region_code, household_id, person_id, relation, declared_name, from_date)
   select s.id, s.county, household_id, person_id, relation,
     case when ${die('declared', 1000, 's.key')} < 5 then substr(p.name, 1, 1) || ' ' || substr(p.name, 2)
       when ${die('declared', 1000, 's.key')} < 8 then p.name || '甲' else p.name end, date '2020-01-01'
   from bench.seat as s join bench.person as p on p.id = person_id order by household_key, s.key`,
  `insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on, declared_income_fen)
   select case_id, county, id, kind, programme, ${personOf('(key * 8)')}, ${dayFrom('2026-06-01', 'submitted', 160)},
     case when ${die('declares', 100)} > 0 then size * (60000 + ${die('income', 200_000)})::bigint end
   from bench.household order by key`,
  `insert into letter (id, region_code, household_id, case_id, purpose, sources, notice_version, signed_on, valid_until, registered_by, state)
   select letter_id, county, id, case_id, '${PURPOSE}', $1, '2026-01', date '2026-11-01', date '2027-10-31', 'bench', 'ACTIVE' from bench.household order by key`,
  `insert into letter_member (letter_id, person_id, region_code, signature, signed_by, signed_on)
   select letter_id, person_id, s.county, case when age(timestamp '${TODAY}', p.birth_date) < interval '18 years' then 'GUARDIAN' else 'SELF' end,
     person_id, date '2026-11-01'
   from bench.seat as s join bench.person as p on p.id = person_id where ${die('left out', 300, 's.key')} > 0 order by household_key, s.key`,
  `insert into entitlement (id, region_code, household_id, programme, since, until)
   select ${idOf('entitlement', 'key')}, county, id, programme, ${dayFrom('2021-01-01', 'since', 1800)},
     case when kind = 'APPLICATION' and ${die('still', 40)} > 0 then date '2026-01-01' + ${die('until', 200)} end
   from bench.household where kind <> 'APPLICATION' or ${die('once', 5)} = 0 order by key`,
];

/** Statements in their order; `sources` fills the place of $1 where a statement has one. */
export const registers = (households: number): string[] => [
  HOUSEHOLDS(households),
  SEATS,
  'create index on bench.seat (place)',
  'analyze bench.household, bench.seat',
  PEOPLE,
  'create index on bench.person (id)',
  'analyze bench.person',
  ...FILL,
];
