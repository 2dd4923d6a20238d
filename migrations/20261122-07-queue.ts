import { Migration } from '@mikro-orm/migrations';

/** The app role enqueues in its own transaction through this door; graphile-worker's own row security stops it otherwise (stack.md). */
export class Migration20261122Queue extends Migration {
  override up(): void {
    this.addSql(`
      create function enqueue(task text, payload json, run_at timestamptz default null, job_key text default null)
      returns void language plpgsql volatile security definer set search_path = public, pg_temp as $$
      begin
        perform graphile_worker.add_job(task, payload, run_at => run_at, job_key => job_key, max_attempts => 25);
      end $$;
      revoke all on function enqueue from public;
      grant execute on function enqueue to anju_app`);
  }
}
