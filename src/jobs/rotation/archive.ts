import { bodyKey } from '../../access/sealed-body';
import { rowKeys } from './row-keys';

/** Keys of bodies of archive entries that are not sealed under the key in use are sealed under it; the bodies stay. */
export const sealArchive = rowKeys({
  step: 'seal archive',
  next: 'select entry_id as id, sealed_key as key from archive_body where entry_id > $1 and key_id <> $2 order by entry_id limit 500',
  change: 'select reseal_archive($1, $2, $3, $4)::int as changed',
  placeOf: bodyKey,
});
