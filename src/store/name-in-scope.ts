/**
 * The name of a person as the caller's regions know it: registered there, or declared by a household of theirs. Whoever
 * writes down a number that another region knows reads the name it wrote, not the one that is registered there. Part of a
 * statement rather than a function: PostgreSQL planned the function anew in every statement (25 µs a person).
 * @param person alias of the table `person` in the statement
 */
export const nameInScope = (person: string): string => `
  case when ${person}.region_code = any ((select hub_regions())::text[]) then ${person}.name else (
    select declared.declared_name from household_member declared
    where declared.person_id = ${person}.id and declared.region_code = any ((select hub_regions())::text[])
    order by declared.from_date, declared.id limit 1
  ) end`;
