import { loadavg } from 'node:os';
import type { Client } from 'pg';
import { makeSeal } from '../../src/access/seal';
import { makeEngine } from '../../src/engine';
import { markAll, type ScreeningHub } from '../../src/jobs/screening/mark';
import { screenSome } from '../../src/jobs/screening/screen';
import { makeLog } from '../../src/log';
import { rules } from '../../src/rules';
import { alone } from '../rules/alone';
import { fill, judged, opened } from '../rules/court';
import { NOW } from '../rules/made-up/dice';
import { median, quantile, round, table, type BenchResult } from '../support/figures';
import { inDatabase } from '../support/world';
import { screenedOf, verdictsOf } from './found';
import { numberAll } from './numbers';
import { plantAll, type Plant } from './plants';

const PERSONS = 1_000_000;
/** Of a household, in the mean of the made-up world. */
const MEMBERS = 2.7;
const GOALS = { fullPassSeconds: 300, householdAgainMs: 1000 };
const AGAIN = 200;
const CODES: readonly Plant['rule'][] = ['RR-02', 'RR-03', 'RR-04', 'RR-16'];
const MIB = 2 ** 20;

/** Double benefit and identity of a million persons: a full pass by sets, one household again, and whether all that was planted is found. */
export const run = (
  say: (line: string) => void,
  { persons = PERSONS }: { persons?: number } = {},
): Promise<BenchResult> =>
  inDatabase(async (base) => {
    const { admin, db, close } = await opened(base);
    try {
      const { SEAL_KEY, INDEX_KEY } = base.config.secrets;
      const seal = makeSeal(SEAL_KEY, INDEX_KEY);
      const court = await fill(admin, db, Math.round(persons / MEMBERS));
      const twins = await numberAll(admin, seal);
      const plants = await plantAll(admin);
      const which = rules.filter(({ code }) => CODES.includes(code as Plant['rule']));
      const rulesRun = await judged(court, which);
      const hub: ScreeningHub = { db, seal, now: () => NOW, log: makeLog('silent') };
      const screening = await screenAll(hub);
      const verdicts = await verdictsOf(
        admin,
        rulesRun.run,
        which.map(({ code }) => code),
        plants,
      );
      const screened = await screenedOf(admin, twins);
      const engine = makeEngine(which);
      await engine.ensureRuleSet(db.engine);
      const ruled = await alone(court, engine);
      const again = await screenAgain(admin, hub);
      const both = ruled.slice(0, again.length).map((ms, at) => ms + again[at]!);
      const fullPassSeconds = rulesRun.seconds + screening.markSeconds + screening.screenSeconds;
      say(table(Object.entries(verdicts.planted).map(([kind, counts]) => ({ kind, ...counts }))));
      say(table(Object.entries(verdicts.rules).map(([rule, counts]) => ({ rule, ...counts }))));
      const wrongly = Object.values(verdicts.rules).reduce((sum, each) => sum + each.wrongly, 0);
      const missed =
        Object.values(verdicts.planted).reduce((sum, each) => sum + each.missed, screened.missed) +
        Object.values(verdicts.rules).reduce((sum, each) => sum + each.missed, 0);
      const figures = {
        ...{ persons: await countOf(admin, 'person'), households: court.households },
        ...{ missed, accusedWrongly: wrongly + screened.calledAlmostCertainWrongly, screened },
        fullPassSeconds: round(fullPassSeconds, 1),
        rulesSeconds: round(rulesRun.seconds, 1),
        markSeconds: round(screening.markSeconds, 1),
        screenSeconds: round(screening.screenSeconds, 1),
        householdAgainP50Ms: round(median(both), 1),
        householdAgainP95Ms: round(quantile(both, 0.95), 1),
        peakBackendsMiB: rulesRun.peakMiB,
        peakProcessMiB: screening.peakMiB,
        loadAverage: loadavg().map((load) => round(load, 1)),
      };
      const goals: Readonly<Record<string, number | undefined>> = {
        ...GOALS,
        householdAgainP95Ms: GOALS.householdAgainMs,
      };
      const shown = (value: unknown) => (typeof value === 'number' ? value : JSON.stringify(value));
      say(
        table(
          Object.entries(figures).map(([figure, value]) => ({
            figure,
            value: shown(value),
            goal: goals[figure] ?? '',
          })),
        ),
      );
      return {
        ...{ name: 'identity', ratio: round(fullPassSeconds / GOALS.fullPassSeconds), goal: 1 },
        baseline: `${GOALS.fullPassSeconds} seconds for a million persons`,
        figures,
      };
    } finally {
      await close();
    }
  });

/** Marks and screens everybody, as the nightly job does. */
async function screenAll(hub: ScreeningHub) {
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 100);
  const started = performance.now();
  await markAll(hub, new AbortController().signal);
  const marked = performance.now();
  await hub.db.engine.query('analyze person_mark, person_block').catch(() => undefined);
  while (await screenSome(hub));
  clearInterval(watch);
  return {
    markSeconds: (marked - started) / 1000,
    screenSeconds: (performance.now() - marked) / 1000,
    peakMiB: Math.round(peak / MIB),
  };
}

/** Times of screening the members of one household again, ms, each another one. */
async function screenAgain(admin: Client, hub: ScreeningHub): Promise<number[]> {
  const { rows } = await admin.query<{ id: string }>(
    `select id from household order by md5(id::text || 'again') limit $1`,
    [AGAIN],
  );
  const taken: number[] = [];
  for (const { id } of rows) {
    await admin.query(
      'update person_mark set screened = false where person_id in (select person_id from household_member where household_id = $1)',
      [id],
    );
    const started = performance.now();
    await screenSome(hub);
    taken.push(performance.now() - started);
  }
  return taken;
}

const countOf = async (admin: Client, name: string): Promise<number> =>
  (await admin.query<{ n: number }>(`select count(*)::int as n from ${name}`)).rows[0]!.n;
