import { connectors } from '../../connectors';
import { SANDBOX_AGENCIES } from '../../connectors/sandboxes';
import { makeSeal } from '../../src/access/seal';
import { beijingDay } from '../../src/access/day';
import type { Session } from '../../src/access/session';
import { loadConfig } from '../../src/config';
import { makeExchange, type Exchange } from '../../src/exchange';
import type { Ask } from '../../src/exchange/contract';
import { sandboxSecret } from '../../src/exchange/sandbox/secret';
import { startSandbox, type Sandbox } from '../../src/exchange/sandbox/start';
import { handOver } from '../../src/jobs/hand-over';
import { runCrossCheck } from '../../src/jobs/run-cross-check';
import { makeLog } from '../../src/log';
import { populate } from '../../src/population/populate';
import { inScope, sendInScope } from '../../src/store/database';
import type { ReportBody } from '../../schema/sharing/report-body';
import { openStage, type Stage } from '../cross-check/stage';
import { KNOWN, putOnRecord } from '../sandbox/support/world';
import { emptyDatabase, testDatabase } from '../support/database';
import { runSeed } from '../support/seed';

export const PURPOSE = 'ADMISSION_REVIEW';
/** Both of the population's: nobody's scope is at issue here. */
const REGIONS = ['15', '45'];
/** The least a breaker may rest, and what the tests move the clock by, ms. */
export const REST = 60_000;
/** Late is 700 ms; this gives up before. */
const HASTY_TIMEOUT = 250;

/** Gives up before what is late; asks for TLS; asks about the control with every page. */
interface How {
  readonly hasty?: boolean;
  readonly tls?: boolean;
  readonly control?: boolean;
}

/** A hub whose agencies are sound, and a second set of the same agencies over the same people, to be spoiled one for each cell. */
export interface FaultStage {
  readonly stage: Stage;
  readonly victims: Sandbox;
  readonly logged: string[];
  /** Moves every clock: the hub's, the agencies', and the one breakers rest by. */
  later(ms: number): void;
  readonly now: () => Date;
  /** An exchange that asks one agency of the spoiled set, in fresh patience, and the sound ones for the rest. */
  exchangeFor(victim: string | null, how?: How): Exchange;
  /** A cross-check of these households over an exchange: report by household. */
  check(exchange: Exchange, households: readonly string[]): Promise<Map<string, ReportBody>>;
  /** Nobody remembers what the agencies said about these. */
  forget(households: readonly string[]): Promise<void>;
  readonly session: Session;
  fieldsOf(source: string): readonly string[];
  /** Somebody of each household of whom the agency has a record. */
  onRecord(source: string, households: readonly string[]): Promise<Ask[]>;
  /** Households with an open case and a letter in force, in order. */
  readonly households: readonly string[];
  close(): Promise<void>;
}

async function spoiledWorld(households: number, today: string) {
  const [scratch, world] = await Promise.all([testDatabase(), emptyDatabase()]);
  const { secrets } = loadConfig({ HUB_ROLE_KEY: scratch.roleKey.toString('base64') });
  const seal = makeSeal(secrets.SEAL_KEY, secrets.INDEX_KEY);
  const plan = { hubOwnerUrl: scratch.ownerUrl, worldUrl: world.ownerUrl, seal, households, today };
  await populate({ ...plan, seed: String(runSeed()) });
  await scratch.close();
  return world;
}

export async function openFaultStage(households: number): Promise<FaultStage> {
  let offset = 0;
  /* Half past midnight in Beijing: the hours of rest of the long form end on the same day, and no verdict turns with the date. */
  const ahead = Date.parse(`${beijingDay(new Date())}T00:30:00+08:00`) - Date.now();
  const now = () => new Date(Date.now() + ahead + offset);
  const passed = performance.now.bind(performance);
  jest.spyOn(performance, 'now').mockImplementation(() => passed() + offset);
  const [stage, world] = await Promise.all([
    openStage(households, {}, now),
    spoiledWorld(households, beijingDay(now())),
  ]);
  for (const owner of [stage.world.owner, world.owner]) await putOnRecord(owner, KNOWN);
  const victims = await startSandbox({
    agencies: SANDBOX_AGENCIES,
    worldUrl: world.ownerUrl,
    secret: sandboxSecret(stage.base.roleKey),
    clock: now,
    log: makeLog('silent'),
  });
  for (const { name } of SANDBOX_AGENCIES) {
    await stage.sandbox.control.set(name, { readyAfterMs: 0 });
    await victims.control.set(name, { readyAfterMs: 0, slowMs: 700, dripMs: 1 });
  }
  const { owner } = stage.base;
  const ids = async (sql: string, values: unknown[] = []) =>
    (await owner.query<{ id: string }>(sql, values)).rows.map(({ id }) => id);
  const checkable = await ids(
    `select distinct h.id, h.file_number from household h join letter l on l.household_id = h.id and l.purpose = $1 and l.state = 'ACTIVE'
       and l.valid_until > $2::date join housing_case c on c.id = l.case_id and c.closed_on is null
     where h.region_code like any ($3) order by h.file_number`,
    [PURPOSE, beijingDay(now()), REGIONS.map((region) => `${region}%`)],
  );
  const named = await owner.query<{ fields: string[] }>('select fields from purpose where code = $1', [PURPOSE]);
  const logged: string[] = [];
  const opened: Exchange[] = [];
  const regions = REGIONS.flatMap((region) => stage.hub.regions.scopeOf(region));
  const ctx = stage.as(REGIONS[0]!, { regions });
  const self: FaultStage = {
    ...{ stage, victims, logged, now, households: checkable },
    session: { viewer: ctx.viewer, purpose: null, requestId: 'faults' },
    later: (ms) => void (offset += ms),
    fieldsOf: (source) =>
      named.rows[0]!.fields.flatMap((field) =>
        field.startsWith(`${source}.`) ? [field.slice(source.length + 1)] : [],
      ),
    exchangeFor(victim, how = {}) {
      const exchange = spoiledExchange(self, victim, how);
      opened.push(exchange);
      return exchange;
    },
    async check(exchange, asked) {
      const id = await stage.request(ctx, { households: asked });
      for (const job of [runCrossCheck, handOver])
        await job.run({ crossCheckId: id }, { ...stage.hub, exchange }, new AbortController().signal);
      const { rows } = await owner.query<{ body: string }>(
        'select distinct on (household_id) body from report where cross_check_id = $1 order by household_id, version desc',
        [id],
      );
      return new Map(rows.map(({ body }) => JSON.parse(body) as ReportBody).map((body) => [body.household, body]));
    },
    async forget(asked) {
      await owner.query('delete from answer where household_id = any ($1)', [asked]);
    },
    async onRecord(source, among) {
      const { rows } = await owner.query<Ask>(
        `select distinct on (household_id) person_id as "personId", household_id as "householdId", case_id as "caseId",
           letter_id as "letterId", region_code as "regionCode" from answer
         where source = $1 and status = 'FOUND' and household_id = any ($2) order by household_id, person_id`,
        [source, among],
      );
      return rows;
    },
    async close() {
      await Promise.all(opened.map((exchange) => exchange.close()));
      await Promise.all([victims.close(), stage.close()]);
      await world.close();
      jest.restoreAllMocks();
    },
  };
  return self;
}

function spoiledExchange(
  { stage, victims, logged, now }: Pick<FaultStage, 'stage' | 'victims' | 'logged' | 'now'>,
  victim: string | null,
  { hasty = false, tls = false, control = false }: How,
): Exchange {
  const { hub, sandbox } = stage;
  const spoiled = victim ? { [victim]: tls ? overTls(victims.agencies[victim]!) : victims.agencies[victim]! } : {};
  return makeExchange({
    connectors: connectors.map((connector) => {
      if (connector.name !== victim) return connector;
      const { timeout } = connector.patience;
      const patience = {
        ...connector.patience,
        timeout: hasty ? HASTY_TIMEOUT : timeout,
        retries: 0,
        tripAfter: 1,
        restFor: REST,
      };
      return { ...connector, patience };
    }),
    settings: control ? controlled({ ...sandbox.agencies, ...spoiled }) : { ...sandbox.agencies, ...spoiled },
    scoped: (regions, work, first) => inScope(hub.db.app, regions, work, first),
    send: (regions, queries) => sendInScope(hub.db.app, regions, queries),
    seal: hub.seal,
    now,
    log: makeLog('debug', { write: (line) => void logged.push(line) }),
  });
}

/** Every agency has the same made-up person on record, and the hub knows. */
const controlled = (settings: Sandbox['agencies']): Sandbox['agencies'] =>
  Object.fromEntries(
    Object.entries(settings).map(([name, given]) => [name, { ...given, control: `${KNOWN.idNumber} ${KNOWN.name}` }]),
  );

/** The same address as a hub that asks for TLS would be told. */
function overTls({ url, ...rest }: Readonly<Record<string, string>>): Record<string, string> {
  const secure = url!.startsWith('postgres:') ? `${url}?sslmode=verify-full` : url!.replace(/^http:/, 'https:');
  return { ...rest, url: secure };
}
