import type { Database } from '../../store/database';
import type { KeyPurpose } from '../../access/keyring';

/** Where a rotation stands; kept after every batch, so that a killed run goes on behind its last one. */
export interface Place {
  readonly purpose: KeyPurpose;
  readonly keyId: string;
}

const BEGIN = `
  insert into key_rotation (purpose, key_id, step) values ($1, $2, $3)
  on conflict (purpose, key_id) do update set step = excluded.step,
    position = case when key_rotation.step = excluded.step then key_rotation.position end
  returning position`;
const ADVANCE = 'update key_rotation set position = $3, done = done + $4 where purpose = $1 and key_id = $2';
const REWIND = 'update key_rotation set position = null where purpose = $1 and key_id = $2';
const FINISH = 'update key_rotation set finished_at = now(), position = null where purpose = $1 and key_id = $2';

/** The last row done of this step, or null at its beginning. */
export async function positionOf(
  { engine }: Database,
  { purpose, keyId }: Place,
  step: string,
): Promise<string | null> {
  const { rows } = await engine.query<{ position: string | null }>(BEGIN, [purpose, keyId, step]);
  return rows[0]!.position;
}

export const advance = ({ engine }: Database, { purpose, keyId }: Place, position: string, done: number) =>
  engine.query(ADVANCE, [purpose, keyId, position, done]);
export const rewind = ({ engine }: Database, { purpose, keyId }: Place) => engine.query(REWIND, [purpose, keyId]);
export const finish = ({ engine }: Database, { purpose, keyId }: Place) => engine.query(FINISH, [purpose, keyId]);
