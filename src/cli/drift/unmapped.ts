/** Tables that are no nouns: read and written by SQL only, each by the part that owns it. */
export const TABLES_WITHOUT_NOUN = new Map([
  ['migration', 'history of migrations, kept by the migrator'],
  ['idempotency_key', 'client keys of requests, src/commands'],
  ['used_assertion', 'client assertions that may not come again, src/store'],
  ['partner_day', 'persons a partner has reached on a day, by SQL function spend_persons'],
  ['partner_day_person', 'which persons these were, read by that function only'],
  ['person_mark', 'keyed digests of persons, src/jobs/screening'],
  ['person_block', 'the same, one by one, to find who shares one'],
  ['receipt', 'hashes of receipts given to partners, src/store'],
  ['deferred_query', 'batches an agency answers later, src/exchange'],
  ['what_if_report', 'signed reports of what numbers would do, src/cli/whatif'],
  ['rule_set', 'codes of a set of rules in order, src/engine'],
  ['application_entry', 'what an applicant wrote in a form, shown by resolvers/housing/admission/form'],
  ['admission_move', 'steps of an application, as in schema/admission/moves'],
  ['admission_joint', 'agencies heard in a review, as in schema/admission/moves'],
  ['waiting_move', 'steps of whoever waits, as in schema/waiting/moves'],
  ['waiting_queue', 'how often and by which numbers a queue was put in order, src/jobs/queues'],
  ['waiting_rank', 'places of the last night, src/jobs/queues'],
  ['import_batch', 'loads of files, src/commands/begin-import'],
  ['import_key', 'which record a row of a file made, src/store/bulk'],
  ['notice_move', 'steps of a notice, as in schema/notice/moves'],
  ['notice_wording', 'words of each kind of notice, filled in by the database'],
  ['legal_move', 'states that may follow a state, as in schema/transitions'],
  ['calendar_year', 'years whose days off are announced, src/store'],
  ['calendar_day', 'days off and days made up for, src/store'],
  ['case_report', 'which report a case stands on, src/jobs and src/store'],
  ['watch_mark', 'digests of what the last look of the watch held, src/jobs/watch'],
  ['register_parcel', 'extracts of registers imported, src/exchange/register'],
  ['register_entry', 'their entries, sealed whole, src/exchange/register'],
  ['sealing_key', 'wrapped data keys, src/store/keys'],
  ['key_rotation', 'where a rotation of keys stands, src/store/keys'],
  ['mask_profile', 'mask profile by region, src/store'],
  ['log_leaf', 'leaves of the log, src/audit'],
  ['log_node', 'subtrees of the log, src/audit'],
  ['log_head', 'the last signed head, src/audit'],
  ['log_state', 'size of the log, src/audit'],
]);

/** Columns that a noun leaves out, as table.column. */
export const COLUMNS_WITHOUT_PROPERTY = new Map([
  ...['read_entry', 'write_entry'].flatMap((table) =>
    ['tx', 'salt', 'erased_by', 'person_ref', 'entity_ref'].map((column): [string, string] => [
      `${table}.${column}`,
      'what a leaf is made of, src/audit by SQL',
    ]),
  ),
  ...['waiting_list_entry', 'waiting_step', 'waiting_exception'].map((table): [string, string] => [
    `${table}.after_run`,
    'after which night of its queue it came, src/jobs/queues by SQL',
  ]),
  ['evaluation.note', 'words for the sentences of findings, src/engine by SQL'],
]);
