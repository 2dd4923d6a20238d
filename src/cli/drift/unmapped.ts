/** Tables that are no nouns: read and written by SQL only, each by the part that owns it. */
export const TABLES_WITHOUT_NOUN = new Map([
  ['migration', 'history of migrations, kept by the migrator'],
  ['idempotency_key', 'client keys of requests, src/commands'],
  ['deferred_query', 'batches an agency answers later, src/exchange'],
  ['rule_set', 'codes of a set of rules in order, src/engine'],
  ['sealing_key', 'wrapped data keys, src/store/keys'],
  ['key_rotation', 'where a rotation of keys stands, src/store/keys'],
  ['mask_profile', 'mask profile by region, src/store'],
]);

/** Columns that a noun leaves out, as table.column. */
export const COLUMNS_WITHOUT_PROPERTY = new Map([
  ['evaluation.note', 'words for the sentences of findings, src/engine by SQL'],
]);
