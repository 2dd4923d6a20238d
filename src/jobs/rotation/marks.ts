import { resealedDigestKey } from '../../access/item-digests';
import type { Walk } from './walk';

interface Sealed {
  readonly id: string;
  readonly key: Buffer;
}

/** Keys of digests that are not sealed under the key in use are sealed under it; the digests stay. */
export const sealMarks: Walk<Sealed> = {
  step: 'seal watch marks',
  async next({ db, seal }, after) {
    const text = 'select id, key from watch_mark where id > $1 and key_id <> $2 order by id limit 500';
    return (await db.engine.query<Sealed>(text, [after, seal.keyId])).rows;
  },
  async change({ db, seal }, rows) {
    const keyId = seal.keyId;
    const becomes = rows.map(({ id, key }) => resealedDigestKey(key, id, seal));
    const values = [rows.map(({ id }) => id), rows.map(({ key }) => key), becomes, keyId];
    const text = 'select reseal_marks($1, $2, $3, $4)::int as changed';
    return (await db.engine.query<{ changed: number }>(text, values)).rows[0]!.changed;
  },
};
