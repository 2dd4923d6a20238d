import type { Hub } from '../../context';
import { personNumber } from '../../access/seal';
import { BLOCKS, blocksOf } from '../../matching/blocks';
import { MODEL } from '../../matching/model';

export type ScreeningHub = Pick<Hub, 'db' | 'seal' | 'now' | 'log'>;

const BATCH = 1000;

interface Unmarked {
  readonly id: string;
  readonly name: string;
  readonly number: Buffer;
}

/** Whoever has no digests, or has them of another name, under another key or by another model. */
const UNMARKED = `
  select p.id, p.name, p.id_number as number from person p left join person_mark k on k.person_id = p.id
  where p.id > $1 and (k.person_id is null or k.key_id <> $2 or k.model <> $3) order by p.id limit ${BATCH}`;

const MARK = `
  with gone as (
    delete from person_block b using person_mark k cross join unnest(k.blocks) as old (digest)
    where k.person_id = any ($1) and b.digest = old.digest and b.person_id = k.person_id
  ), given as (
    select id, $2::bigint[] as digests, (place - 1) * $3::int as before from unnest($1::uuid[]) with ordinality as g (id, place)
  )
  insert into person_mark (person_id, key_id, model, blocks)
  select id, $4, $5, digests[before + 1 : before + $3::int] from given
  on conflict (person_id) do update set key_id = excluded.key_id, model = excluded.model, blocks = excluded.blocks, screened = false`;
const LAY = `
  insert into person_block (digest, person_id)
  select distinct own.digest, k.person_id from person_mark k cross join unnest(k.blocks) as own (digest) where k.person_id = any ($1)
  on conflict do nothing`;

const BEGINNING = '00000000-0000-0000-0000-000000000000';

/** Lays everybody beside the others who is not yet: who came in bulk, was renamed, or was marked under another key. A batch is a transaction. */
export async function markAll({ db, seal }: ScreeningHub, signal: AbortSignal): Promise<number> {
  let [after, done] = [BEGINNING, 0];
  while (!signal.aborted) {
    const { key } = seal.blocks([]);
    const { rows } = await db.engine.query<Unmarked>(UNMARKED, [after, key, MODEL.version]);
    if (rows.length === 0) return done;
    const texts = rows.flatMap(({ id, name, number }) =>
      blocksOf({ name, idNumber: seal.open(number, personNumber(id)) }),
    );
    const marked = seal.blocks(texts);
    const ids = rows.map(({ id }) => id);
    const client = await db.engine.connect();
    try {
      await client.query('begin');
      await client.query(MARK, [ids, marked.digests, BLOCKS, marked.key, MODEL.version]);
      await client.query(LAY, [ids]);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
    [after, done] = [ids.at(-1)!, done + ids.length];
  }
  return done;
}
