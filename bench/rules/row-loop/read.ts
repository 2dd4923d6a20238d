import type { ClientBase } from 'pg';
import type { HouseholdRange } from '../../../src/engine/ranges';
import { NOW, PURPOSE, TODAY } from '../made-up/dice';

export interface Answer {
  readonly id: string;
  readonly found: boolean;
  readonly fields: readonly string[];
  /** Empty where nothing was found. */
  readonly value: Readonly<Record<string, unknown>>;
}

export interface Person {
  readonly id: string;
  readonly declaredName: string;
  readonly name: string;
  readonly birthDate: string;
  readonly signature: string | null;
  /** Other households in which this is a member today. */
  readonly elsewhere: number;
  /** Entitlements running today, of whatever household. */
  readonly benefits: { readonly householdId: string; readonly programme: string }[];
  /** Usable answers by source. */
  readonly answers: Record<string, Answer>;
}

export interface HouseholdAtHand {
  readonly id: string;
  readonly region: string;
  readonly caseId: string;
  readonly kind: string;
  readonly programme: string;
  readonly applicantId: string;
  readonly submittedOn: string;
  readonly declaredFen: number | null;
  readonly letterId: string | null;
  readonly members: Person[];
}

const between = (column: string) => `${column} between $1 and $2`;

const HOUSEHOLDS = `
  select h.id, h.region_code as region, c.id as "caseId", c.kind, c.programme, c.applicant_id as "applicantId", c.submitted_on::text as "submittedOn",
    c.declared_income_fen::float8 as "declaredFen", l.id as "letterId"
  from household h join housing_case c on c.household_id = h.id and c.closed_on is null
  left join letter l on l.case_id = c.id and l.purpose = '${PURPOSE}' and l.state = 'ACTIVE' and l.valid_until >= '${TODAY}'
  where ${between('h.id')} order by h.id`;
const MEMBERS = `
  select m.household_id as of, p.id, m.declared_name as "declaredName", p.name, p.birth_date::text as "birthDate", s.signature
  from household_member m join person p on p.id = m.person_id
  left join letter l on l.household_id = m.household_id and l.purpose = '${PURPOSE}' and l.state = 'ACTIVE'
  left join letter_member s on s.letter_id = l.id and s.person_id = m.person_id
  where ${between('m.household_id')} and m.from_date <= '${TODAY}' and (m.to_date is null or m.to_date >= '${TODAY}')`;
const ELSEWHERE = `
  select m.household_id as of, m.person_id as person, count(*)::int as elsewhere
  from household_member m join household_member o on o.person_id = m.person_id and o.household_id <> m.household_id
    and o.from_date <= '${TODAY}' and (o.to_date is null or o.to_date >= '${TODAY}')
  join household h on h.id = o.household_id and h.registered_on <= '${TODAY}' and (h.closed_on is null or h.closed_on > '${TODAY}')
  where ${between('m.household_id')} group by 1, 2`;
const BENEFITS = `
  select m.household_id as of, m.person_id as person, e.household_id as "householdId", e.programme
  from household_member m join household_member o on o.person_id = m.person_id and o.from_date <= '${TODAY}' and (o.to_date is null or o.to_date >= '${TODAY}')
  join entitlement e on e.household_id = o.household_id and e.since <= '${TODAY}' and (e.until is null or e.until >= '${TODAY}')
  where ${between('m.household_id')}`;
const ANSWERS = `
  select household_id as of, person_id as person, case_id as "caseId", letter_id as "letterId", source, id, status, covered, fields, value,
    as_of + max_age >= '${NOW.toISOString()}' as fresh
  from answer where ${between('household_id')} and purpose = '${PURPOSE}' order by at, status = 'PENDING' desc, id`;

type Row<T> = T & { readonly of: string };
type AnswerRow = Row<
  Omit<Answer, 'found'> &
    Pick<HouseholdAtHand, 'caseId' | 'letterId'> & {
      person: string;
      source: string;
      status: string;
      covered: boolean;
      fresh: boolean | null;
    }
>;

/** Everything about the households of a range, by five questions, put together in memory. */
export async function readRange(
  client: Pick<ClientBase, 'query'>,
  { first, last }: HouseholdRange,
): Promise<HouseholdAtHand[]> {
  const rowsOf = async <T>(text: string) => (await client.query(text, [first, last])).rows as T[];
  const households = new Map<string, HouseholdAtHand>();
  const people = new Map<string, Person>();
  for (const row of await rowsOf<Omit<HouseholdAtHand, 'members'>>(HOUSEHOLDS))
    households.set(row.id, { ...row, members: [] });
  const elsewhere = new Map(
    (await rowsOf<Row<{ person: string; elsewhere: number }>>(ELSEWHERE)).map((row) => [
      row.of + row.person,
      row.elsewhere,
    ]),
  );
  for (const { of, ...row } of await rowsOf<Row<Omit<Person, 'elsewhere' | 'benefits' | 'answers'>>>(MEMBERS)) {
    const person = { ...row, elsewhere: elsewhere.get(of + row.id) ?? 0, benefits: [], answers: {} };
    people.set(of + row.id, person);
    households.get(of)?.members.push(person);
  }
  for (const { of, person, ...benefit } of await rowsOf<
    Row<{ person: string; householdId: string; programme: string }>
  >(BENEFITS))
    people.get(of + person)?.benefits.push(benefit);
  for (const row of await rowsOf<AnswerRow>(ANSWERS))
    take(households.get(row.of), people.get(row.of + row.person), row);
  return [...households.values()];
}

/** The latest answer under this case and letter counts; one that may not decide covers the one before it. */
function take(household: HouseholdAtHand | undefined, person: Person | undefined, row: AnswerRow): void {
  if (!household || !person || row.caseId !== household.caseId || row.letterId !== household.letterId) return;
  const { id, source, status, covered, fresh, fields, value } = row;
  const decides = fresh === true && (status === 'FOUND' || (status === 'NOT_FOUND' && covered));
  if (decides) person.answers[source] = { id, found: status === 'FOUND', fields, value: value ?? {} };
  else delete person.answers[source];
}
