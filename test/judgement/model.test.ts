import fc from 'fast-check';
import { closeCase } from '../../src/commands/close-case';
import { decide } from '../../src/commands/decide';
import { openCase } from '../../src/commands/open-case';
import { inScope } from '../../src/store/database';
import { CaseKind } from '../../schema/housing/case';
import { Programme } from '../../schema/programme';
import { Verdict } from '../../schema/sharing/decision';
import { HONGSHAN, NOW, openOffice, type Office } from '../commands/support/office';
import { seedProperties } from '../support/seed';

seedProperties();

const RUNS = 60;
const CONCLUSIONS = ['ELIGIBLE', 'INELIGIBLE_PROPOSED', 'PENDING_EVIDENCE'] as const;
const WANTED = { APPROVE: 'ELIGIBLE', REFUSE: 'INELIGIBLE_PROPOSED' } as const;

/** A report as somebody might write it: what it concludes, and at which sources it lacks whom. */
interface Report {
  readonly hash: string;
  readonly conclusion: (typeof CONCLUSIONS)[number];
  readonly lacking: ReadonlyMap<string, readonly string[]>;
}

/** One case, written down a second time: no SQL and no code of the hub. */
class Model {
  readonly reports: Report[] = [];
  readonly decisions: { on: string; dead: boolean }[] = [];
  closed = false;
  get last(): Report | undefined {
    return this.reports.at(-1);
  }
  get open(): string[] {
    if (this.closed || !this.last) return [];
    return [...this.last.lacking].map(([source, persons]) => [source, ...persons].join(' ')).sort();
  }
  get standing(): number {
    return this.decisions.filter(({ dead }) => !dead).length;
  }
}

interface Real {
  readonly caseId: string;
  readonly home: string;
  readonly people: readonly string[];
}

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

/** After each step: tasks open are what the last report lacks; one decision at most stands, and on the last report. */
async function holds(model: Model, { caseId }: Real): Promise<void> {
  const tasks = await office.rows<{ about: string; persons: string[] }>(
    'select about, persons::text[] from evidence_task where case_id = $1 and closed_at is null',
    [caseId],
  );
  expect(tasks.map(({ about, persons }) => [about, ...persons].join(' ')).sort()).toEqual(model.open);
  const decisions = await office.rows<{ on: string; dead: boolean }>(
    'select report_hash as on, superseded_at is not null as dead from decision where case_id = $1 order by decided_at, id',
    [caseId],
  );
  const inOrder = (list: readonly { on: string; dead: boolean }[]) =>
    list.map(({ on, dead }) => `${on} ${dead}`).sort();
  expect(inOrder(decisions)).toEqual(inOrder(model.decisions));
  expect(model.standing).toBeLessThanOrEqual(1);
  for (const { on, dead } of decisions) expect(dead || on === model.last!.hash).toBe(true);
}

class Write implements fc.AsyncCommand<Model, Real> {
  constructor(
    readonly text: number,
    readonly conclusion: Report['conclusion'],
    readonly lacking: readonly (readonly [source: string, members: readonly number[]])[],
  ) {}
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    const lacking = this.conclusion === 'ELIGIBLE' ? [] : this.lacking;
    const named = lacking.map(([source, members]) => [source, members.map((at) => real.people[at]!).sort()] as const);
    /* The same text is the same report. */
    const hash = `${real.caseId} ${this.conclusion} ${JSON.stringify(named)} ${this.text}`;
    const row = { case_id: real.caseId, region_code: HONGSHAN, household_id: real.home, cross_check_id: real.home };
    const rows = named.map(([about, persons]) => ({
      case_id: real.caseId,
      kind: 'SOURCE',
      about,
      persons,
      rules: ['RR-07'],
    }));
    const values = [JSON.stringify([{ ...row, hash, conclusion: this.conclusion }]), JSON.stringify(rows), NOW];
    await inScope(office.hub.db.app, [HONGSHAN], (client) =>
      client.query('select keep_evidence_tasks($1, $2, $3)', values),
    );
    model.reports.push({ hash, conclusion: this.conclusion, lacking: new Map(named) });
    for (const decision of model.decisions) decision.dead ||= decision.on !== hash;
    await holds(model, real);
  }
  toString = () => `write ${this.text} ${this.conclusion} ${JSON.stringify(this.lacking)}`;
}

class Decide implements fc.AsyncCommand<Model, Real> {
  constructor(
    readonly verdict: Verdict,
    /** Counted back from the last report. */
    readonly back: number,
  ) {}
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    const report = model.reports.at(-1 - this.back)?.hash ?? 'none';
    const deciding = decide(office.as(), { caseId: real.caseId, report, verdict: this.verdict, reason: '核对无误' });
    const code = this.refusal(model, report);
    if (code) await expect(deciding).rejects.toMatchObject({ code });
    else {
      await deciding;
      model.decisions.push({ on: report, dead: false });
    }
    await holds(model, real);
  }
  private refusal(model: Model, report: string): string | null {
    if (model.closed) return 'CASE_CLOSED';
    if (model.last?.hash !== report) return 'REPORT_STALE';
    if (model.last.conclusion !== WANTED[this.verdict]) return 'DECISION_UNFOUNDED';
    return model.standing > 0 ? 'ALREADY_DECIDED' : null;
  }
  toString = () => `decide ${this.verdict} on the last but ${this.back}`;
}

class Close implements fc.AsyncCommand<Model, Real> {
  check = (model: Readonly<Model>) => !model.closed;
  async run(model: Model, real: Real): Promise<void> {
    await closeCase(office.as(), { caseId: real.caseId });
    model.closed = true;
    await holds(model, real);
  }
  toString = () => 'close';
}

const lacking = fc.uniqueArray(
  fc.tuple(fc.constantFrom('property', 'vehicle', 'police'), fc.subarray([0, 1], { minLength: 1 })),
  { selector: ([source]) => source, maxLength: 3 },
);
const write = fc
  .tuple(fc.nat(1), fc.constantFrom(...CONCLUSIONS), lacking)
  .map(([text, conclusion, what]) => new Write(text, conclusion, what));
const deciding = fc
  .tuple(fc.constantFrom(...Object.values(Verdict)), fc.nat(1))
  .map(([verdict, back]) => new Decide(verdict, back));
const closing = fc.nat(5).map((luck) => (luck === 0 ? new Close() : new Decide(Verdict.APPROVE, 0)));
const freshly = fc.constantFrom(...Object.values(Verdict)).map((verdict) => new Decide(verdict, 0));
const story = fc.commands([write, freshly, freshly, deciding, closing], { maxCommands: 24, size: 'max' });

describe('whatever is reported, decided and closed, in any order', () => {
  it('tasks open are what the last report lacks, and no decision stands but one, on the last report, which bears it', async () => {
    let decided = 0;
    const everything = async () => {
      const home = await office.home();
      const [applicant] = home.people;
      const application = { kind: CaseKind.APPLICATION, programme: Programme.LOW_RENT, householdId: home.id };
      const { id: caseId } = await openCase(office.as(), { ...application, applicantId: applicant!.id });
      const model = new Model();
      return { model, real: { caseId, home: home.id, people: home.people.map(({ id }) => id) } };
    };
    await fc.assert(
      fc.asyncProperty(story, async (commands) => {
        const world = await everything();
        await fc.asyncModelRun(() => world, commands);
        decided += world.model.decisions.length;
      }),
      { numRuns: RUNS, endOnFailure: process.env.CI !== undefined },
    );
    expect(decided).toBeGreaterThan(RUNS / 8); // or the stories say nothing
  });
});
