import { randomUUID } from 'node:crypto';
import type { Role } from '../../../src/access/viewer';
import { applicationActs } from './application-acts';
import { archiveActs } from './archive-acts';
import type { Opening } from './opening';
import { plantMatch } from './matches';
import { broughtAbout, calm, contestedAbout, forgetPapers, standOn, type Planted } from './planted';
import { plantViolation } from './tenancy';
import { noticeActs } from './notice-acts';
import { waitingActs } from './waiting-acts';
import { plantChange, plantInspection, plantReview } from './reviews';

/** Who takes applications and letters in. */
const CLERKS: readonly Role[] = ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'];
const READERS: readonly Role[] = [...CLERKS, 'REGION_HOUSING', 'CIVIL_AFFAIRS', 'AUDITOR', 'DISCIPLINE'];
const NOT_CIVIL = READERS.filter((role) => role !== 'CIVIL_AFFAIRS');
const RENT_READERS: readonly Role[] = ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'];
const AND_PARTNERS: readonly Role[] = [...READERS, 'PARTNER_SYSTEM'];

/** Questions about the planted household. */
export const QUESTIONS: Readonly<Record<string, Opening>> = {
  household: { call: 'household(id: $household)', roles: AND_PARTNERS },
  households: { call: 'households(region: $county, after: $before, first: 2)', roles: READERS },
  person: { call: 'person(id: $person)', roles: AND_PARTNERS },
  letter: { call: 'letter(id: $letter)', roles: AND_PARTNERS },
  crossCheck: { call: 'crossCheck(id: $crossCheck)', roles: AND_PARTNERS },
  application: { call: 'application(id: $application)', roles: READERS },
  applications: { call: 'applications(region: $county, first: 2)', roles: READERS },
  waitingListEntry: { call: 'waitingListEntry(id: $entry)', roles: READERS },
  waitingList: { call: 'waitingList(region: $county, first: 2)', roles: READERS },
  waitingExceptions: {
    call: 'waitingExceptions(region: $county, first: 2)',
    roles: ['CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  },
  dwellingFile: { call: 'dwellingFile(dwelling: $dwelling)', roles: READERS, empty: 'entries' },
  archiveEntries: { call: 'archiveEntries(region: $county, first: 2)', roles: READERS },
  spotChecks: {
    call: 'spotChecks(region: $county, first: 2)',
    roles: ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  },
  tenancySteps: { call: 'tenancySteps(of: $allotment)', roles: READERS },
  rentEntries: { call: 'rentEntries(contract: $contract)', roles: RENT_READERS },
  arrears: { call: 'arrears(region: $county, first: 2)', roles: RENT_READERS },
  violations: { call: 'violations(region: $county, first: 2)', roles: NOT_CIVIL },
  notice: { call: 'notice(id: $notice)', roles: READERS },
  notices: { call: 'notices(region: $county, first: 2)', roles: READERS },
  overdueNotices: { call: 'overdueNotices(region: $county, first: 2)', roles: READERS },
  evidenceTasks: { call: 'evidenceTasks(region: $county, first: 2)', roles: READERS },
  annualReviews: { call: 'annualReviews(region: $county, year: 2026, first: 2)', roles: READERS },
  inspections: { call: 'inspections(region: $county, first: 2)', roles: NOT_CIVIL },
  changes: {
    call: 'changes(region: $county, first: 2)',
    roles: ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  },
  detectionFindings: {
    call: 'detectionFindings(region: $county, first: 2)',
    roles: ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  },
  exitCases: { call: 'exitCases(region: $county, first: 2)', roles: READERS },
  identityMatches: {
    call: 'identityMatches(region: $county, first: 2)',
    roles: ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'],
  },
  overdueAnswers: {
    call: 'overdueAnswers(region: $county, first: 2)',
    roles: ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'AUDITOR', 'DISCIPLINE'],
  },
};

const TERMS =
  'caseId: $case, purpose: "ADMISSION_REVIEW", sources: ["property"], noticeVersion: "1", validUntil: $until';

/** Acts upon the spare household, of which nothing else is asked. */
export const ACTS: Readonly<Record<string, Opening>> = {
  openCase: {
    call: 'openCase(input: { householdId: $household, kind: RE_CHECK, programme: LOW_RENT, applicantId: $person, declaredIncomeFen: 298664117 })',
    roles: CLERKS,
    prepare: async (planted) => (await closeReChecks(planted), ofSpare(planted)),
  },
  closeCase: {
    call: 'closeCase(caseId: $case)',
    roles: ['COUNTY_HOUSING', 'CITY_HOUSING'],
    prepare: async (planted) => ({ case: await reCheck(planted) }),
  },
  reviewIdentityMatch: {
    call: 'reviewIdentityMatch(id: $match, verdict: SAME, reason: "x")',
    roles: ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING'],
    prepare: async ({ running, spare }) => ({ match: await plantMatch(running, spare, 'x') }),
  },
  decide: {
    call: 'decide(caseId: $case, report: $report, verdict: APPROVE, reason: "核对无误")',
    roles: ['COUNTY_HOUSING', 'CITY_HOUSING'],
    prepare: async (planted) => {
      const report: string = randomUUID();
      await calm(planted.running);
      await forgetPapers(planted.running, planted.spare);
      await standOn(planted.running, planted.spare, report);
      return { case: planted.spare.caseId, report };
    },
  },
  addEvidence: {
    call: `addEvidence(input: { caseId: $case, rule: "RR-07", documentKind: CERTIFICATE, documentNumber: "1", issuedBy: "x", validUntil: $until, note: "x" })`,
    roles: CLERKS,
    prepare: async (planted) => (await lackProperty(planted), ofSpare(planted)),
  },
  confirmEvidence: {
    call: 'confirmEvidence(id: $evidence)',
    roles: ['COUNTY_HOUSING', 'CITY_HOUSING'],
    prepare: async (planted) => ({ evidence: await brought(planted) }),
  },
  rejectEvidence: {
    call: 'rejectEvidence(id: $evidence, reason: "x")',
    roles: ['COUNTY_HOUSING', 'CITY_HOUSING'],
    prepare: async (planted) => ({ evidence: await brought(planted) }),
  },
  withdrawEvidence: {
    call: 'withdrawEvidence(id: $evidence, reason: "x")',
    roles: CLERKS,
    prepare: async (planted) => ({ evidence: await brought(planted) }),
  },
  contestFact: {
    call: 'contestFact(input: { caseId: $case, rule: "RR-03", source: "housing", member: $person, claimed: "x", reason: "x" })',
    roles: CLERKS,
    prepare: async (planted) => (await lackProperty(planted), ofSpare(planted)),
  },
  withdrawContest: {
    call: 'withdrawContest(id: $contest, reason: "x")',
    roles: CLERKS,
    prepare: async (planted) => {
      await calm(planted.running);
      await forgetPapers(planted.running, planted.spare);
      return { contest: await contestedAbout(planted.running, planted.spare, { claimed: '1', reason: 'x' }) };
    },
  },
  declareForReview: {
    call: 'declareForReview(input: { reviewId: $review, declaredOn: $today })',
    roles: CLERKS,
    prepare: (planted) => reviewOfSpare(planted, 'DECLARATION_OPEN'),
  },
  exemptFromReview: {
    call: 'exemptFromReview(input: { reviewId: $review, reason: "住院", documentNumber: "1" })',
    roles: ['COUNTY_HOUSING'],
    prepare: (planted) => reviewOfSpare(planted, 'DECLARATION_OPEN'),
  },
  consultOnReview: {
    call: 'consultOnReview(input: { reviewId: $review, report: $report, agency: CIVIL_AFFAIRS, opinion: AGREES, answeredOn: $today, documentNumber: "1" })',
    roles: ['COUNTY_HOUSING', 'CIVIL_AFFAIRS'],
    prepare: (planted) => reviewOfSpare(planted, 'EVALUATED'),
  },
  hearReview: {
    call: 'hearReview(input: { reviewId: $review, report: $report, heardOn: $today, attended: true, record: "无异议" })',
    roles: ['STREET_OFFICER', 'COUNTY_HOUSING'],
    prepare: (planted) => reviewOfSpare(planted, 'CONSULTED'),
  },
  decideReview: {
    call: 'decideReview(input: { reviewId: $review, report: $report, outcome: CONTINUE, reason: "符合" })',
    roles: ['COUNTY_HOUSING'],
    prepare: (planted) => reviewOfSpare(planted, 'EVALUATED'),
  },
  executeReview: {
    call: 'executeReview(reviewId: $review)',
    roles: ['COUNTY_HOUSING'],
    prepare: (planted) => reviewOfSpare(planted, 'DECIDED'),
  },
  recordSignal: {
    call: 'recordSignal(input: { householdId: $household, kind: LENT, signal: VISIT, seenFrom: $today, note: "敲门无人应" })',
    roles: CLERKS,
    empty: 'resultNote',
    prepare: async (planted) => {
      for (const table of ['violation', 'inspection'])
        await planted.running.base.owner.query(`delete from ${table} where household_id = $1`, [
          planted.spare.householdId,
        ]);
      return ofSpare(planted);
    },
  },
  closeInspection: {
    call: 'closeInspection(input: { inspectionId: $inspection, result: FALSE_ALARM, use: SELF_OCCUPIED, inspectedOn: $today, record: "自住" })',
    roles: ['STREET_OFFICER', 'COUNTY_HOUSING'],
    prepare: async (planted) => {
      const inspection = await plantInspection(planted.running, planted.spare, '敲门无人应');
      return { ...ofSpare(planted), inspection };
    },
  },
  closeViolation: {
    call: 'closeViolation(input: { violationId: $violation, investigation: "属实", decision: CORRECTED, documentNumber: "1", decidedOn: $today })',
    roles: ['COUNTY_HOUSING'],
    prepare: async (planted) => {
      const inspection = await plantInspection(planted.running, planted.spare, '敲门无人应');
      return { ...ofSpare(planted), violation: await plantViolation(planted.running, planted.spare, inspection) };
    },
  },
  notifyOfChange: {
    call: 'notifyOfChange(input: { changeId: $change, notifiedOn: $today })',
    roles: ['COUNTY_HOUSING'],
    empty: 'reply closingNote',
    prepare: (planted) => changeOfSpare(planted, 'OPEN'),
  },
  replyToChange: {
    call: 'replyToChange(input: { changeId: $change, repliedOn: $today, reply: "亲属所购" })',
    roles: ['COUNTY_HOUSING'],
    empty: 'closingNote',
    prepare: (planted) => changeOfSpare(planted, 'NOTIFIED'),
  },
  closeChange: {
    call: 'closeChange(input: { changeId: $change, outcome: MISTAKEN, note: "同名" })',
    roles: ['COUNTY_HOUSING'],
    prepare: (planted) => changeOfSpare(planted, 'REPLIED'),
  },
  ...applicationActs(),
  ...waitingActs(),
  ...archiveActs(),
  ...noticeActs(),
  draftLetter: {
    call: `draftLetter(input: { ${TERMS} })`,
    empty: 'signedBy',
    roles: CLERKS,
    prepare: async (planted) => ofSpare(planted),
  },
  signLetter: {
    call: 'signLetter(input: { letterId: $letter, personId: $person, signature: SELF })',
    roles: CLERKS,
    prepare: async (planted) => ({ ...ofSpare(planted), letter: await drafted(planted) }),
  },
  registerLetter: {
    call: `registerLetter(input: { ${TERMS}, signedOn: $today, members: $members })`,
    roles: CLERKS,
    prepare: async (planted) => ofSpare(planted),
  },
  endLetter: {
    call: 'endLetter(letterId: $letter, reason: WITHDRAWN)',
    empty: 'signedBy',
    roles: CLERKS,
    prepare: async (planted) => ({ letter: await drafted(planted) }),
  },
  requestCrossCheck: {
    call: 'requestCrossCheck(input: { clientKey: $key, purpose: "ADMISSION_REVIEW", households: [$household] })',
    roles: ['COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'CIVIL_AFFAIRS', 'PARTNER_SYSTEM'],
    prepare: async (planted) => ({ ...ofSpare(planted), key: randomUUID() }),
  },
};

const TODAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const UNTIL = '2099-12-31';

function ofSpare({ spare, isChild }: Planted): Record<string, unknown> {
  const eldest = spare.members[0]!.id;
  const grownUp = (birthDate: string) => birthDate <= `${Number(TODAY.slice(0, 4)) - 18}${TODAY.slice(4)}`;
  const members = spare.members.map(({ id, birthDate }) =>
    !isChild(id) && grownUp(birthDate)
      ? { personId: id, signature: 'SELF' }
      : { personId: id, signature: 'GUARDIAN', signedBy: eldest },
  );
  const ids = { household: spare.householdId, person: eldest, case: spare.caseId };
  return { ...ids, until: UNTIL, today: TODAY, members };
}

async function reviewOfSpare(planted: Planted, state: string): Promise<Record<string, unknown>> {
  await calm(planted.running);
  const report = randomUUID();
  const text = { text: '所述属实', amountFen: 298_664_117, incomeFen: 298_664_117, report };
  const review = await plantReview(planted.running, planted.spare, {
    ...{ ...text, state },
    ...(state === 'DECIDED' ? { decided: true } : {}),
  });
  return { ...ofSpare(planted), review, report };
}

async function changeOfSpare(planted: Planted, state: string): Promise<Record<string, unknown>> {
  const reply = state === 'REPLIED' ? { reply: '亲属所购' } : {};
  const change = await plantChange(planted.running, planted.spare, {
    ...{ item: '蒙D7K3Q7', datedOn: '1928-08-13', state, ...reply },
  });
  return { ...ofSpare(planted), change };
}

const closeReChecks = ({ running, spare }: Planted) =>
  running.base.owner.query(
    `update housing_case set closed_on = submitted_on, closed_as = 'SETTLED' where household_id = $1 and kind = 'RE_CHECK' and closed_on is null`,
    [spare.householdId],
  );

async function reCheck(planted: Planted): Promise<string> {
  await closeReChecks(planted);
  const { running, spare } = planted;
  const id = randomUUID();
  await running.base.owner.query(
    `insert into housing_case (id, region_code, household_id, kind, programme, applicant_id, submitted_on, declared_income_fen)
     values ($1, $2, $3, 'RE_CHECK', 'LOW_RENT', $4, '2026-10-01', 298664117)`,
    [id, spare.region, spare.householdId, spare.members[0]!.id],
  );
  return id;
}

/** The spare household's case stands on a report that could not judge one rule. */
async function lackProperty({ running, spare }: Planted): Promise<void> {
  const hash = randomUUID();
  const outcomes = { 'RR-03': 'PASS', 'RR-07': 'INCONCLUSIVE' };
  const body = {
    findings: Object.entries(outcomes).map(([rule, outcome]) => ({ rule, outcome })),
    sources: [{ source: 'property', members: spare.members.map(({ id: person }) => ({ person })) }],
  };
  await calm(running);
  await forgetPapers(running, spare);
  await running.base.owner.query(
    `insert into report (id, at, region_code, cross_check_id, household_id, version, final, body, hash, signature)
     values (gen_random_uuid(), now(), $1, $2, $3, 1, true, $5, $4, 'test')`,
    [spare.region, spare.caseId, spare.householdId, hash, JSON.stringify(body)],
  );
  await standOn(running, spare, hash);
}

async function brought({ running, spare }: Planted): Promise<string> {
  await calm(running);
  await forgetPapers(running, spare);
  return broughtAbout(running, spare, { documentNumber: '1', note: 'x' });
}

async function drafted(planted: Planted): Promise<string> {
  const draft = `mutation ($case: ID!, $until: Date!) { draftLetter(input: { ${TERMS} }) { id } }`;
  const variables = { case: planted.spare.caseId, until: UNTIL };
  const { data } = await planted.running.ask<{ draftLetter: { id: string } }>(planted.as('COUNTY_HOUSING'), draft, {
    variables,
  });
  return data.draftLetter.id;
}

const TYPES: Readonly<Record<string, string>> = {
  seed: 'String!',
  ...{
    county: 'String!',
    before: 'String',
    key: 'String!',
    report: 'String!',
    until: 'Date!',
    today: 'Date!',
    members: '[SignedMemberInput!]!',
  },
};

/** The head of an operation: its kind and the variables a call uses. */
export function headOf(kind: 'query' | 'mutation', call: string): string {
  const used = [...new Set([...call.matchAll(/\$(\w+)/g)].map(([, name]) => name!))];
  return `${kind} (${used.map((name) => `$${name}: ${TYPES[name] ?? 'ID!'}`).join(', ')})`;
}
