import type { Client } from 'pg';

/** Takes numbers out of the books of a test's database, which nobody else can: rows of `parameter` only grow. */
async function forget(owner: Client, which: string, value: unknown): Promise<void> {
  await owner.query('alter table parameter disable trigger only_grows');
  await owner.query(`delete from parameter where ${which}`, [value]);
  await owner.query('alter table parameter enable trigger only_grows');
}

export const forgetParameter = (owner: Client, code: string): Promise<void> => forget(owner, 'code = $1', code);

export const forgetKnownSince = (owner: Client, instant: Date): Promise<void> =>
  forget(owner, 'known_from >= $1', instant);
