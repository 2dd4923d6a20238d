import { personNumber } from '../../access/seal';
import type { Walk } from './walk';

const BATCH = 500;

interface Sealed {
  readonly id: string;
  readonly number: Buffer;
}

/** Numbers that are not sealed under the key in use are opened and sealed under it. */
export const sealPersons: Walk<Sealed> = {
  step: 'seal persons',
  async next({ db, seal }, after) {
    const text = `select id, id_number as number from person where id > $1 and id_number_key <> $2 order by id limit ${BATCH}`;
    return (await db.engine.query<Sealed>(text, [after, seal.keyId])).rows;
  },
  async change({ db, seal }, rows) {
    const keyId = seal.keyId;
    const becomes = rows.map(({ id, number }) => seal.seal(seal.open(number, personNumber(id)), personNumber(id)));
    const values = [rows.map(({ id }) => id), rows.map(({ number }) => number), becomes, keyId];
    return countOf(await db.engine.query(`select reseal_persons($1, $2, $3, $4)::int as changed`, values));
  },
};

/** Persons without the coming index get it. */
export const indexPersons: Walk<Sealed> = {
  step: 'index persons',
  async next({ db }, after) {
    const text = `select id, id_number as number from person where id > $1 and id_index_next is null order by id limit ${BATCH}`;
    return (await db.engine.query<Sealed>(text, [after])).rows;
  },
  async change({ db, seal }, rows) {
    const nexts = rows.map(({ id, number }) => seal.marks(seal.open(number, personNumber(id))).next);
    const values = [rows.map(({ id }) => id), nexts];
    return countOf(await db.engine.query(`select index_persons($1, $2)::int as changed`, values));
  },
};

/** The coming index has become the one in use: it takes the place of the old one, row by row. */
export const settlePersons: Walk<{ readonly id: string }> = {
  step: 'settle persons',
  async next({ db }, after) {
    const text = `select id from person where id > $1 and id_index_next is not null order by id limit ${BATCH * 4}`;
    return (await db.engine.query<{ id: string }>(text, [after])).rows;
  },
  async change({ db }, rows) {
    const ids = rows.map(({ id }) => id);
    return countOf(await db.engine.query(`select settle_person_indexes($1)::int as changed`, [ids]));
  },
};

const countOf = ({ rows }: { readonly rows: readonly { readonly changed: number }[] }): number => rows[0]!.changed;
