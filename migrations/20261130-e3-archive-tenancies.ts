import { Migration } from '@mikro-orm/migrations';

const STEP = [
  ...['id', 'noun', 'subject_id', 'version', 'kind', 'to_state', 'at', 'on_day', 'taken_by', 'role', 'office'],
  ...['document_number', 'clause_id', 'due_on', 'amount_fen', 'note'],
].join(',');
const OPERATION = 'id,dwelling_id,kind,on_day,summary,done_by,amount_fen,document_number,recorded_at,recorded_by';

/** Every step of an allotment, contract, occupancy and exit is an entry of the household's file and the dwelling's [IM-4.6]; so are repairs of the dwelling's. */
export class Migration20261130ArchiveTenancies extends Migration {
  override up(): void {
    this.addSql(`
      call archive_from('TENANCY_STEP', 'tenancy_step', '{${STEP}}', '{note}', 'HOUSEHOLD', '{CONTRACT_*,EXIT_*,*}', '{CONTRACT,EXIT,ALLOCATION}');
      call archive_from('TENANCY_STEP', 'tenancy_step', '{${STEP}}', '{note}', 'DWELLING', '{CONTRACT_*,*}', '{CONTRACTS,ALLOTMENTS}');
      update archive_source set dwelling_of = 'coalesce((select a.dwelling_id from allotment a where a.id = t.subject_id),
        (select c.dwelling_id from contract c where c.id = t.subject_id), (select o.dwelling_id from occupancy o where o.id = t.subject_id))'
      where kind = 'TENANCY_STEP';
      create trigger archive_fact after insert on tenancy_step for each row execute function archive_fact('TENANCY_STEP');
      call archive_from('LEASE_OPERATION', 'lease_operation', '{${OPERATION}}', '{}', 'DWELLING', '{*}', '{REPAIRS}');
      create trigger archive_fact after insert on lease_operation for each row execute function archive_fact('LEASE_OPERATION')`);
  }
}
