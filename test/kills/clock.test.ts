import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { ReportBody } from '../../schema/sharing/report-body';
import { beijingDay } from '../../src/access/day';
import { days } from '../../src/exchange/time';
import { openHub, openStage, type Stage } from '../cross-check/stage';
import { runSeed } from '../support/seed';

/** Long form: npm run long:kills. */
const LONG = process.env.KILLS !== undefined;
const HOUSEHOLDS = 200;
/** A check that takes so long waits for what will not come in time: then the test says for what. */
const STUCK_MS = 60_000;
/** Whoever failed may be asked again at once: a test does not wait for that. */
const PATIENCE = { restFor: 1, askAgainIn: 1, retries: 0 };
const LATER_MS = 600;
/** Past its promise: it is looked for every six hours, and may be asked anew at any time. */
const LATE = 'OVERDUE';
const DEFERRED = ['civil-affairs', 'police'];

type Whose = 'hub' | 'agencies';
type Jump = readonly [whose: Whose, days: number, then: 'for good' | 'and back'];
const AHEAD: Jump = ['hub', 2, 'for good'];
const OTHERS: readonly Jump[] = [
  ['hub', -2, 'for good'],
  ['agencies', 2, 'for good'],
  ['agencies', -2, 'for good'],
  ['hub', 2, 'and back'],
  ['hub', -2, 'and back'],
  ['agencies', 2, 'and back'],
  ['agencies', -2, 'and back'],
];

type Reports = ReadonlyMap<string, ReportBody>;

describe(`a cross-check of ${HOUSEHOLDS} households in whose midst a clock jumps`, () => {
  const ahead: Record<Whose, number> = { hub: 0, agencies: 0 };
  let stage: Stage;
  let households: string[];
  let calm: Reports;
  let usual: { readonly looks: number; readonly polls: number };
  let looks = 0;
  let atLook: (look: number) => void = () => undefined;
  /** So far ahead lies what agencies promised before their clock was set right. */
  let promised = 0;
  let jumper: Whose = 'hub';
  let begun = 0;
  const clockOf = (whose: Whose) => () => new Date(Date.now() + ahead[whose]);
  const hubClock = () => {
    atLook(++looks);
    return clockOf('hub')();
  };
  const rows = async <Row>(text: string, values: unknown[] = []) =>
    (await stage.base.owner.query(text, values)).rows as Row[];
  const polls = () => DEFERRED.reduce((sum, source) => sum + stage.sandbox.control.state(source).counts.polls, 0);

  beforeAll(async () => {
    stage = await openStage(Math.ceil(HOUSEHOLDS * 2.4), PATIENCE, clockOf('agencies'));
    for (const source of DEFERRED) await stage.sandbox.control.set(source, { readyAfterMs: LATER_MS });
    const chosen = await rows<{ id: string }>(
      `select id from household where region_code like '15%' order by id limit $1`,
      [HOUSEHOLDS],
    );
    households = chosen.map(({ id }) => id);
    calm = await check();
    usual = { looks, polls: polls() };
  });
  beforeEach(async () => {
    await stage.base.owner.query('truncate answer, deferred_query');
    stage.sandbox.control.resetCounts();
  });
  afterEach(() => {
    [ahead.hub, ahead.agencies, promised, atLook] = [0, 0, 0, () => undefined];
  });
  afterAll(() => stage.close());

  /** One cross-check by a process of its own; `reported` is called where the last reports are still to come, or complete. */
  async function check(reported: (reports: Reports) => void = () => undefined): Promise<Reports> {
    const hub = await openHub(stage.parts, PATIENCE, hubClock);
    const worker = await stage.work(hub);
    [looks, begun] = [0, performance.now()];
    const id = await stage.request({ ...stage.as('15'), hub }, { households });
    for (let state = ''; ['', 'REQUESTED', 'RUNNING', 'AWAITING'].includes(state); state = await stateOf(id)) {
      if (state === 'AWAITING' && isHeldUp()) break;
      if (state === 'AWAITING') await hurry();
    }
    try {
      reported(await reportsOf(id));
      [ahead.hub, ahead.agencies] = [0, promised];
      for (let state = ''; state !== 'COMPLETED'; state = await stateOf(id)) await hurry();
      ahead.agencies = 0;
      return await reportsOf(id);
    } finally {
      await worker.stop();
      await hub.close();
    }
  }
  /** A parcel that seems days old is looked for every quarter of an hour, what an agency promises for days later every six hours: that long a test does not wait. */
  async function hurry(): Promise<void> {
    if (performance.now() - begun > STUCK_MS) throw new Error(`stuck: ${JSON.stringify(await waitedFor())}`);
    await rows(
      `select graphile_worker.reschedule_jobs(array_agg(id), run_at => now()) from graphile_worker._private_jobs
       where key like 'collect-deferred:%' and locked_at is null and run_at between now() + interval '10 s' and now() + $1::interval
       having count(*) > 0`,
      [jumper === 'agencies' ? '361 min' : '15 min'],
    );
  }
  const waitedFor = () =>
    rows(
      `select d.*, j.task_identifier, j.run_at, j.locked_at, j.attempts from deferred_query d
       full join graphile_worker.jobs j on j.key = 'collect-deferred:' || d.query_id where d.collected_at is null`,
    );
  /** An agency that answers later does so when its clock, set back or set right, has caught up with its promise. */
  const isHeldUp = () => ahead.agencies < 0 || promised > 0;
  const stateOf = async (id: string) =>
    (await rows<{ state: string }>('select state from cross_check where id = $1', [id]))[0]!.state;

  async function reportsOf(id: string): Promise<Reports> {
    const found = await rows<{ household: string; finals: number; body: string }>(
      `select household_id as household, count(*) filter (where final)::int as finals, (array_agg(body order by version desc))[1] as body
       from report where cross_check_id = $1 group by 1`,
      [id],
    );
    expect(Math.max(...found.map(({ finals }) => finals))).toBeLessThanOrEqual(1);
    return new Map(found.map(({ household, body }) => [household, JSON.parse(body) as ReportBody]));
  }

  /** Households for which a letter is not in force on a day, though it is today. */
  async function uncovered(day: string): Promise<ReadonlySet<string>> {
    const found = await rows<{ id: string }>(
      `select household_id as id from letter where state = 'ACTIVE' and not $1::date between signed_on and valid_until`,
      [day],
    );
    return new Set(found.map(({ id }) => id));
  }

  /** Findings that are neither those of the calm run nor say that, whom to ask and when. */
  const flipped = (reports: Reports, without: ReadonlySet<string>): string[] =>
    [...calm].flatMap(([household, before]) => {
      const outcomes = new Map(before.findings.map(({ rule, outcome }) => [rule, outcome]));
      return (reports.get(household)?.findings ?? []).flatMap(({ rule, outcome, missing }) => {
        const was = outcomes.get(rule);
        const isToAsk =
          missing.length > 0 &&
          missing.every(({ source, askAgainAt, reason }) => source && (askAgainAt || reason === LATE));
        if (outcome === was || (outcome === 'INCONCLUSIVE' && (isToAsk || without.has(household)))) return [];
        if (was === 'CONFLICT' && outcome === 'CONTRADICTION') return []; // one of the two is silent: the other still says so, and a person looks
        return [`${rule}: ${was} → ${outcome} ${JSON.stringify(missing)}`];
      });
    });
  const outcomesOf = (reports: Reports) =>
    new Map(
      [...reports].map(([household, { findings }]) => [
        household,
        findings.map(({ rule, outcome }) => `${rule} ${outcome}`),
      ]),
    );

  /** Looked at again, with the clocks right. A busy machine may lose a call of its own: then once more. */
  async function calmly(): Promise<ReadonlyMap<string, string[]>> {
    const again = outcomesOf(await check());
    if (isDeepStrictEqual(again, outcomesOf(calm))) return again;
    await stage.base.owner.query('truncate answer, deferred_query');
    return outcomesOf(await check());
  }

  it.each(LONG ? [AHEAD, ...OTHERS] : [AHEAD])(
    'ends as a calm one, or says whom to ask again and when; nothing waits for days, and nothing of it stays (%s %i days, %s)',
    async (whose, jump, then) => {
      jumper = whose;
      const at = fc.noBias(
        fc.tuple(fc.integer({ min: 2, max: usual.looks }), fc.integer({ min: 1, max: usual.looks })),
      );
      const [[first, more]] = fc.sample(at, { seed: runSeed() + jump, numRuns: 1 }) as [[number, number]];
      const without = await uncovered(beijingDay(new Date(Date.now() + days(jump))));
      atLook = (look) => {
        if (look === first) ahead[whose] = days(jump);
        if (then === 'and back' && look === first + more) {
          if (whose === 'agencies') promised = Math.max(0, days(jump));
          ahead[whose] = 0;
        }
      };
      const ended = await check((reports) => {
        expect(reports.size).toBe(HOUSEHOLDS);
        expect(flipped(reports, without)).toEqual([]);
      });
      expect(flipped(ended, without)).toEqual([]);
      expect(polls()).toBeLessThanOrEqual(3 * usual.polls);
      process.stderr.write(
        `${whose} ${jump} days ${then} at look ${first} (${more}) of ${usual.looks}, polls ${polls()} of ${usual.polls}\n`,
      );
      [promised, atLook] = [0, () => undefined];

      expect(await calmly()).toEqual(outcomesOf(calm));
      const waiting = await rows(
        "select from graphile_worker._private_jobs where run_at > now() + interval '361 minutes'",
      );
      const open = await rows('select from deferred_query where collected_at is null and overdue_at is null');
      const twice = await rows(
        `select from answer where status <> 'PENDING' and reason is distinct from 'OVERDUE' group by query_id, person_id, case_id having count(*) > 1`,
      );
      expect([waiting, open, twice].map(({ length }) => length)).toEqual([0, 0, 0]);
    },
  );
});
