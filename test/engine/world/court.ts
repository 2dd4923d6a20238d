import { randomUUID } from 'node:crypto';
import { makeEngine, type Engine } from '../../../src/engine';
import type { Evaluation, EvaluationRequest, Subject } from '../../../src/engine/evaluate';
import { householdRanges, inTurns } from '../../../src/engine/ranges';
import type { Missing } from '../../../src/engine/matter';
import type { Rule } from '../../../src/engine/rule';
import { testDatabase, type TestDatabase } from '../../support/database';
import { build, NOW, PURPOSE, TODAY, type Built } from './build';
import type { HouseholdPlan } from './plan';

type Varied = Partial<{ purpose: string; asOf: string; now: Date; sources: readonly string[] }>;

/** A database, a rule set and the two statements, with the day and instant of these tests. */
export class Court {
  private constructor(
    readonly base: TestDatabase,
    readonly engine: Engine,
  ) {}

  static async open(rules: readonly Rule[]): Promise<Court> {
    const court = new Court(await testDatabase(), makeEngine(rules));
    await court.engine.ensureRuleSet(court.base.db.engine);
    return court;
  }

  build(...plans: HouseholdPlan[]): Promise<Built[]> {
    return build(this.base.owner, plans);
  }

  /** The same with every letter in force, whoever has signed: ranges go by the letter in force, and by none other. */
  async buildInForce(plans: readonly HouseholdPlan[]): Promise<Built[]> {
    const built = await this.build(...plans);
    await this.base.owner.query(`
      alter table letter disable trigger guard_letter;
      update letter set state = 'ACTIVE' where state in ('DRAFTED', 'SIGNING');
      alter table letter enable trigger guard_letter`);
    return built;
  }

  evaluate(households: readonly Subject[], varied: Varied = {}, engine = this.engine): Promise<Evaluation[]> {
    const request = { ...this.request(households), sources: engine.sources, crossCheckId: null, ...varied };
    return engine.evaluate(this.base.db.engine, request);
  }

  /** Judges everybody there is in ranges of so many, pulled by two connections, under a run. */
  async judgeRanges(size: number, run: string = randomUUID(), before = async (_nth: number) => {}): Promise<string> {
    const { engine: pool } = this.base.db;
    const request = { purpose: PURPOSE, asOf: TODAY, now: NOW, sources: this.engine.sources, regions: null };
    let nth = 0;
    const clients = [await pool.connect(), await pool.connect()];
    try {
      await inTurns(clients, await householdRanges(clients[0]!, size, null), async (client, range) => {
        await before(nth++);
        await this.engine.judgeRange(client, { ...request, range }, run);
      });
    } finally {
      clients.forEach((client) => client.release());
    }
    return run;
  }

  /** What a run kept, in the order of household ids. */
  async kept(run: string): Promise<Evaluation[]> {
    const { rows } = await this.base.db.engine.query<Evaluation>(
      `select id, at, region_code as "regionCode", household_id as "householdId", case_id as "caseId", cross_check_id as "crossCheckId",
         rule_set as "ruleSet", as_of as "asOf", outcome, observed, threshold, note, evidence, evidence_source as "evidenceSource", conclusion
       from evaluation where cross_check_id = $1 order by household_id`,
      [run],
    );
    return rows;
  }

  missing(households: readonly Subject[], varied: Varied = {}): Promise<Map<string, Missing[]>> {
    return this.engine.missing(this.base.db.engine, { ...this.request(households), ...varied });
  }

  private request(households: readonly Subject[]): EvaluationRequest {
    return { households, purpose: PURPOSE, asOf: TODAY, now: NOW, sources: this.engine.sources };
  }

  close(): Promise<void> {
    return this.base.close();
  }
}
