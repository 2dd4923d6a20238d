import { connectors } from '../../connectors';
import { quantile, round, table, type BenchResult } from '../support/figures';
import { startHub } from '../support/hub';
import { liveHouseholds, type LiveHousehold } from '../support/households';
import { inWorld, type World } from '../support/world';
import { bulk } from './bulk';
import { directLatencies, type Direct } from './direct';
import { liveLatencies } from './live';
import { reportLatencies } from './report';

/** Half of them live in the region whose office asks about 10,000 at once. */
const HOUSEHOLDS = 32_000;
const BULK = 10_000;
const SINGLE_MS = 20;
const BULK_MS = 50;
/** Until V8 has compiled all of it, a hub takes twice the processor time for a question: what it takes then is printed beside. */
const WARM_UP = 4000;
const WARM_UP_AT_ONCE = 6;
/** Once more at the agencies' pace, one after the other. */
const SETTLING = 300;
const YOUNG = 150;
const MEASURED = 80;
/** Of a hub that has settled: its median moves by half a millisecond from eighty to the next eighty. */
const MEASURED_LIVE = 240;
/** Longer than the single questions take: what is deferred is no part of their time. */
const DEFERRED_MS = 300_000;
/** Goals of the parts, ms over the slowest agency, seconds, MiB. */
const GOALS = { liveP50: 6, reportP50: 40, reportP95: 60, bulkSeconds: 600, bulkRssMiB: 512 };

/** What the hub adds to its agencies: fields asked live, one report, ten thousand. */
export const run = (
  say: (line: string) => void,
  { households = BULK }: { households?: number } = {},
): Promise<BenchResult> =>
  inWorld(HOUSEHOLDS, async (world) => {
    const single = await measureSingle(world, say);
    await behave(world, { delayMs: BULK_MS, readyAfterMs: BULK_MS });
    const hub = await startHub(world, { worker: true });
    const many = await bulk(world, hub, households).finally(() => hub.stop());
    say(
      `${households} households, agencies at ${BULK_MS} ms (goals: ${GOALS.bulkSeconds} s, ${GOALS.bulkRssMiB} MiB and flat):`,
    );
    say(table([{ ...many }]));
    return {
      name: 'cross-check',
      ratio: round(single.reportP50 / single.slowest),
      goal: round((single.slowest + GOALS.reportP50) / single.slowest),
      baseline: `the slowest of the agencies asked directly and at once (${single.slowest} ms, of which ${SINGLE_MS} ms are its delay)`,
      figures: { ...single, goals: GOALS, bulk: many },
    };
  });

async function measureSingle(world: World, say: (line: string) => void) {
  await behave(world, { delayMs: SINGLE_MS, readyAfterMs: DEFERRED_MS });
  await world.owner.query('listen cross_check');
  const hub = await startHub(world, { worker: true });
  try {
    const households = [
      ...(await liveHouseholds(world, 4, 2 * (YOUNG + MEASURED) + WARM_UP + SETTLING + MEASURED_LIVE)),
    ];
    const next = (count: number) => households.splice(0, count);
    const { url } = hub.ready;
    const direct = await directLatencies(world);
    const slowest = round(direct.together, 1);
    const young = (await liveLatencies(url, next(YOUNG + MEASURED))).slice(YOUNG);
    const report = (await reportLatencies(world, url, next(YOUNG + MEASURED))).slice(YOUNG);
    await behave(world, { delayMs: 0, readyAfterMs: DEFERRED_MS });
    await warmUp(url, next(WARM_UP));
    await behave(world, { delayMs: SINGLE_MS, readyAfterMs: DEFERRED_MS });
    const live = (await liveLatencies(url, next(SETTLING + MEASURED_LIVE))).slice(SETTLING);
    const figures = figuresOf({ live, young, report });
    print(say, figures, { slowest, direct });
    return { slowest, direct, ...figures };
  } finally {
    await hub.stop();
  }
}

type Samples = Readonly<Record<'live' | 'young' | 'report', readonly number[]>>;

function figuresOf({ live, young, report }: Samples) {
  const at = (samples: readonly number[], share: number) => round(quantile(samples, share), 1);
  const reports = { reportP50: at(report, 0.5), reportP95: at(report, 0.95) };
  return { liveP50: at(live, 0.5), youngLiveP50: at(young, 0.5), ...reports };
}

function print(
  say: (line: string) => void,
  figures: ReturnType<typeof figuresOf>,
  { slowest, direct }: { slowest: number; direct: Direct },
): void {
  const over = (what: string, ms: number, goal: number) => ({
    what,
    ms,
    'over the slowest': round(ms - slowest, 1),
    goal,
  });
  say(
    `agencies at ${SINGLE_MS} ms, asked directly, each alone and together until the slowest has answered, ms: ${JSON.stringify(direct, (_, each) => (typeof each === 'number' ? round(each, 1) : (each as unknown)))}`,
  );
  say(
    'a household of 4, answers never asked for before; deferred civil affairs apart (a report waits for its ticket, not for its answer):',
  );
  say(
    table([
      over('fields asked live, p50', figures.liveP50, GOALS.liveP50),
      over(`the same of a hub that answers its ${YOUNG}th question`, figures.youngLiveP50, GOALS.liveP50),
      over('request to report, p50', figures.reportP50, GOALS.reportP50),
      over('request to report, p95', figures.reportP95, GOALS.reportP95),
    ]),
  );
}

/** Asks about each household, several at a time. */
async function warmUp(url: string, households: readonly LiveHousehold[]): Promise<void> {
  const share = Math.ceil(households.length / WARM_UP_AT_ONCE);
  const shares = Array.from({ length: WARM_UP_AT_ONCE }, (_, lane) =>
    households.slice(lane * share, (lane + 1) * share),
  );
  await Promise.all(shares.map((each) => liveLatencies(url, each)));
}

async function behave({ agencies }: World, change: { delayMs: number; readyAfterMs: number }): Promise<void> {
  for (const { name } of connectors) await agencies.control.set(name, change);
}
