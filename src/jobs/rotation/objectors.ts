import { objectorPlace } from '../../access/objector';
import type { Walk } from './walk';

interface Sealed {
  readonly id: string;
  readonly sealed: Buffer;
}

/** Objectors that are not sealed under the key in use are opened and sealed under it. */
export const sealObjectors: Walk<Sealed> = {
  step: 'seal objectors',
  async next({ db, objectorSeal }, after) {
    const text = 'select id, sealed from objector where id > $1 and key_id <> $2 order by id limit 500';
    return (await db.engine.query<Sealed>(text, [after, objectorSeal.keyId])).rows;
  },
  async change({ db, objectorSeal: seal }, rows) {
    const keyId = seal.keyId;
    const becomes = rows.map(({ id, sealed }) => seal.seal(seal.open(sealed, objectorPlace(id)), objectorPlace(id)));
    const values = [rows.map(({ id }) => id), rows.map(({ sealed }) => sealed), becomes, keyId];
    const text = 'select reseal_objectors($1, $2, $3, $4)::int as changed';
    return (await db.engine.query<{ changed: number }>(text, values)).rows[0]!.changed;
  },
};
