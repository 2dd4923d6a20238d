import type { Config } from '../../config';
import { say } from '../say';
import { withKeyTable } from './with-table';

interface Listed {
  readonly purpose: string;
  readonly id: string;
  readonly state: string;
  readonly created: string;
  readonly rows: number | null;
  readonly rotation: string | null;
}

/* Rows are counted where a key has any: persons sealed under it, or still to be indexed anew. */
const LIST = `
  with sealed as (select id_number_key as id, count(*)::int as rows from person group by 1)
  select k.purpose, k.id, k.state, to_char(k.created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as created,
    case k.purpose when 'seal' then coalesce((select sum(rows) from sealed s where s.id = k.id), 0)::int end as rows,
    case when r.finished_at is null then r.step || ', ' || r.done || ' rows so far' end as rotation
  from sealing_key k left join key_rotation r on r.purpose = k.purpose and r.key_id = k.id
  order by k.purpose, k.created_at, k.id`;

export const listKeys = (config: Config): Promise<void> =>
  withKeyTable(config, async (owner) => {
    const { rows } = await owner.query<Listed>(LIST);
    for (const { purpose, id, state, created, rows: persons, rotation } of rows) {
      const more = [persons === null ? '' : `${persons} persons`, rotation ?? ''].filter(Boolean).join(' · ');
      say([purpose.padEnd(10), id.padEnd(8), state.padEnd(9), created, more].join('  ').trimEnd());
    }
  });
