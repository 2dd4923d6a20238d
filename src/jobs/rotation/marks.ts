import { digestKey } from '../../access/item-digests';
import { rowKeys } from './row-keys';

/** Keys of digests that are not sealed under the key in use are sealed under it; the digests stay. */
export const sealMarks = rowKeys({
  step: 'seal watch marks',
  next: 'select id, key from watch_mark where id > $1 and key_id <> $2 order by id limit 500',
  change: 'select reseal_marks($1, $2, $3, $4)::int as changed',
  placeOf: digestKey,
});
