import type { Pool } from 'pg';
import type { KeyPurpose, KeyState } from '../../access/keyring';

/** How a purpose's rotation stands, by the database's clock. */
export interface Standing {
  /** The newest key, towards which everything moves. */
  readonly id: string;
  readonly state: KeyState;
  /** Seconds until it may be used. */
  readonly readyIn: number;
  readonly retiring: readonly string[];
  /** Seconds until the last of them may be retired. */
  readonly retireIn: number;
}

const STANDING = `
  select id, state, greatest(0, extract(epoch from ready_at - now()))::float8 as "readyIn",
    array(select r.id from sealing_key r where r.purpose = k.purpose and r.state = 'RETIRING' order by r.id) as retiring,
    coalesce((select greatest(0, extract(epoch from max(r.retire_at) - now())) from sealing_key r
      where r.purpose = k.purpose and r.state = 'RETIRING'), 0)::float8 as "retireIn"
  from sealing_key k where purpose = $1 order by state in ('NEXT', 'READY') desc, state = 'CURRENT' desc limit 1`;

export async function standingOf(db: Pool, purpose: KeyPurpose): Promise<Standing | undefined> {
  return (await db.query<Standing>(STANDING, [purpose])).rows[0];
}

/* No registration of persons is under way while an index key changes its state. */
const GATE = 'select pg_advisory_xact_lock(20261125, 41)';

/** From now on whoever registers a person must write the coming index. */
export const demand = (db: Pool, purpose: KeyPurpose, id: string): Promise<void> =>
  gated(db, [
    [`update sealing_key set state = 'READY' where purpose = $1 and id = $2 and state = 'NEXT'`, [purpose, id]],
  ]);

/** The coming key takes the place of the one in use, which is read for `life` seconds more at least. */
export const promote = (db: Pool, purpose: KeyPurpose, id: string, life: number): Promise<void> =>
  gated(db, [
    [
      `update sealing_key set state = 'RETIRING', retire_at = now() + make_interval(secs => $3)
       where purpose = $1 and state = 'CURRENT' and id <> $2
         and exists (select from sealing_key n where n.purpose = $1 and n.id = $2 and n.state in ('NEXT', 'READY'))`,
      [purpose, id, life],
    ],
    [
      `update sealing_key set state = 'CURRENT' where purpose = $1 and id = $2 and state in ('NEXT', 'READY')`,
      [purpose, id],
    ],
  ]);

/** Destroys the material of keys whose time is over. */
export const retire = (db: Pool, purpose: KeyPurpose): Promise<void> =>
  gated(db, [
    [
      `update sealing_key set state = 'RETIRED', wrapped = null, retired_at = now()
       where purpose = $1 and state = 'RETIRING' and retire_at <= now()`,
      [purpose],
    ],
  ]);

async function gated(db: Pool, statements: readonly [string, unknown[]][]): Promise<void> {
  const client = await db.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    await client.query(GATE);
    for (const [text, values] of statements) await client.query(text, values);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
}
