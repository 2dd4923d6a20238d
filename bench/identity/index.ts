import { loadavg } from 'node:os';
import type { Client } from 'pg';
import { makeSeal } from '../../src/access/seal';
import { makeEngine } from '../../src/engine';
import { markAll, type ScreeningHub } from '../../src/jobs/screening/mark';
import { screenSome } from '../../src/jobs/screening/screen';
import { makeLog } from '../../src/log';
import { rules } from '../../src/rules';
import { alone } from '../rules/alone';
import { fill, judged, opened, type Court } from '../rules/court';
import { NOW } from '../rules/made-up/dice';
import { median, quantile, round, table, type BenchResult } from '../support/figures';
import { inDatabase } from '../support/world';
import { screenedOf, verdictsOf } from './found';
import { numberAll } from './numbers';
import { plantAll, type Plant } from './plants';

const PERSONS = 1_000_000;
/** Of a household, in the mean of the made-up world. */
const MEMBERS = 2.7;
const GOALS = { fullPassSeconds: 300, householdAgainP95Ms: 1000 };
const AGAIN = 200;
const CODES: readonly Plant['rule'][] = ['RR-02', 'RR-03', 'RR-04', 'RR-16'];
const MIB = 2 ** 20;

type Say = (line: string) => void;

/** Double benefit and identity of a million persons: a full pass by sets, one household again, and whether all that was planted is found. */
export const run = (say: Say, { persons = PERSONS }: { persons?: number } = {}): Promise<BenchResult> =>
  inDatabase(async (base) => {
    const { admin, db, close } = await opened(base);
    try {
      const { SEAL_KEY, INDEX_KEY } = base.config.secrets;
      const seal = makeSeal(SEAL_KEY, INDEX_KEY);
      const court = await fill(admin, db, Math.round(persons / MEMBERS));
      const hub: ScreeningHub = { db, seal, now: () => NOW, log: makeLog('silent') };
      return resultOf(await measured(court, hub, say), say);
    } finally {
      await close();
    }
  });

async function measured(court: Court, hub: ScreeningHub, say: Say) {
  const { admin, db, households } = court;
  const twins = await numberAll(admin, hub.seal);
  const plants = await plantAll(admin);
  const which = rules.filter(({ code }) => CODES.includes(code as Plant['rule']));
  const codes = which.map(({ code }) => code);
  const ruled = await judged(court, which);
  const screening = await screenAll(hub);
  const verdicts = await verdictsOf(admin, ruled.run, codes, plants);
  const screened = await screenedOf(admin, twins);
  say(table(Object.entries(verdicts.planted).map(([kind, counts]) => ({ kind, ...counts }))));
  say(table(Object.entries(verdicts.rules).map(([rule, counts]) => ({ rule, ...counts }))));
  const engine = makeEngine(which);
  await engine.ensureRuleSet(db.engine);
  const judgedAgain = await alone(court, engine);
  const screenedAgain = await screenAgain(admin, hub);
  const again = screenedAgain.map((ms, at) => ms + judgedAgain[at]!);
  return { ruled, screening, verdicts, screened, again, households, persons: await countOf(admin, 'person') };
}

function resultOf(measures: Awaited<ReturnType<typeof measured>>, say: Say): BenchResult {
  const figures = figuresOf(measures);
  const goals: Readonly<Record<string, number | undefined>> = GOALS;
  const shown = (value: unknown) => (typeof value === 'number' ? value : JSON.stringify(value));
  const rows = Object.entries(figures).map(([figure, value]) => ({
    ...{ figure, value: shown(value) },
    goal: goals[figure] ?? '',
  }));
  say(table(rows));
  return {
    ...{ name: 'identity', ratio: round(figures.fullPassSeconds / GOALS.fullPassSeconds), goal: 1 },
    baseline: `${GOALS.fullPassSeconds} seconds for a million persons`,
    figures,
  };
}

function figuresOf({ ruled, screening, verdicts, screened, again, ...counts }: Awaited<ReturnType<typeof measured>>) {
  const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
  const ofRules = Object.values(verdicts.rules);
  const missed = [...Object.values(verdicts.planted), ...ofRules, screened].map((each) => each.missed);
  return {
    ...counts,
    missed: sum(missed),
    accusedWrongly: sum(ofRules.map(({ wrongly }) => wrongly)) + screened.calledAlmostCertainWrongly,
    screened,
    fullPassSeconds: round(ruled.seconds + screening.markSeconds + screening.screenSeconds, 1),
    rulesSeconds: round(ruled.seconds, 1),
    markSeconds: round(screening.markSeconds, 1),
    screenSeconds: round(screening.screenSeconds, 1),
    householdAgainP50Ms: round(median(again), 1),
    householdAgainP95Ms: round(quantile(again, 0.95), 1),
    peakBackendsMiB: ruled.peakMiB,
    peakProcessMiB: screening.peakMiB,
    loadAverage: loadavg().map((load) => round(load, 1)),
  };
}

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
