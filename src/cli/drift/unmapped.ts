/** Tables that are no nouns: read and written by SQL only, each by the part that owns it. */
export const TABLES_WITHOUT_NOUN = new Map([
  ['migration', 'history of migrations, kept by the migrator'],
  ['idempotency_key', 'client keys of requests, src/commands'],
  ['used_assertion', 'client assertions that may not come again, src/store'],
  ['partner_day', 'persons a partner has reached on a day, by SQL function spend_persons'],
  ['partner_day_person', 'which persons these were, read by that function only'],
  ['receipt', 'hashes of receipts given to partners, src/store'],
  ['deferred_query', 'batches an agency answers later, src/exchange'],
  ['rule_set', 'codes of a set of rules in order, src/engine'],
  ['mask_profile', 'mask profile by region, src/store'],
]);

/** Columns that a noun leaves out, as table.column. */
export const COLUMNS_WITHOUT_PROPERTY = new Map([
  ['evaluation.note', 'words for the sentences of findings, src/engine by SQL'],
]);
