import { resealedRowKey } from '../../access/row-key';
import type { SealPlace } from '../../access/seal';
import type { Walk } from './walk';

interface Sealed {
  readonly id: string;
  readonly key: Buffer;
}

interface RowKeys {
  readonly step: string;
  /** Of (after, key in use): a page of ids and sealed keys. */
  readonly next: string;
  /** Of (ids, was, becomes, key in use): how many were changed. */
  readonly change: string;
  placeOf(row: string): SealPlace;
}

/** Keys of rows of their own. */
export const rowKeys = ({ step, next, change, placeOf }: RowKeys): Walk<Sealed> => ({
  step,
  async next({ db, seal }, after) {
    return (await db.engine.query<Sealed>(next, [after, seal.keyId])).rows;
  },
  async change({ db, seal }, rows) {
    const keyId = seal.keyId;
    const becomes = rows.map(({ id, key }) => resealedRowKey(key, placeOf(id), seal));
    const values = [rows.map(({ id }) => id), rows.map(({ key }) => key), becomes, keyId];
    return (await db.engine.query<{ changed: number }>(change, values)).rows[0]!.changed;
  },
});
