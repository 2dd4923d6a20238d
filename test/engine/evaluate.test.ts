import { makeEngine } from '../../src/engine';
import { rules } from '../../src/rules';
import { testDatabase, type TestDatabase } from '../support/database';
import { build, NOW, PURPOSE, TODAY, type Built } from './world/build';
import { cleanFamily } from './world/families';
import { ensureViews } from './world/views';

const engine = makeEngine(rules);
let base: TestDatabase;
beforeAll(async () => {
  base = await testDatabase();
  await ensureViews(base.owner);
  await engine.ensureRuleSet(base.db.engine);
});
afterAll(() => base.close());

const judge = (households: readonly Built[]) =>
  engine.evaluate(base.db.engine, { households, purpose: PURPOSE, asOf: TODAY, now: NOW, crossCheckId: null });

describe('evaluate', () => {
  it('x', async () => {
    const [family] = await build(base.owner, [cleanFamily]);
    const [e] = await judge([family!]);
    console.log(e, engine.findings(e!, []).map((f) => `${f.rule} ${f.outcome} ${f.sentence}`));
    console.log(await engine.missing(base.db.engine, { households: [family!], purpose: PURPOSE, asOf: TODAY, now: NOW }));
  });
});
