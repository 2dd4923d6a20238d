import type { ClientBase } from 'pg';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/*
 * What the leaf commits to stays as it is, the salt goes: from then on nobody can tell whom it was about, not even by trying.
 * Keys of several columns are joined by ~~~ (src/store/change-triggers).
 */
const READS = `
  update read_entry set person_ref = sha256(uuid_send(salt) || uuid_send(person_id)), person_id = null, salt = null, erased_by = $2
  where person_id = $1::uuid`;
const WRITES = `
  update write_entry set entity_ref = sha256(uuid_send(salt) || convert_to(entity_id, 'UTF8')), entity_id = null, salt = null, erased_by = $2
  where entity_id = $1 or entity_id like '%~~~' || $1 or entity_id like $1 || '~~~%'`;
const ACT = `
  insert into write_entry (id, subject, role, office, request_id, verb, entity, entity_id, fields, rows)
  values ($1, $2, 'SYSTEM', '-', 'tx:' || pg_current_xact_id()::text, 'eraseFromLog', 'LogEntry', '*', '{personId,entityId}', $3)`;

/**
 * Takes one person out of both logs [PIPL art. 47]: entries, leaves and heads stay, whom they are about is gone. The act
 * stands in the log with the number of entries. Returns that number. Throws RangeError.
 */
export async function eraseFromLog(owner: ClientBase, personId: string, subject: string): Promise<number> {
  if (!UUID.test(personId)) throw new RangeError('a person is named by the id the hub knows it by, a lower-case UUID');
  await owner.query('begin');
  try {
    const { rows } = await owner.query<{ id: string }>(`select nextval('log_entry_id') as id`);
    const act = rows[0]!.id;
    const reads = await owner.query(READS, [personId, act]);
    const writes = await owner.query(WRITES, [personId, act]);
    const erased = (reads.rowCount ?? 0) + (writes.rowCount ?? 0);
    await owner.query(ACT, [act, subject, erased]);
    await owner.query('commit');
    return erased;
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}
