import type { Client } from 'pg';

/** Takes a number out of the books of a test's database, which nobody else can: rows of `parameter` only grow. */
export async function forgetParameter(owner: Client, code: string): Promise<void> {
  await owner.query('alter table parameter disable trigger only_grows');
  await owner.query('delete from parameter where code = $1', [code]);
  await owner.query('alter table parameter enable trigger only_grows');
}
