import { loadavg } from 'node:os';
import { makeEngine } from '../../src/engine';
import { rules } from '../../src/rules';
import { median, quantile, round, table, type BenchResult } from '../support/figures';
import { inDatabase, type Base } from '../support/world';
import { alone } from './alone';
import { compared, outcomesOf, type Comparison } from './counts';
import { fill, forget, judged, opened, sources, type Court } from './court';
import { floor, layAside, type Floor } from './floor';
import { jsonEngine, type JsonFigures } from './json-engine';
import { NOT_ANSWERED } from './made-up/answers';
import { SEED } from './made-up/dice';
import { rowLoop } from './row-loop';
import { JUDGES } from './row-loop/judge';
import { CONNECTIONS, type Timed } from './timed';
import { windTunnel } from './wind-tunnel';

const HOUSEHOLDS = 1_000_000;
const ROUNDS = 2;
const JSON_SAMPLE = 1000;
/** Ratio to the floor, exponent, private memory, time of one household, seconds of 100,000 in the wind tunnel. */
const GOALS = {
  householdsPerSecond: 150_000,
  ratioToFloor: 2,
  exponent: 1.05,
  peakRssMiB: 600,
  aloneP50Ms: 10,
  windTunnelSeconds: 60,
};

/** Those that the row loop judges too. */
const TEN = rules.filter(({ code }) => code in JUDGES);
type Say = (line: string) => void;

/** Households judged by the engine, beside what cannot be saved and beside what anyone would write first. */
export const run = (say: Say, { households = HOUSEHOLDS }: { households?: number } = {}): Promise<BenchResult> =>
  inDatabase(async (base) => {
    say(
      `made-up world: seed ${SEED}, ${sources.length} agencies (${sources.join(', ')}; the issue asks for six), ${NOT_ANSWERED / 10} % of member-sources not answered; ranges on ${CONNECTIONS} connections`,
    );
    const { admin, db, close } = await opened(base);
    try {
      const small = await measureSmall(await fill(admin, db, Math.round(households / 10)), base, say);
      const large = await measureLarge(await fill(admin, db, households), say);
      return resultOf(small, large, say);
    } finally {
      await close();
    }
  });

interface Small {
  readonly ten: Timed;
  readonly loop: { readonly households: number; readonly seconds: number };
  readonly comparison: Comparison;
  readonly json: JsonFigures;
  readonly alone: readonly number[];
  readonly ruleByRule: number;
  readonly tunnel: { readonly households: number; readonly seconds: number };
}

/** A tenth of the households: everything that need not be measured at full size, and what the exponent is taken from. */
async function measureSmall(court: Court, base: Base, say: Say): Promise<Small> {
  const { admin, db } = court;
  const { run: id, ...ten } = await best(court, TEN);
  const codes = TEN.map(({ code }) => code);
  const loop = await rowLoop(admin, codes, ROW_LOOP);
  const comparison = await compared(admin, id, ROW_LOOP);
  say(
    `${comparison.households} households by the engine and by the row loop, ${comparison.different} of them judged differently:`,
  );
  say(table(await outcomesOf(admin, codes, id)));
  await forget(court);
  const url = new URL(base.adminUrl);
  url.pathname = new URL(base.ownerUrl).pathname;
  const json = await jsonEngine(admin, url.toString(), codes, JSON_SAMPLE);
  const engine = makeEngine(rules);
  await engine.ensureRuleSet(db.engine);
  const times = await alone(court, engine);
  const tunnel = await windTunnel(court);
  let ruleByRule = 0;
  for (const rule of TEN) ruleByRule += (await judged(court, [rule])).seconds;
  await forget(court);
  return { ten, loop, comparison, json, alone: times, ruleByRule, tunnel };
}

const ROW_LOOP = '00000000-0000-4000-8000-000000000001';

async function best(court: Court, which: typeof rules): Promise<Awaited<ReturnType<typeof judged>>> {
  const runs = [];
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) await forget(court);
    runs.push(await judged(court, which));
  }
  const seconds = median(runs.map((each) => each.seconds).sort((a, b) => b - a));
  return { ...runs.at(-1)!, seconds, peakMiB: Math.max(...runs.map(({ peakMiB }) => peakMiB)) };
}

interface Large {
  readonly ten: Timed;
  readonly all: Timed;
  readonly floor: Floor;
}

async function measureLarge(court: Court, say: Say): Promise<Large> {
  const { run: id, ...ten } = await judged(court, TEN);
  await layAside(court.admin, id);
  await forget(court);
  const lowest = await floor(court.admin, court.db.engine, court.ranges);
  await forget(court);
  const all = await judged(court, rules);
  say(
    `${court.households} households, ten rules: ${round(ten.seconds, 1)} s; all ${rules.length}: ${round(all.seconds, 1)} s`,
  );
  return { ten, all, floor: lowest };
}

function resultOf(small: Small, large: Large, say: Say): BenchResult {
  const figures = figuresOf(small, large);
  const goals: Readonly<Record<string, number | undefined>> = GOALS;
  const shown = (value: unknown) => (typeof value === 'number' ? value : JSON.stringify(value));
  say(
    table(
      Object.entries(figures).map(([figure, value]) => ({ figure, value: shown(value), goal: goals[figure] ?? '' })),
    ),
  );
  return {
    ...{ name: 'rules', ratio: figures.ratioToFloor, goal: GOALS.ratioToFloor },
    baseline: 'one scan of the answers and one row written per household, on one connection',
    ...{ figures, ...figures },
  };
}

function figuresOf(small: Small, { ten, all, floor: { scan, writeAlone, writeTogether } }: Large) {
  const rateOf = ({ households, seconds }: { households: number; seconds: number }) => households / seconds;
  return {
    households: ten.households,
    seconds: round(ten.seconds, 1),
    householdsPerSecond: Math.round(rateOf(ten)),
    cpuMicrosecondsPerHousehold: Math.round((1e6 * ten.cpuSeconds) / ten.households),
    ratioToFloor: round(ten.seconds / (scan + writeAlone)),
    ratioToFloorOnAsManyConnections: round(ten.seconds / (scan + writeTogether)),
    ratioToRowLoop: round(rateOf(ten) / rateOf(small.loop)),
    ratioToJsonRulesEngine: Math.round(rateOf(ten) / rateOf(small.json)),
    exponent: round(Math.log10(ten.seconds / small.ten.seconds)),
    peakRssMiB: Math.max(ten.peakMiB, all.peakMiB),
    judgedDifferentlyByRowLoop: small.comparison.different,
    unknownTurnedFail: small.comparison.unknownTurnedFail,
    jsonRulesEngineUnknownTurnedFail: `${small.json.unknownTurnedFail} of ${small.json.unknown}`,
    floorSeconds: { scan: round(scan, 1), write: round(writeAlone, 1), writeTogether: round(writeTogether, 1) },
    allRules: { rules: rules.length, seconds: round(all.seconds, 1), householdsPerSecond: Math.round(rateOf(all)) },
    tenRulesAtATenth: { seconds: round(small.ten.seconds), oneStatementPerRuleSeconds: round(small.ruleByRule) },
    aloneP50Ms: round(median(small.alone), 1),
    aloneP95Ms: round(quantile(small.alone, 0.95), 1),
    windTunnelSeconds: round(small.tunnel.seconds, 1),
    windTunnelHouseholds: small.tunnel.households,
    loadAverage: loadavg().map((load) => round(load, 1)),
  };
}
