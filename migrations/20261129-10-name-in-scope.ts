import { Migration } from '@mikro-orm/migrations';

/**
 * The name of a person as the caller's regions know it: registered there, or declared by a household of theirs. Whoever
 * writes down a number that another region knows reads the name it wrote, not the one that is registered there.
 */
export class Migration20261129NameInScope extends Migration {
  override up(): void {
    this.addSql(`
      create function name_in_scope(whom person) returns text language sql stable as $$
        select case when whom.region_code = any ((select hub_regions())::text[]) then whom.name else (
          select m.declared_name from household_member m
          where m.person_id = whom.id and m.region_code = any ((select hub_regions())::text[])
          order by m.from_date, m.id limit 1
        ) end
      $$;
      revoke all on function name_in_scope from public;
      grant execute on function name_in_scope to anju_app`);
  }
}
