import { connectors } from '../../../connectors';
import { factsOf } from '../../../src/exchange/fact';
import { dayFrom, die, oneOf, personOf, PURPOSE, TODAY } from './dice';

/* What each agency says of a person it found, as the exchange keeps it; and of how many in a hundred it has a record. */
const KNOWN: Readonly<Record<string, { readonly found: number; readonly value: string }>> = {
  property: {
    found: 30,
    value: `jsonb_build_object('units', jsonb_build_array(jsonb_build_object('unitCode', county || '001001GB00001F00010001', 'countyCode', county,
      'areaCm2', owned, 'areaKind', 'GROSS', 'rightKind', 'OWNERSHIP', 'shareBp', 10000, 'registeredOn', ${dayFrom('2010-01-01', 'registered', 6000)})), 'ownedAreaCm2', owned)`,
  },
  vehicle: {
    found: 20,
    value: `jsonb_build_object('vehicles', jsonb_build_array(jsonb_build_object('plate', '蒙D' || lpad((key % 100000)::text, 5, '0'), 'plateKind', '02',
      'brandModel', '五菱宏光', 'firstRegisteredOn', ${dayFrom('2012-01-01', 'first', 5000)}, 'status', 'NORMAL', 'priceFen', price)),
      'dearestVehicleFen', price, 'unpricedVehicles', case when price is null then 1 else 0 end)`,
  },
  'provident-fund': {
    found: 40,
    value: `jsonb_build_object('accountStatus', 'ACTIVE', 'monthsPaid', 6 + ${die('months', 200)}, 'monthlyContributionFen', wage / 10,
      'ratioBp', 1000, 'baseFen', wage, 'lastPaidMonth', '2026-10')`,
  },
  'civil-affairs': {
    found: 97,
    value: `jsonb_build_object('marriageStatus', case when relation in ('APPLICANT', 'SPOUSE') and size > 1 and ${die('wed', 100)} > 1 then 'MARRIED' else 'UNMARRIED' end,
      'spouseIdNumber', case when relation in ('APPLICANT', 'SPOUSE') and size > 1 then
        jsonb_build_object('index', encode(sha256(${personOf('(key # 1)')}::text::bytea), 'hex'), 'sealed', repeat('5a', 40)) end,
      'spouseName', null, 'deceasedOn', case when ${die('dead', 500)} = 0 then date '2026-05-05' end,
      'allowanceClass', ${oneOf('allowance', { NONE: 90, SUBSISTENCE: 7, MARGINAL: 3 })}, 'allowanceValidUntil', ${dayFrom('2026-10-01', 'allowed', 400)},
      'incomeClass', 'LOW_INCOME', 'perHeadMonthlyFen', 60000 + ${die('per head', 200_000)}, 'determinationValidUntil', ${dayFrom('2026-11-01', 'determined', 300)})`,
  },
  police: {
    found: 98,
    value: `jsonb_build_object('nameMatch', ${oneOf('match', { EXACT: 985, SPELLING: 10, FORMER: 5 })}, 'hukouPlace', case when ${die('place', 50)} = 0 then '110101' else county end,
      'hukouKind', 'HOUSEHOLD', 'hukouSince', ${dayFrom('2005-01-01', 'hukou', 7300)}, 'deceasedOn', case when ${die('dead', 500)} = 0 then date '2026-05-05' end,
      'cancelledOn', case when ${die('cancelled', 900)} = 0 then date '2026-02-02' end,
      'minorChildren', case when relation in ('APPLICANT', 'SPOUSE') then greatest(size - 2, 0) else 0 end)`,
  },
};

/** Per mille of members of whom a source has not answered: half of them never asked, half unavailable. */
export const NOT_ANSWERED = 10;

/** The answers of one source about the seats from $1 to $2, as one asking of $3. */
const answersOf = (source: string, fields: readonly string[], { found, value }: (typeof KNOWN)[string]): string => `
insert into answer (id, at, region_code, household_id, person_id, case_id, letter_id, purpose, source, status, fields, value, as_of, max_age,
  covered, coverage, query_id, reason, asked_at)
select gen_random_uuid(), timestamptz '${TODAY} 02:00:00Z', county, household_id, person_id, case_id, letter_id, '${PURPOSE}', '${source}', status,
  '{${fields.join(',')}}', case when status = 'FOUND' then ${value} end,
  case when status <> 'UNAVAILABLE' then timestamptz '${TODAY} 01:00:00Z' - make_interval(days => case when ${die(`old ${source}`, 500)} = 0 then 40 else ${die(`age ${source}`, 20)} end) end,
  interval '720 hours', status <> 'UNAVAILABLE', case when status <> 'UNAVAILABLE' then '{"regions": ["15", "45"]}'::jsonb end, $3::uuid,
  case when status = 'UNAVAILABLE' then 'TIMEOUT' end, timestamptz '${TODAY} 02:00:00Z'
from (
  select seat.*, ${die('owned', 900_000)} as owned, nullif(${die('price', 20_000_000)}, 0) as price, 200000 + ${die('wage', 90)} * 10000 as wage,
    case when thrown < ${NOT_ANSWERED} then 'UNAVAILABLE' when thrown < ${NOT_ANSWERED} + ${(1000 - NOT_ANSWERED) / 100} * ${found} then 'FOUND' else 'NOT_FOUND' end as status
  from (select *, ${die(`status ${source}`, 1000)} as thrown from bench.seat where place between $1 and $2) as seat
  where thrown not between 0 and ${NOT_ANSWERED / 2 - 1}
) as told order by place, person_id`;

/** One in twenty was answered only at the second asking. */
const firstAsking = (source: string): string => `
insert into answer (id, at, region_code, household_id, person_id, case_id, letter_id, purpose, source, status, fields, max_age, query_id, asked_at, due_at)
select gen_random_uuid(), timestamptz '${TODAY} 00:00:00Z', county, household_id, person_id, case_id, letter_id, '${PURPOSE}', '${source}', 'PENDING', '{}',
  interval '720 hours', $3::uuid, timestamptz '${TODAY} 00:00:00Z', timestamptz '${TODAY} 12:00:00Z'
from bench.seat where place between $1 and $2 and ${die(`pending ${source}`, 20)} = 0`;

/** Statements that fill one page of seats; every agency the hub has answers. */
export const answersOfPage: readonly string[] = connectors.flatMap(({ name, record }) => {
  const known = KNOWN[name];
  if (!known) throw new Error(`the bench does not know what ${name} says`);
  return [firstAsking(name), answersOf(name, [...factsOf(record).keys()], known)];
});
