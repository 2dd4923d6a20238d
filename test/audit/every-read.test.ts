import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import '../../schema';
import { connectors } from '../../connectors';
import { classifiedFields } from '../../src/access/classification';
import { CASE_KIND_TITLES, FIELD_TITLES, ROLE_TITLES } from '../../schema/sharing/field-titles';
import { CaseKind } from '../../schema/housing/case';
import { ROLES } from '../../src/access/viewer';
import { factsOf } from '../../src/exchange/fact';

const ROOT = join(__dirname, '..', '..');
/** Tables whose rows say something of one person. */
const PERSONAL =
  'person|household_member|housing_case|letter_member|answer|report|evaluation|decision|evidence_task|paper_evidence|fact_contest|review_step|application_step|application_entry|objection|application_document|notice|waiting_list_entry|waiting_step|waiting_exception|allotment|contract|contract_rent|occupancy|tenancy_step|rent_entry|rent_arrears|violation|archive_body|spot_check_file|inspection|identity_match|change|person_mark|person_block|[a-z_]+_answer|accesses_to';
const READS = new RegExp(
  `\\b(?:from|join)\\s+\\(?(?:only\\s+)?(?:${PERSONAL})\\b|\\bupdate\\s+(?:${PERSONAL})\\b[^]*\\breturning\\b|\\binsert into (?:${PERSONAL})\\b[^]*\\breturning\\b`,
  'i',
);
const MAPPED = /\bem\.(find\w*|refresh|populate|createQueryBuilder|getRepository)\b/;

const ENGINE = 'inside the statement that judges: outcomes leave it; the report made of them is logged when it is read';
const TO_ASK =
  'number and name are opened only to put the question: the answer to it is kept and logged in one statement';
const SCREENED =
  'compared by the machine itself: levels and a score stay, which are logged when they are read; nobody looks';
const RESEALED = 'opened and sealed again under another key by the machine itself: nobody looks';
const IDS = 'ids and dates of letters only: no value of a person';
const ACT = 'the record acted on, as the caller gave it or by its state; what of it is personal is read again, logged';
/** Every statement that reads such rows: file, how many, and `logged`, or why no value of a person leaves it unlogged. */
const KNOWN: readonly (readonly [file: string, statements: number, how: string])[] = [
  ['resolvers/housing/admission/application-rows.ts', 2, 'logged'],
  ['resolvers/housing/admission/document-rows.ts', 1, 'logged'],
  ['resolvers/housing/admission/form-rows.ts', 1, 'logged'],
  [
    'resolvers/housing/admission/procedure-rows.ts',
    2,
    'that steps lack an author, a day or a result: no value of a person',
  ],
  ['resolvers/housing/archive/entry-rows.ts', 1, 'logged'],
  ['resolvers/housing/archive/spot-rows.ts', 2, 'logged; and how many were in order'],
  ['resolvers/housing/file-rows.ts', 2, 'logged'],
  ['resolvers/housing/security-status.ts', 1, 'logged'],
  ['resolvers/housing/supervision/checks.ts', 5, 'ids and days of records that lack something: no value of a person'],
  [
    'resolvers/housing/tenancy/dwelling-events.ts',
    1,
    'days and numbers of documents of a dwelling, of whoever had it nothing',
  ],
  ['resolvers/housing/tenancy/dwelling-rows.ts', 1, 'days and numbers of documents: of rent only that some came'],
  ['resolvers/housing/tenancy/rent-rows.ts', 5, 'logged; and sums of months, which say nothing of a person'],
  ['resolvers/housing/tenancy/tenancy-rows.ts', 5, 'logged; and states, days, terms and published rates'],
  ['resolvers/housing/waiting/entry-rows.ts', 5, 'logged; and states, days and places, which say nothing of a person'],
  ['resolvers/housing/notice/notice-rows.ts', 4, 'logged; and states and days, which say nothing of a person'],
  ['resolvers/housing/identity-match-rows.ts', 1, 'logged'],
  ['resolvers/housing/member-rows.ts', 2, 'logged'],
  ['resolvers/housing/person-rows.ts', 1, 'logged'],
  ['resolvers/sharing/access-rows.ts', 1, 'logged'],
  ['resolvers/sharing/decision-rows.ts', 1, 'logged'],
  ['resolvers/sharing/evidence-task-rows.ts', 3, 'logged'],
  ['resolvers/sharing/fact-contest-rows.ts', 1, 'logged'],
  ['resolvers/sharing/letter-rows.ts', 1, 'logged'],
  ['resolvers/sharing/overdue-answer-rows.ts', 1, 'households and days of questions out, no values and no persons'],
  ['resolvers/sharing/paper-evidence-rows.ts', 1, 'logged'],
  ['resolvers/sharing/report-rows.ts', 2, 'logged'],
  ['resolvers/sharing/review/change-rows.ts', 2, 'logged; and how many households there are'],
  ['resolvers/sharing/review/inspection-rows.ts', 2, 'logged'],
  ['resolvers/sharing/review/review-rows.ts', 1, 'logged'],
  ['resolvers/sharing/review/violation-rows.ts', 1, 'logged'],
  [
    'src/cli/explain/file.ts',
    2,
    'ids and codes of one file, by whoever has the hub’s machine; the look at its members is written by the second',
  ],
  ['src/cli/keys/list.ts', 1, 'how many rows stand under a key'],
  ['src/cli/backup/heaps.ts', 3, 'a backup, sealed as it lies there: nobody looks'],
  ['src/cli/start/sample.ts', 1, 'ids of one made-up household, for the words at the end of a start in the sandbox'],
  ['src/commands/add-evidence.ts', 1, 'ids of members only'],
  ['src/commands/answer-objection.ts', 1, ACT],
  ['src/commands/appeal-refusal.ts', 1, ACT],
  ['src/commands/bar-reapplication.ts', 1, ACT],
  ['src/commands/check-reviews.ts', 1, 'ids of open reviews only'],
  ['src/commands/close-case.ts', 2, ACT],
  ['src/commands/close-violation.ts', 1, ACT],
  ['src/commands/offer-dwelling.ts', 1, ACT],
  ['src/commands/publish-contract-template.ts', 2, 'versions of a contract, which are of nobody'],
  ['src/jobs/charge-rents.ts', 2, 'sums that the machine itself puts into the ledger, where they are read logged'],
  ['src/jobs/run-tenancies.ts', 2, 'ids and days of offers and contracts only'],
  ['src/store/supervision/found.ts', 2, ACT],
  ['src/store/tenancy/draw.ts', 1, ACT],
  ['src/commands/record-allocation-step.ts', 1, 'a batch, which is of nobody'],
  ['src/store/allocation/records.ts', 4, 'procedures and batches, which are of nobody'],
  ['src/store/tenancy/dwelling-step.ts', 2, 'dwellings, which are of nobody'],
  ['src/store/tenancy/rate.ts', 1, ACT],
  ['src/store/tenancy/step.ts', 2, ACT],
  ['src/commands/close-inspection.ts', 1, ACT],
  ['src/commands/end-letter.ts', 1, ACT],
  ['src/commands/execute-review.ts', 3, ACT],
  ['src/commands/file-objection.ts', 1, ACT],
  ['src/commands/ask-to-open-objector.ts', 1, ACT],
  ['src/commands/open-objector.ts', 1, ACT],
  ['src/commands/tell-objector.ts', 1, ACT],
  ['src/commands/hand-in-document.ts', 1, 'how many documents there are, and of how many bytes'],
  ['src/commands/fill-application.ts', 2, ACT],
  ['src/commands/lift-reapplication-bar.ts', 1, ACT],
  ['src/commands/open-case.ts', 1, ACT],
  ['src/commands/open-review-campaign.ts', 1, 'a campaign, which is of nobody'],
  ['src/commands/post-publicity.ts', 2, 'logged; and who the applicant of the case is'],
  ['src/commands/publish-form-template.ts', 1, 'a form, which is of nobody'],
  ['src/commands/publish-registered-objects.ts', 1, 'logged'],
  ['src/commands/publish-approved-households.ts', 1, 'logged'],
  ['src/commands/record-approval-publicity.ts', 1, ACT],
  ['src/commands/review-identity-match.ts', 1, ACT],
  ['src/commands/record-admission-ground.ts', 1, 'what a household holds; its ground is recorded, not read'],
  ['src/commands/record-signal.ts', 1, ACT],
  ['src/commands/request-cross-check.ts', 1, 'ids of open cases only'],
  ['src/commands/sign-letter.ts', 2, ACT],
  ['src/commands/start-application.ts', 1, ACT],
  ['src/commands/withdraw-contest.ts', 1, ACT],
  ['src/commands/verify-document.ts', 1, ACT],
  ['src/commands/withdraw-document.ts', 1, ACT],
  ['src/engine/adult.ts', 1, ENGINE],
  ['src/engine/approval.ts', 1, ENGINE],
  ['src/engine/inspected.ts', 1, ENGINE],
  ['src/engine/judge-range.ts', 1, ENGINE],
  ['src/engine/statement/subject.ts', 5, ENGINE],
  ['src/exchange/answer-view.ts', 1, 'a definition; who reads the view is listed'],
  ['src/exchange/statements/deferred.ts', 2, TO_ASK],
  ['src/exchange/statements/keep.ts', 2, 'logged'],
  ['src/exchange/statements/live.ts', 1, IDS],
  ['src/exchange/statements/permitted.ts', 1, TO_ASK],
  ['src/exchange/statements/recall.ts', 1, 'logged'],
  ['src/jobs/collect-deferred.ts', 3, 'regions and ordinals only'],
  [
    'src/jobs/cross-check/answers.ts',
    1,
    'states of answers, no values; they stand in the report, which is logged when it is read',
  ],
  ['src/jobs/cross-check/evidence-of-officers.ts', 3, 'it stands in the report, which is logged when it is read'],
  ['src/jobs/cross-check/page.ts', 1, 'ids of members only'],
  ['src/jobs/cross-check/write.ts', 1, 'hash and version of the last report only'],
  ['src/jobs/compare-watched.ts', 1, 'codes of regions only'],
  [
    'src/jobs/detect-ineligible.ts',
    4,
    'ids of households, cases and applicants, from table to table; none leaves the database',
  ],
  ['src/jobs/end-replies.ts', 1, 'codes of regions only'],
  ['src/jobs/open-inspections.ts', 1, 'codes of regions only'],
  [
    'src/jobs/open-reviews.ts',
    1,
    'ids of households, cases and applicants, from table to table; none leaves the database',
  ],
  ['src/jobs/publish-feeds.ts', 2, 'codes of regions only'],
  ['src/jobs/sweep-files.ts', 1, 'ids of documents only'],
  [
    'src/jobs/queues/queue.ts',
    5,
    'put in order by the machine itself: places stay, and the factors are logged when they are read',
  ],
  ['src/jobs/recompute-queues.ts', 1, 'ids of entries and codes of regions only'],
  ['src/jobs/send-notices.ts', 2, 'logged; and ids of notices and codes of regions'],
  ['src/jobs/bulk/export-applications.ts', 1, 'states and days of applications, which say nothing of a person'],
  ['src/jobs/settle-matched-again.ts', 1, 'ids of cases only'],
  ['src/jobs/watch-changes.ts', 1, 'codes of regions only'],
  ['src/jobs/watch/read.ts', 3, 'logged; and ids of letters'],
  ['src/jobs/rotation/answers.ts', 1, RESEALED],
  ['src/jobs/rotation/archive.ts', 1, RESEALED],
  ['src/jobs/rotation/documents.ts', 1, RESEALED],
  ['src/jobs/rotation/persons.ts', 3, RESEALED],
  ['src/jobs/screening/mark.ts', 3, SCREENED],
  ['src/jobs/screening/screen.ts', 4, SCREENED],
  ['src/rules/eligibility/letter-in-force.ts', 1, ENGINE],
  ['src/rules/eligibility/review-in-time.ts', 1, ENGINE],
  ['src/store/active-members.ts', 2, 'logged'],
  ['src/store/case-report.ts', 2, 'whether evidence has expired, and the outcome of one rule: no value leaves'],
  ['src/store/applicant.ts', 1, 'an id: of whom what an officer has just written down speaks'],
  ['src/store/admission/publicity.ts', 1, 'the id of a publicity, which is masked'],
  ['src/store/admission/step.ts', 2, ACT],
  ['src/commands/confirm-archive-disposal.ts', 1, 'a decision about a file, which is of nobody'],
  ['src/commands/propose-archive-disposal.ts', 1, 'a decision about a file, which is of nobody'],
  ['src/commands/record-spot-check.ts', 1, ACT],
  ['src/store/archive/erase.ts', 3, 'ids and hashes: what it erases nobody looks at'],
  ['src/store/archive/material.ts', 4, ACT],
  ['src/store/archive/package.ts', 1, 'logged'],
  ['src/store/archive/stage.ts', 1, ACT],
  ['src/store/notices/step.ts', 3, ACT],
  ['src/store/waiting/enter.ts', 1, 'the programme of the case that is approved'],
  ['src/store/waiting/leave.ts', 1, ACT],
  ['src/store/waiting/step.ts', 2, ACT],
  ['src/store/changes/act.ts', 1, ACT],
  ['src/store/close-its-case.ts', 1, ACT],
  ['src/store/counted-members.ts', 1, 'ids of members only, to be counted before anybody is asked'],
  ['src/store/bulk/applications.ts', 2, 'logged; and ids and states of applications'],
  ['src/store/intake/known.ts', 2, 'logged'],
  ['src/store/letters/terms.ts', 2, ACT],
  ['src/store/name-in-scope.ts', 1, 'part of other statements; those are listed'],
  ['src/store/paper-evidence.ts', 1, ACT],
  ['src/store/purposes.ts', 1, IDS],
  ['src/store/reviews/campaign.ts', 1, 'a campaign, which is of nobody'],
  ['src/store/reviews/other-programme.ts', 1, ENGINE],
  ['src/store/reviews/step.ts', 4, ACT],
  ['src/store/watched.ts', 1, 'ids of households, members and letters only: whom to ask'],
];

const filesBelow = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));

/** Statements of a file that read personal rows: texts of SQL, and calls of the object mapper. */
function readsOf(file: string): number {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.ES2022, true);
  let found = 0;
  const visit = (node: ts.Node): void => {
    const isText =
      ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);
    if (isText && READS.test(node.getText())) return void (found += 1);
    if (ts.isCallExpression(node) && MAPPED.test(node.expression.getText())) found += 1;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe('every read of a person', () => {
  /* The made-up population and the sandbox agencies hold no real person; migrations define, they do not read. */
  const files = ['src', 'resolvers', 'connectors'].flatMap(filesBelow);
  const read = files.filter((file) => !/^src\/population\/|\/sandbox|^src\/verify\//.test(file));

  it('stands in the table of this test: a new one has to be logged, or to say here why it need not be', () => {
    const found = read.flatMap((file) => (readsOf(file) > 0 ? [`${file} ${readsOf(file)}`] : [])).sort();
    expect(found).toEqual(KNOWN.map(([file, statements]) => `${file} ${statements}`).sort());
  });

  it('that is said to be logged goes through the logged read', () => {
    for (const [file] of KNOWN.filter(([, , how]) => how === 'logged'))
      expect([file, readFileSync(join(ROOT, file), 'utf8')]).toEqual([
        file,
        expect.stringMatching(/PersonalSelect|loggedRead/),
      ]);
  });
});

describe('what a person is told of a look', () => {
  it('has words for every field that can be looked at, every role and every kind of case', () => {
    const agencies = connectors.flatMap(({ name, record }) =>
      [...factsOf(record).keys()].map((field) => [name, field] as const),
    );
    const own = classifiedFields()
      .filter(({ type }) => ['Person', 'HouseholdMember', 'Case'].includes(type))
      .map(({ field }) => ['housing', field] as const);
    const wordless = [...agencies, ...own].filter(
      ([source, field]) => !/\p{Script=Han}/u.test(FIELD_TITLES[source]?.[field] ?? ''),
    );
    expect(wordless).toEqual([]);
    expect(ROLES.filter((role) => !ROLE_TITLES[role])).toEqual([]);
    expect(Object.values(CaseKind).filter((kind) => !CASE_KIND_TITLES[kind])).toEqual([]);
  });
});
