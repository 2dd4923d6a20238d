import type { Hub } from '../../context';
import { personNumber } from '../../access/seal';
import { BLOCKS, blocksOf } from '../../matching/blocks';
import { MODEL } from '../../matching/model';
import { inTransaction } from './transaction';

export type ScreeningHub = Pick<Hub, 'db' | 'seal' | 'now' | 'log'>;

const PAGE = 2000;

interface Someone {
  readonly id: string;
  readonly due: boolean;
  /** Null of who is not due. */
  readonly name: string | null;
  readonly number: Buffer | null;
}

/** A page of persons: due is who has no digests, or has them of another name, under another key or by another model. */
const PERSONS = `
  select p.id, due, case when due then p.name end as name, case when due then p.id_number end as number
  from (select id, name, id_number from person where id > $1 order by id limit ${PAGE}) as p
  left join person_mark k on k.person_id = p.id
  cross join lateral (select k.person_id is null or k.key_id <> $2 or k.model <> $3 as due) as whether order by p.id`;

const UNLAY = `
  delete from person_block b using person_mark k cross join unnest(k.blocks) as old (digest)
  where k.person_id = any ($1) and b.digest = old.digest and b.person_id = k.person_id`;
const MARK = `
  insert into person_mark (person_id, key_id, model, blocks)
  select id, $4, $5, ($2::bigint[])[(place - 1) * $3::int + 1 : place * $3::int] from unnest($1::uuid[]) with ordinality as g (id, place)
  on conflict (person_id) do update set key_id = excluded.key_id, model = excluded.model, blocks = excluded.blocks, screened = false`;
const LAY = `
  insert into person_block (digest, person_id)
  select distinct own.digest, k.person_id from person_mark k cross join unnest(k.blocks) as own (digest) where k.person_id = any ($1)
  on conflict do nothing`;

const BEGINNING = '00000000-0000-0000-0000-000000000000';

/**
 * Lays everybody beside the others who is not yet: who came in bulk, was renamed, or was marked under another key. A page is a
 * transaction; while one is written the digests of the next are made.
 */
export async function markAll(hub: ScreeningHub, signal: AbortSignal): Promise<number> {
  let [after, done, writing]: [string, number, Promise<void>] = [BEGINNING, 0, Promise.resolve()];
  try {
    while (!signal.aborted) {
      const { key } = hub.seal.blocks([]);
      const { rows } = await hub.db.engine.query<Someone>(PERSONS, [after, key, MODEL.version]);
      if (rows.length === 0) break;
      after = rows.at(-1)!.id;
      const due = rows.filter((row) => row.due);
      if (due.length === 0) continue;
      const marked = hub.seal.blocks(due.flatMap((one) => textsOf(one, hub)));
      await writing;
      writing = inTransaction(hub.db.engine, async (client) => {
        const ids = due.map(({ id }) => id);
        await client.query(UNLAY, [ids]);
        await client.query(MARK, [ids, marked.digests, BLOCKS, marked.key, MODEL.version]);
        await client.query(LAY, [ids]);
      });
      writing.catch(() => undefined); // told at the next turn
      done += due.length;
    }
  } finally {
    await writing;
  }
  return done;
}

const textsOf = ({ id, name, number }: Someone, { seal }: ScreeningHub): string[] =>
  blocksOf({ name: name!, idNumber: seal.open(number!, personNumber(id)) });
