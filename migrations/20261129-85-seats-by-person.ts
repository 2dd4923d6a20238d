import { Migration } from '@mikro-orm/migrations';

/**
 * In which households a person is a member is asked of every member at every judgement: the index answers alone. It takes the
 * place of the one that led to the row only, so that a seat is entered at no higher price.
 */
export class Migration20261129SeatsByPerson extends Migration {
  override up(): void {
    this.addSql(
      'create index household_member_seats on household_member (person_id) include (household_id, from_date, to_date)',
    );
    this.addSql('drop index household_member_person_id_idx');
  }
}
