import type { Exchange } from '../../src/exchange';
import type { Answer, Ask } from '../../src/exchange/contract';
import type { Mode } from '../../src/exchange/sandbox/mode';
import type { ReportBody } from '../../schema/sharing/report-body';
import { expected, HASTY, isSeenLater, RECEIPT, trips, type Said } from './expected';
import { PURPOSE, REST, type FaultStage } from './stage';

type Fault = Exclude<Mode, 'ok'>;

export interface Cell {
  readonly mode: Fault;
  readonly agency: string;
  /** Households of the cross-check. */
  readonly households: readonly string[];
  /** Two persons of other households whom the agency has on record, to ask about one by one. */
  readonly others: readonly [Ask, Ask];
}

/** What went wrong, in words; empty where every promise was kept. */
export type Broken = string[];

/** Reports of the same households when nothing was wrong. */
export type Sound = ReadonlyMap<string, ReportBody>;

export const questionTo = (at: FaultStage, exchange: Exchange, source: string, ask: Ask): Promise<Answer> =>
  exchange
    .ask({ source, purpose: PURPOSE, fields: at.fieldsOf(source), asks: [ask] }, at.session)
    .then((answers) => answers.get(ask.personId)!);

export const saidOf = ({ status, reason }: { status: string; reason: string | null }): string =>
  status === 'UNAVAILABLE' ? `${status} ${reason}` : status;

const exchanges = new WeakMap<FaultStage, Map<string, Exchange>>();

/** What a hub needs to meet a fault. */
export const howOf = ({ mode, agency }: Pick<Cell, 'mode' | 'agency'>) => ({
  hasty: HASTY.includes(mode),
  tls: mode === 'bad-tls' && agency !== 'police',
  control: mode === 'blank',
});

/** One for each kind of cell, used from mode to mode: what one fault leaves behind must not outlast it. */
function exchangeOf(at: FaultStage, { mode, agency }: Cell): Exchange {
  const known = exchanges.get(at) ?? new Map<string, Exchange>();
  exchanges.set(at, known);
  const how = howOf({ mode, agency });
  const key = JSON.stringify([agency, how]);
  const exchange = known.get(key) ?? at.exchangeFor(agency, how);
  known.set(key, exchange);
  return exchange;
}

/** Runs a cell whose agency is already in its mode, up to its recovery. */
export async function whileBroken(at: FaultStage, cell: Cell, sound: Sound): Promise<Broken> {
  const exchange = exchangeOf(at, cell);
  const broken: Broken = [];
  const reports = await at.check(exchange, cell.households);
  for (const household of cell.households) {
    const [report, before] = [reports.get(household), sound.get(household)!];
    if (report) broken.push(...judged(cell, report, before));
    else broken.push(`no report about ${household}`);
  }
  return broken;
}

/** Verdicts, sources and when to ask again, in one report. */
function judged({ mode, agency }: Cell, report: ReportBody, before: ReportBody): Broken {
  const broken: Broken = [];
  const { found, absent } = expected(mode, agency);
  for (const { source, members } of report.sources) {
    const usual = new Map(
      before.sources.find((each) => each.source === source)!.members.map((each) => [each.person, each]),
    );
    for (const member of members) {
      const good = usual.get(member.person)!.status;
      const allowed: readonly Said[] = source !== agency ? ['GOOD'] : good === 'FOUND' ? found : absent;
      const said = saidOf(member);
      const resting = source === agency && trips(mode, agency) && said === 'UNAVAILABLE RESTING';
      /* Age takes nothing from a name that did not agree: it decided nothing before. */
      const sound = said === good && (allowed.includes('GOOD') || (mode === 'stale' && good === 'AMBIGUOUS'));
      if (!sound && !resting && !allowed.includes(said as Said)) broken.push(`${source} says ${said} for ${good}`);
      if (said !== good && !member.retryAt && !member.dueAt)
        broken.push(`${source} says ${said} and not when to ask again`);
    }
  }
  const outcomes = new Map(before.findings.map(({ rule, outcome }) => [rule, outcome]));
  for (const { rule, outcome, missing } of report.findings) {
    if (outcome === outcomes.get(rule)) continue;
    /* A conflict takes two words: with one of them gone, the other still stands against what was declared, for a person to settle. */
    if (outcomes.get(rule) === 'CONFLICT' && outcome === 'CONTRADICTION') continue;
    if (outcome !== 'INCONCLUSIVE') broken.push(`${rule} became ${outcome}, was ${outcomes.get(rule)}`);
    else if (!missing.some(({ source, askAgainAt }) => source === agency && askAgainAt))
      broken.push(`${rule} became INCONCLUSIVE and does not say to ask ${agency}, and when`);
  }
  return broken;
}

/** The breaker after a failure: it rests, says how long, and lets no question out. */
export async function opens(at: FaultStage, cell: Cell): Promise<Broken> {
  const { mode, agency, others } = cell;
  if (!trips(mode, agency)) return [];
  const exchange = exchangeOf(at, cell);
  const first = saidOf(await questionTo(at, exchange, agency, others[0]));
  const second = await questionTo(at, exchange, agency, others[1]);
  const broken: Broken = [];
  const { found } = expected(mode, agency);
  if (![...found, 'UNAVAILABLE RESTING'].includes(first)) broken.push(`about one person it says ${first}`);
  if (saidOf(second) !== 'UNAVAILABLE RESTING') broken.push(`after a failure ${saidOf(second)} in place of a rest`);
  const rest = second.retryAt ? second.retryAt.getTime() - at.now().getTime() : NaN;
  if (!(rest > 0 && rest <= REST)) broken.push(`a rest of ${rest} ms`);
  return broken;
}

/** After its rest one question goes out as a trial, and its failure starts another rest. */
export async function triesOnce(at: FaultStage, cell: Cell): Promise<Broken> {
  const { mode, agency, others } = cell;
  if (!trips(mode, agency)) return [];
  const exchange = exchangeOf(at, cell);
  const asked = await Promise.all(others.map((ask) => questionTo(at, exchange, agency, ask)));
  const tried = asked.map(saidOf).filter((said) => said !== 'UNAVAILABLE RESTING');
  const broken: Broken = [];
  const { found } = expected(mode, agency);
  const later = isSeenLater(mode, agency);
  const allowed = later ? [...found, RECEIPT] : found;
  for (const said of tried) if (!allowed.includes(said as Said)) broken.push(`on trial it says ${said}`);
  const most = later ? others.length : 1;
  if (tried.length < 1 || tried.length > most) broken.push(`${tried.length} trials`);
  return broken;
}

/** Well again: believed at the next trial. A hasty patience may need more than one on a busy machine. */
export async function recovers(at: FaultStage, cell: Cell): Promise<Broken> {
  const exchange = exchangeOf(at, cell);
  if (cell.mode === 'bad-tls' && cell.agency !== 'police') return []; // its address stays that of TLS
  const answer = await questionTo(at, exchange, cell.agency, cell.others[0]);
  return answer.status === 'FOUND' ? [] : [`well again, it says ${saidOf(answer)}`];
}
