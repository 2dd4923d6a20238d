import type { MasterKey } from '../../access/crypto/envelope';
import { KEYS, unwrapKey, wrapKey, type KeyRow, type Queries } from './table';

/** Wraps every key under another master key, all or none; those that are under it already stay. Returns how many. */
export async function rewrap(db: Queries, from: MasterKey, to: MasterKey): Promise<number> {
  await db.query('begin');
  try {
    await db.query('lock table sealing_key in share row exclusive mode');
    const { rows } = await db.query<KeyRow>(KEYS);
    const due = rows.filter((row) => row.wrapped && row.wrapped_by !== to.name);
    for (const row of due) {
      const wrapped = wrapKey(to, row, unwrapKey(from, row));
      const values = [row.purpose, row.id, wrapped, to.name];
      await db.query('update sealing_key set wrapped = $3, wrapped_by = $4 where purpose = $1 and id = $2', values);
    }
    await db.query('commit');
    return due.length;
  } catch (error) {
    await db.query('rollback');
    throw error;
  }
}
