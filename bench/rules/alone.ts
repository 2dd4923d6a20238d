import type { Engine } from '../../src/engine';
import type { Subject } from '../../src/engine/evaluate';
import { asked, type Court } from './court';

const WARM_UP = 20;
const MEASURED = 300;

/** Times of judging one household and keeping the result, ms, each another one. */
export async function alone({ db, admin }: Court, engine: Engine): Promise<number[]> {
  const { rows } = await admin.query<Subject>(
    `select c.household_id as "householdId", c.id as "caseId", l.id as "letterId" from housing_case c join letter l on l.case_id = c.id order by md5(c.id::text) limit $1`,
    [WARM_UP + MEASURED],
  );
  const client = await db.engine.connect();
  try {
    const taken: number[] = [];
    for (const household of rows) {
      const started = performance.now();
      await engine.evaluate(client, { ...asked, households: [household], crossCheckId: null });
      taken.push(performance.now() - started);
    }
    return taken.slice(WARM_UP);
  } finally {
    client.release();
  }
}
