import { subgraphs } from '../../resolvers';
import { principalOf } from '../../src/access/viewer';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import type { Exchange } from '../../src/exchange';
import type { Ask } from '../../src/exchange/contract';
import { startServer } from '../../src/server/start';
import { resolvePurpose } from '../../src/store/purposes';
import { testIssuer } from '../server/support/issuer';
import { saidOf, type Broken, type Cell } from './cell';
import { expected, trips, type Said } from './expected';
import type { FaultStage } from './stage';

/** Households on a page. A purpose opens one of them; about the others no agency may be asked, broken or not. */
const PAGE = 50;

/** The agencies' fields, and what is asked of each: every fact, since a fault may touch any. */
const FIELDS: Readonly<Record<string, readonly [field: string, facts: string]>> = {
  property: ['property', 'ownedAreaCm2 units { unitCode countyCode areaCm2 areaKind rightKind shareBp registeredOn }'],
  vehicle: [
    'vehicle',
    'dearestVehicleFen unpricedVehicles vehicles { plate plateKind brandModel firstRegisteredOn status priceFen }',
  ],
  'civil-affairs': [
    'civilAffairs',
    `marriageStatus spouseIdNumber spouseName deceasedOn allowanceClass allowanceValidUntil incomeClass perHeadMonthlyFen determinationValidUntil`,
  ],
  'provident-fund': ['providentFund', 'accountStatus monthsPaid monthlyContributionFen ratioBp baseFen lastPaidMonth'],
  police: ['householdRegister', 'nameMatch hukouPlace hukouKind hukouSince deceasedOn cancelledOn minorChildren'],
};
const ENVELOPE = 'status reason asOf retryAt dueAt letterId';
const QUERY = `query ($after: String) { households(region: "15", after: $after, first: ${PAGE}) { nodes { id fileNumber
  cases { kind submittedOn } members { relation person { id name
    ${Object.values(FIELDS)
      .map(([field, facts]) => `${field} { ${ENVELOPE} value { ${facts} } }`)
      .join(' ')} } } } } }`;

interface Envelope {
  readonly status: string;
  readonly reason: string | null;
  readonly asOf: string | null;
  readonly retryAt: string | null;
  readonly dueAt: string | null;
  readonly letterId: string | null;
  readonly value: object | null;
}

type Person = Readonly<Record<string, Envelope>>;

/** A page as an officer sees it, and how often each agency was called for it. */
export interface Page {
  readonly status: number;
  readonly errors: readonly unknown[];
  readonly households: readonly { readonly id: string; readonly members: readonly { readonly person: Person }[] }[];
  readonly calls: Readonly<Record<string, number>>;
}

export interface GraphDoor {
  /** Each agency's field of a person. */
  readonly fields: readonly (readonly [source: string, field: string])[];
  /** The page afresh, over this exchange. */
  look(exchange: Exchange, victim: string | null): Promise<Page>;
  /** What was wrong with a page while an agency was, next to one when nothing was. */
  judged(cell: Pick<Cell, 'mode' | 'agency'>, page: Page, sound: Page): Broken;
  close(): Promise<void>;
}

/** A gateway over the stage's hub, whose agencies are asked by whatever exchange a look brings. */
export async function openGraphDoor(at: FaultStage, covered: Ask): Promise<GraphDoor> {
  const { hub } = at.stage;
  let current: Exchange | undefined;
  const exchange: Exchange = { ...hub.exchange, ask: (...asking) => current!.ask(...asking) };
  const issuer = await testIssuer(at.now);
  const server = await startServer(
    { ...hub, exchange },
    {
      ...{ subgraphs, supergraph: committedSupergraph(), issuers: [issuer], resolvePurpose },
      pendingMigrations: async () => [],
    },
  );
  const { caseId, letterId, householdId } = covered;
  const clerk = { role: 'COUNTY_HOUSING', issuer: issuer.issuer, subject: 'clerk' } as const;
  const purpose = hub.purposeTokens.issue({ caseId, letterId, principal: principalOf(clerk) });
  const after = hub.cursors.write('households 15', await startOf(at, householdId));
  const callsOf = (victim: string | null) =>
    Object.fromEntries(
      Object.keys(FIELDS).map((name) => [
        name,
        (name === victim ? at.victims : at.stage.sandbox).control.state(name).counts.calls,
      ]),
    );
  return {
    fields: Object.entries(FIELDS).map(([source, [field]]) => [source, field]),
    async look(over, victim) {
      current = over;
      await at.forget([householdId]);
      at.victims.control.resetCounts();
      at.stage.sandbox.control.resetCounts();
      const authorization = `Bearer ${await issuer.mint({ role: clerk.role, sub: clerk.subject, region: '15' })}`;
      const headers = { 'content-type': 'application/json', authorization, 'x-purpose': purpose };
      const body = JSON.stringify({ query: QUERY, variables: { after } });
      const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
      const { data, errors = [] } = (await response.json()) as {
        data?: { households: { nodes: Page['households'] } } | null;
        errors?: unknown[];
      };
      const households = data?.households.nodes ?? [];
      return { status: response.status, errors, households, calls: callsOf(victim) };
    },
    judged: (cell, page, sound) => judged(cell, page, sound, householdId),
    close: () => server.close(),
  };
}

/** Key of the list behind which a whole page begins that has this household on it. */
async function startOf({ stage }: FaultStage, household: string): Promise<readonly [region: string, id: string]> {
  const { rows } = await stage.base.owner.query<{ id: string; region: string }>(
    `select id, region_code as region from household where region_code like '15%' order by region_code, id`,
  );
  const place = Math.min(
    rows.findIndex(({ id }) => id === household),
    rows.length - PAGE,
  );
  const { region, id } = rows[place]!;
  return [region, before(id)];
}

/** The id right before another. */
const before = (id: string): string => {
  const number = (BigInt(`0x${id.replaceAll('-', '')}`) - 1n).toString(16).padStart(32, '0');
  return number.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

function judged({ mode, agency }: Pick<Cell, 'mode' | 'agency'>, page: Page, sound: Page, covered: string): Broken {
  const broken: Broken = [];
  if (page.status !== 200 || page.errors.length > 0) broken.push(`${page.status} ${JSON.stringify(page.errors)}`);
  const [field] = FIELDS[agency]!;
  if (JSON.stringify(without(page, field)) !== JSON.stringify(without(sound, field)))
    broken.push('something beside its own field changed');
  for (const [name, calls] of Object.entries(page.calls))
    if (name === agency ? calls > 1 : calls !== 1) broken.push(`${name} was called ${calls} times for a page`);
  const { found, absent } = expected(mode, agency);
  page.households.forEach(({ id, members }, i) =>
    members.forEach(({ person }, j) => {
      const [now, usual] = [person[field]!, sound.households[i]!.members[j]!.person[field]!];
      const [said, good] = [saidOf(now), usual.status];
      if (id !== covered) {
        if (JSON.stringify(now) !== JSON.stringify(usual)) broken.push(`about somebody else it says ${said}`);
        return;
      }
      const allowed: readonly Said[] = good === 'FOUND' ? found : absent;
      const same =
        said === good && (allowed.includes('GOOD') || good === 'PENDING' || (mode === 'stale' && good === 'AMBIGUOUS'));
      const resting = trips(mode, agency) && said === 'UNAVAILABLE RESTING';
      if (!same && !resting && !allowed.includes(said as Said)) broken.push(`it says ${said} for ${good}`);
      if (said !== good && !now.retryAt && !now.dueAt) broken.push(`it says ${said} and not when to ask again`);
      if (said !== good && said !== 'STALE' && now.value !== null) broken.push(`it says ${said}, and a value`);
    }),
  );
  return broken;
}

/** A page without one agency's fields, and without the instants at which others are to be asked again. */
const without = ({ households }: Page, field: string): unknown =>
  JSON.parse(JSON.stringify(households), (key, value: unknown) =>
    key === field || key === 'dueAt' ? undefined : value,
  );
