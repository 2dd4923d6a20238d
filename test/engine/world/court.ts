import { makeEngine, type Engine } from '../../../src/engine';
import type { Evaluation, EvaluationRequest, Subject } from '../../../src/engine/evaluate';
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

  evaluate(households: readonly Subject[], varied: Varied = {}, engine = this.engine): Promise<Evaluation[]> {
    const request = { ...this.request(households), sources: engine.sources, crossCheckId: null, ...varied };
    return engine.evaluate(this.base.db.engine, request);
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
