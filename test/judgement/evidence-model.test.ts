import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { addEvidence } from '../../src/commands/add-evidence';
import { confirmEvidence } from '../../src/commands/confirm-evidence';
import { decide } from '../../src/commands/decide';
import { openCase } from '../../src/commands/open-case';
import { rejectEvidence } from '../../src/commands/reject-evidence';
import { withdrawEvidence } from '../../src/commands/withdraw-evidence';
import type { RequestContext } from '../../src/context';
import { makeEngine } from '../../src/engine';
import type { Finding } from '../../src/engine/finding';
import { evidenceOfOfficers } from '../../src/jobs/cross-check/evidence-of-officers';
import { lay } from '../../src/jobs/cross-check/lay';
import { expireEvidence } from '../../src/jobs/expire-evidence';
import { rules } from '../../src/rules';
import { inScope } from '../../src/store/database';
import { CaseKind } from '../../schema/housing/case';
import { Programme } from '../../schema/programme';
import { Verdict } from '../../schema/sharing/decision';
import { PaperKind } from '../../schema/sharing/paper-evidence';
import { HONGSHAN, NOW, openOffice, type Office } from '../commands/support/office';
import { seedProperties } from '../support/seed';

seedProperties();

const RUNS = 30;
const DAY_MS = 24 * 3600 * 1000;
const [ORDINARY, PROHIBITION] = ['RR-07', 'RR-12'] as const;
const JUDGED = rules.filter(({ code }) => code === ORDINARY || code === PROHIBITION);
const engine = makeEngine(JUDGED);
const PEOPLE = ['one', 'two', 'three'] as const;
/** Sources do not differ. */
const AGREED = { conflicts: [], disputed: new Set<string>() };
type Word = 'PASS' | 'FAIL' | 'INCONCLUSIVE';

interface Paper {
  readonly id: string;
  readonly by: string;
  readonly until: number;
  state: 'PROPOSED' | 'CONFIRMED' | 'REJECTED' | 'WITHDRAWN' | 'EXPIRED';
}

/** One case, written down a second time: no SQL and no code of the hub. */
class Model {
  day = 0;
  /** What sources say of the two rules. */
  words: readonly [ordinary: Word, prohibition: Word] = ['INCONCLUSIVE', 'PASS'];
  readonly papers: Paper[] = [];
  standing: { hash: string; outcomes: readonly string[]; on: string } | undefined;
  readonly decisions: { on: string; dead: boolean }[] = [];
  get inForce(): string[] {
    return this.papers.filter(({ state, until }) => state === 'CONFIRMED' && until >= this.day).map(({ id }) => id);
  }
  get alive(): Paper[] {
    return this.papers.filter(({ state }) => state === 'PROPOSED' || state === 'CONFIRMED');
  }
  get outcomes(): string[] {
    const [ordinary, prohibition] = this.words;
    return [ordinary === 'INCONCLUSIVE' && this.inForce.length > 0 ? 'PASS_BY_EVIDENCE' : ordinary, prohibition];
  }
}
const concluded = (outcomes: readonly string[]) =>
  outcomes.includes('FAIL')
    ? 'INELIGIBLE_PROPOSED'
    : outcomes.includes('INCONCLUSIVE')
      ? 'PENDING_EVIDENCE'
      : 'ELIGIBLE';

interface Real {
  readonly caseId: string;
  readonly home: string;
  readonly applicant: string;
}

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

const noonOf = (model: Model): Date => new Date(NOW.getTime() + model.day * DAY_MS);
const dayOf = (model: Model, ahead: number): string =>
  new Date(NOW.getTime() + (model.day + ahead) * DAY_MS).toISOString().slice(0, 10);
const as = (model: Model, subject: string): RequestContext => {
  const ctx = office.as({ subject });
  return { ...ctx, hub: { ...ctx.hub, engine, now: () => noonOf(model) } };
};
const found = (rule: string, outcome: Word): Finding => ({
  ...{ rule, title: rule, citation: [], outcome, observed: null, threshold: null, unit: null, sentence: outcome },
  ...{ evidence: ['answer'], missing: [], parameters: [] },
});

/** Writes the report as the job does, of the engine's words as they are; the model says what has to come of it. */
async function settle(model: Model, { caseId, home, applicant }: Real): Promise<void> {
  await inScope(office.hub.db.app, [HONGSHAN], async (client) => {
    const officers = await evidenceOfOfficers(client, [caseId], dayOf(model, 0));
    const findings = JUDGED.map(({ code }, at) => found(code, model.words[at]!));
    const judged = { findings, conclusion: concluded(model.words) as never, members: [applicant], ...AGREED };
    const settled = lay(JUDGED, judged, officers.get(caseId));
    expect(settled.findings.map(({ outcome }) => outcome)).toEqual(model.outcomes);
    expect(settled.findings.map(({ evidence }) => evidence)).toEqual([['answer'], ['answer']]);
    expect(settled.conclusion).toBe(concluded(model.outcomes));
    const body = JSON.stringify({ case: caseId, findings: settled.findings });
    const hash = createHash('sha256').update(body).digest('hex');
    await client.query(
      `insert into report (id, at, region_code, cross_check_id, household_id, version, final, body, hash, signature)
       values ($1, $2, $3, $4, $4, 1, true, $5, $6, 'x')`,
      [randomUUID(), NOW, HONGSHAN, home, body, hash],
    );
    const row = { case_id: caseId, region_code: HONGSHAN, household_id: home, cross_check_id: home, hash };
    const open = settled.findings.filter(({ outcome }) => outcome === 'INCONCLUSIVE');
    const lacking = open.map(({ rule }) => ({
      case_id: caseId,
      kind: 'RULE',
      about: rule,
      persons: [],
      rules: [rule],
    }));
    const values = [
      JSON.stringify([{ ...row, conclusion: settled.conclusion, laid: settled.laid }]),
      JSON.stringify(lacking),
    ];
    await client.query('select keep_case_reports($1, $2, $3)', [...values, NOW]);
    for (const decision of model.decisions) decision.dead ||= decision.on !== hash;
    model.standing = { hash, outcomes: model.outcomes, on: model.inForce.join() };
  });
}

/** After each step: nobody alone did both, tasks open are what the last report lacks, decisions are as the model has them. */
async function holds(model: Model, { caseId }: Real): Promise<void> {
  const papers = await office.rows<{ id: string; state: string; added_by: string; settled_by: string | null }>(
    'select id, state, added_by, settled_by from paper_evidence where case_id = $1',
    [caseId],
  );
  for (const { added_by, settled_by } of papers) expect(settled_by).not.toBe(added_by);
  const states = (list: readonly { id: string; state: string }[]) =>
    list.map(({ id, state }) => `${id} ${state}`).sort();
  expect(states(papers)).toEqual(states(model.papers));
  const tasks = await office.rows<{ about: string }>(
    'select about from evidence_task where case_id = $1 and closed_at is null order by 1',
    [caseId],
  );
  const lacking = [ORDINARY, PROHIBITION].filter((_, at) => model.standing?.outcomes[at] === 'INCONCLUSIVE');
  expect(tasks.map(({ about }) => about)).toEqual(lacking);
  const decisions = await office.rows<{ on: string; dead: boolean }>(
    'select report_hash as on, superseded_at is not null as dead from decision where case_id = $1',
    [caseId],
  );
  const told = (list: readonly { on: string; dead: boolean }[]) => list.map(({ on, dead }) => `${on} ${dead}`).sort();
  expect(told(decisions)).toEqual(told(model.decisions));
}

type Step = (model: Model, real: Real) => Promise<void>;
class Act implements fc.AsyncCommand<Model, Real> {
  constructor(
    readonly name: string,
    readonly step: Step,
  ) {}
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    await this.step(model, real);
    await holds(model, real);
  }
  toString = () => this.name;
}

/** Refused with this code, or done; then what the model makes of it. */
async function refusedOr<Done>(code: string | null, doing: Promise<Done>, done: (what: Done) => void): Promise<void> {
  if (code) await expect(doing).rejects.toMatchObject({ code });
  else done(await doing);
}

const adding =
  (who: string, rule: string, days: number): Step =>
  async (model, real) => {
    const outcome = model.standing?.outcomes[rule === ORDINARY ? 0 : 1];
    const refused =
      rule === PROHIBITION
        ? 'PROHIBITION_NOT_WAIVABLE'
        : outcome !== 'INCONCLUSIVE' || model.alive.length > 0
          ? 'EVIDENCE_NOT_CALLED_FOR'
          : null;
    const words = { documentKind: PaperKind.VISIT, documentNumber: '1', issuedBy: '某局', note: '入户' };
    const doing = addEvidence(as(model, who), { caseId: real.caseId, rule, validUntil: dayOf(model, days), ...words });
    await refusedOr(refused, doing, ({ id }) =>
      model.papers.push({ id, by: who, until: model.day + days, state: 'PROPOSED' }),
    );
  };
const settling =
  (who: string, how: 'CONFIRMED' | 'REJECTED'): Step =>
  async (model) => {
    const paper = model.papers.at(-1);
    if (!paper) return;
    const over = how === 'CONFIRMED' && paper.until < model.day;
    const moved = paper.state === 'PROPOSED' ? null : 'ILLEGAL_MOVE';
    const refused = paper.by === who ? 'SECOND_PERSON_REQUIRED' : over ? 'EVIDENCE_EXPIRED' : moved;
    const ctx = as(model, who);
    const { id } = paper;
    const doing = how === 'CONFIRMED' ? confirmEvidence(ctx, { id }) : rejectEvidence(ctx, { id, reason: '不符' });
    await refusedOr(refused, doing, () => (paper.state = how));
  };
const withdrawing =
  (who: string): Step =>
  async (model) => {
    const paper = model.papers.at(-1);
    if (!paper) return;
    const doing = withdrawEvidence(as(model, who), { id: paper.id, reason: '有误' });
    const refused = model.alive.includes(paper) ? null : 'ILLEGAL_MOVE';
    await refusedOr(refused, doing, () => (paper.state = 'WITHDRAWN'));
  };
const nextDay =
  (job: boolean): Step =>
  async (model) => {
    model.day += 1;
    if (!job) return;
    await expireEvidence.run(null, { db: office.hub.db, now: () => noonOf(model) }, new AbortController().signal);
    for (const paper of model.alive) if (paper.until < model.day) paper.state = 'EXPIRED';
  };
const saying =
  (words: Model['words']): Step =>
  async (model, real) => {
    model.words = words;
    await settle(model, real);
  };
const deciding =
  (verdict: Verdict): Step =>
  async (model, real) => {
    const { standing } = model;
    if (!standing) return;
    const bears = { APPROVE: 'ELIGIBLE', REFUSE: 'INELIGIBLE_PROPOSED' }[verdict];
    const laid = standing.on.split(',').filter(Boolean);
    const expired = model.papers.some(({ id, until }) => laid.includes(id) && until < model.day);
    const stale = standing.on === model.inForce.join() ? null : expired ? 'EVIDENCE_EXPIRED' : 'REPORT_STALE';
    const refused =
      stale ??
      (concluded(standing.outcomes) !== bears
        ? 'DECISION_UNFOUNDED'
        : model.decisions.some(({ dead }) => !dead)
          ? 'ALREADY_DECIDED'
          : null);
    const asked = { caseId: real.caseId, report: standing.hash, verdict, reason: '核对无误' };
    await refusedOr(refused, decide(as(model, 'one'), asked), () =>
      model.decisions.push({ on: standing.hash, dead: false }),
    );
  };

const anybody = fc.constantFrom(...PEOPLE);
const acts: fc.Arbitrary<Act>[] = [
  fc
    .tuple(anybody, fc.constantFrom(ORDINARY, ORDINARY, PROHIBITION), fc.nat(2))
    .map(([who, rule, days]) => new Act(`${who} adds about ${rule} for ${days}`, adding(who, rule, days))),
  ...(['CONFIRMED', 'CONFIRMED', 'REJECTED'] as const).map((how) =>
    anybody.map((who) => new Act(`${who} ${how}`, settling(who, how))),
  ),
  anybody.map((who) => new Act(`${who} withdraws`, withdrawing(who))),
  fc.boolean().map((job) => new Act(`next day ${job}`, nextDay(job))),
  fc.constant(new Act('settle', settle)),
  fc.constant(new Act('settle', settle)),
  fc
    .tuple(
      fc.constantFrom<Word>('INCONCLUSIVE', 'INCONCLUSIVE', 'PASS', 'FAIL'),
      fc.constantFrom<Word>('PASS', 'PASS', 'INCONCLUSIVE'),
    )
    .map((words) => new Act(`sources say ${words.join()}`, saying(words))),
  ...[Verdict.APPROVE, Verdict.APPROVE, Verdict.REFUSE].map((verdict) =>
    fc.constant(new Act(`decide ${verdict}`, deciding(verdict))),
  ),
];

describe('evidence of officers, brought, settled, taken back and run out in any order', () => {
  it('is never one person’s alone, passes no prohibition, is never an answer, and bears a decision only while it is in force', async () => {
    let [onPaper, confirmations] = [0, 0];
    const everything = async () => {
      const home = await office.home();
      const applicant = home.people[0]!.id;
      const application = { kind: CaseKind.APPLICATION, programme: Programme.LOW_RENT, householdId: home.id };
      const { id: caseId } = await openCase(office.as(), { ...application, applicantId: applicant });
      const [model, real] = [new Model(), { caseId, home: home.id, applicant }];
      await settle(model, real);
      return { model, real };
    };
    await fc.assert(
      fc.asyncProperty(fc.commands(acts, { maxCommands: 40, size: 'max' }), async (commands) => {
        const world = await everything();
        await fc.asyncModelRun(() => world, commands);
        confirmations += world.model.papers.filter(({ state }) => state !== 'PROPOSED' && state !== 'REJECTED').length;
        onPaper += world.model.decisions.length;
      }),
      { numRuns: RUNS, endOnFailure: process.env.CI !== undefined },
    );
    expect(confirmations).toBeGreaterThan(1); // or the stories say nothing
    expect(onPaper).toBeGreaterThan(0);
  });
});
