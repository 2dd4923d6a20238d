/** Placeholders of the statement that {@link permitted} is put into. */
interface Placeholders {
  readonly source: string;
  readonly purpose: string;
  readonly fields: string;
  readonly today: string;
}

/**
 * A person's sealed number and name, where a live case, a letter in force that covers the person, and a purpose that
 * names source and fields allow the question today; no row otherwise. `q` holds person, household, case, letter, region.
 */
export const permitted = ({ source, purpose, fields, today }: Placeholders): string => `
  select p.id_number, p.name
  from household h
  join housing_case c on c.id = q.case_id and c.household_id = h.id and c.closed_on is null
  join letter l on l.id = q.letter_id and l.case_id = c.id and l.household_id = h.id and l.purpose = ${purpose}
    and ${source} = any (l.sources) and l.state = 'ACTIVE' and ${today}::date between l.signed_on and l.valid_until
  join purpose u on u.code = l.purpose and ${source} = any (u.sources)
    and (select array_agg(${source} || '.' || field) from unnest(${fields}::text[]) field) <@ u.fields
  join letter_member m on m.letter_id = l.id and m.person_id = q.person_id
  join person p on p.id = m.person_id
  where h.id = q.household_id and h.region_code = q.region_code`;
