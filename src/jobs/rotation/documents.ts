import { fileKey } from '../../access/file-cipher';
import { rowKeys } from './row-keys';

/** Keys of files that are there still and not sealed under the key in use are sealed under it; the files stay. */
export const sealDocuments = rowKeys({
  step: 'seal documents',
  next: 'select id, sealed_key as key from application_document where id > $1 and key_id <> $2 and length(sealed_key) > 0 order by id limit 500',
  change: 'select reseal_documents($1, $2, $3, $4)::int as changed',
  placeOf: fileKey,
});
