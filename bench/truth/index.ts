import { randomBytes, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { beijingDay } from '../../src/access/day';
import { makeSeal } from '../../src/access/seal';
import { ensureDatabase, sandboxUrl } from '../../src/cli/server';
import { makeEngine } from '../../src/engine';
import { rangesOfAll } from '../../src/engine/ranges';
import { populate } from '../../src/population/populate';
import { rules } from '../../src/rules';
import { opened, sources } from '../rules/court';
import { timed } from '../rules/timed';
import { withoutIndexes } from '../rules/made-up';
import { round, table, type BenchResult } from '../support/figures';
import { inDatabase, type Base } from '../support/world';
import { answerAll, layDown } from './answers';
import { layTruth, matrix, wrongOnes, type Line } from './matrix';

const HOUSEHOLDS = 1_000_000;
const PURPOSE = 'ADMISSION_REVIEW';
type Say = (line: string) => void;

/**
 * Every planted household found, nobody accused wrongly: the generator's people, all that the agencies would say of them, judged
 * by ranges, beside what a right judge says.
 */
export const run = (say: Say, { households = HOUSEHOLDS }: { households?: number } = {}): Promise<BenchResult> =>
  inDatabase(async (base) => {
    const world = new Client({ connectionString: sandboxUrl(base.ownerUrl) });
    const { admin, db, close } = await opened(base);
    try {
      const seed = process.env.TEST_SEED ?? String(randomBytes(4).readUInt32BE());
      say(`seed ${seed} (repeat with TEST_SEED=${seed})`);
      const now = new Date();
      await makeUp({ base, admin, world, households, seed, now, say });
      const engine = makeEngine(rules);
      await engine.ensureRuleSet(db.engine);
      const [id, asked] = [randomUUID(), { purpose: PURPOSE, asOf: beijingDay(now), now, sources }];
      const judged = await timed(db.engine, await rangesOfAll(admin, null), (client, range) =>
        engine.judgeRange(client, { ...asked, range, regions: null }, id),
      );
      say(`${judged.households} households judged in ${round(judged.seconds, 1)} s`);
      const lines = await matrix(admin, id, engine.codes);
      say(table(lines.map((line) => ({ ...line }))));
      const wrong = await wrongOnes(admin, id, engine.codes);
      if (wrong.length > 0) say(table(wrong));
      return resultOf(lines, { seed, judgedInSeconds: round(judged.seconds, 1) });
    } finally {
      await close();
      await world.end();
    }
  });

interface Plan {
  readonly base: Base;
  readonly admin: Client;
  readonly world: Client;
  readonly households: number;
  readonly seed: string;
  readonly now: Date;
  readonly say: Say;
}

async function makeUp({ base, admin, world, households, seed, now, say }: Plan): Promise<void> {
  const { ownerUrl, config } = base;
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  await ensureDatabase(owner, sandboxUrl(ownerUrl)).finally(() => owner.end());
  await world.connect();
  const { SEAL_KEY, INDEX_KEY } = config.secrets;
  const seal = makeSeal(SEAL_KEY, INDEX_KEY);
  const people = { households, seed, today: beijingDay(now) };
  const persons = await populate({ hubOwnerUrl: ownerUrl, worldUrl: sandboxUrl(ownerUrl), ...people, seal });
  say(`${households} households, ${persons} persons made up`);
  await layDown(admin, world, seal);
  await admin.query(
    `begin; set local session_replication_role = replica; set local work_mem = '256MB'; set local maintenance_work_mem = '1GB'`,
  );
  const restore = await withoutIndexes(admin);
  const answers = await answerAll(admin, now, randomUUID());
  for (const text of restore) await admin.query(text);
  await admin.query('commit');
  await layTruth(admin, world);
  await admin.query('vacuum (analyze) answer');
  say(`${answers} answers laid down`);
}

function resultOf(lines: readonly Line[], beside: Record<string, unknown>): BenchResult {
  const sum = (figure: Exclude<keyof Line, 'plant'>) => lines.reduce((total, line) => total + line[figure], 0);
  const [guiltyMissed, innocentAccused, verdictsWrong] = [
    sum('guiltyMissed'),
    sum('innocentAccused'),
    sum('verdictsWrong'),
  ];
  return {
    ...{ name: 'truth', ratio: verdictsWrong, goal: 0 },
    baseline: 'what a right judge says of each household and rule (verdicts that differ)',
    figures: {
      ...{ households: sum('households'), plants: lines.length - 1, guiltyFound: sum('guiltyFound'), guiltyMissed },
      ...{
        innocentCleared: sum('innocentCleared'),
        innocentAccused,
        verdictsRight: sum('verdictsRight'),
        verdictsWrong,
      },
      ...beside,
    },
  };
}
