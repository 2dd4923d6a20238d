/**
 * 在监测 as a relation: of each household with an open re-check case, a letter in force to watch it and an interval of its region,
 * every member and source that the letter covers, with what the last look left. $1 regions, $2 today, $3 now.
 */
export const WATCHED = `
  select c.household_id, c.region_code, c.id as case_id, l.id as letter_id, m.person_id, s.source, k.looked_on, k.tried_on,
    coalesce(k.looked_on + i.days::int > $2::date, false) as looked
  from housing_case c
  join household h on h.id = c.household_id and h.closed_on is null
  join (select code, parameter_in_force('watch.interval-days', code, $2::date, $3) as days from unnest($1::text[]) as code) i
    on i.code = c.region_code and i.days is not null
  join lateral (
    select l.id, l.sources from letter l join purpose p on p.code = l.purpose and p.watches
    where l.case_id = c.id and l.household_id = h.id and l.state = 'ACTIVE' and $2::date between l.signed_on and l.valid_until
    order by l.signed_on desc, l.id desc limit 1
  ) l on true
  join letter_member m on m.letter_id = l.id
  cross join unnest(l.sources) as s (source)
  left join watch_mark k on k.household_id = h.id and k.person_id = m.person_id and k.source = s.source
  where c.region_code = any ($1) and c.kind = 'RE_CHECK' and c.closed_on is null
    and exists (select from household_member h where h.household_id = c.household_id and h.person_id = m.person_id
      and h.from_date <= $2::date and (h.to_date is null or h.to_date >= $2::date))`;
