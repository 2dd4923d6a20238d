import { randomUUID } from 'node:crypto';
import type { Viewer } from '../../src/access/viewer';
import { acceptDwelling } from '../../src/commands/accept-dwelling';
import { drawContract } from '../../src/commands/draw-contract';
import { fileContract } from '../../src/commands/file-contract';
import { handOverDwelling } from '../../src/commands/hand-over-dwelling';
import { moveDwelling } from '../../src/commands/move-dwelling';
import { offerDwelling } from '../../src/commands/offer-dwelling';
import { publishContractTemplate } from '../../src/commands/publish-contract-template';
import { recordDwelling } from '../../src/commands/record-dwelling';
import { signContract } from '../../src/commands/sign-contract';
import type { RequestContext } from '../../src/context';
import { chargeRents } from '../../src/jobs/charge-rents';
import { AreaKind } from '../../schema/area-kind';
import { Programme } from '../../schema/programme';
import { ContractParty, type Contract } from '../../schema/tenancy/contract';
import { ClauseGroup, ContractKind } from '../../schema/tenancy/contract-template';
import { DwellingState } from '../../schema/tenancy/dwelling';
import { DwellingStepKind } from '../../schema/tenancy/dwelling-step';
import { unitCode } from '../access/support/tenancy';
import { HONGSHAN, type Kin, type Office } from '../commands/support/office';
import { approvedIn, bySql, STEP, waits } from '../waiting/queue-of';

export const CLAUSES = [
  { id: '1', group: ClauseGroup.RIGHTS_DUTIES, text: '双方的权利和义务。' },
  { id: '2', group: ClauseGroup.BREACH_LIABILITY, text: '违反使用规定的违约责任。' },
  { id: '3', group: ClauseGroup.EXIT, text: '不再符合条件的，应当退出。' },
];
export const MANAGER = '测试运营公司';
const SALES: readonly string[] = [Programme.AFFORDABLE_SALE, Programme.PRICE_CAPPED_SALE];

/** Noon in Beijing of a day. */
export const noon = (day: string): Date => new Date(`${day}T04:00:00Z`);
export const cityOf = (region: string): string => region.slice(0, 4);

/** Who does what in a county on a day, by their levels. */
export function desk(office: Office, region: string) {
  const on = (day: string, viewer: Partial<Viewer>): RequestContext => {
    const ctx = office.as(viewer);
    return { ...ctx, hub: { ...ctx.hub, now: () => noon(day) } };
  };
  const county = (day: string, subject = 'county') => on(day, { role: 'COUNTY_HOUSING', office: region, subject });
  const city = (day: string) => on(day, { role: 'CITY_HOUSING', office: cityOf(region), subject: 'city' });
  return {
    on,
    county,
    city,
    /** The office that approves in the flow and runs its queue. */
    queue: (day: string) => (region === HONGSHAN ? city(day) : county(day)),
  };
}

/** The prefecture's contracts, in force from a day that is long gone. */
export async function publishTemplates(office: Office, region: string): Promise<void> {
  for (const kind of [ContractKind.LEASE, ContractKind.SALE])
    await publishContractTemplate(desk(office, region).city('2024-01-01'), {
      ...{ region: cityOf(region), kind, title: '合同', documentNumber: '文1号', validFrom: '2024-01-01' },
      clauses: CLAUSES,
    });
}

export interface Home {
  readonly region: string;
  readonly household: string;
  readonly entry: string;
  readonly dwelling: string;
  readonly programme: Programme;
}

/** A dwelling of 50 m², or so many cm², that waits for somebody. */
export async function dwellingIn(
  office: Office,
  region: string,
  programme: Programme,
  areaCm2 = 500_000,
): Promise<string> {
  const ctx = desk(office, region).county('2024-02-01');
  const recorded = await recordDwelling(ctx, {
    ...{ region, unitCode: unitCode(region), project: '安居小区', address: '1号楼101', programme, unitType: '两居' },
    ...{ areaCm2, areaKind: AreaKind.GROSS, owner: '测试产权单位', manager: MANAGER },
    state: DwellingState.DELIVERABLE,
  });
  const on = { dwellingId: recorded.id, version: 0, step: DwellingStepKind.RELEASE };
  return (await moveDwelling(ctx, on)).id;
}

interface Waiting {
  readonly kin?: readonly Kin[];
  readonly incomeFen?: number | null;
  readonly areaCm2?: number;
}

/** A household that is registered for a batch, and a dwelling for it. */
export async function inBatch(
  office: Office,
  region: string,
  programme = Programme.LOW_RENT,
  { kin, incomeFen = null, areaCm2 }: Waiting = {},
): Promise<Home> {
  const { id: household } = await office.home(region, kin);
  const flow = region === HONGSHAN ? ('DISTRICTED_FLOW' as const) : ('COUNTY_FLOW' as const);
  const about = await approvedIn(office.base, region, household, { on: '2024-01-15', programme, flow });
  const entry = await waits(office.base, about, { incomeFen });
  const role = flow === 'COUNTY_FLOW' ? 'COUNTY_HOUSING' : 'CITY_HOUSING';
  for (const [version, kind] of ['INVITATION', 'REGISTRATION'].entries())
    await bySql(office.base, region, STEP, [
      ...[region, household, entry, version, kind, noon('2024-02-01'), '2024-02-01', role],
      ...[kind === 'INVITATION' ? '第一批' : null, null],
    ]);
  return { region, household, entry, programme, dwelling: await dwellingIn(office, region, programme, areaCm2) };
}

export const offer = (office: Office, { region, entry, dwelling }: Home, day = '2024-03-01') =>
  offerDwelling(desk(office, region).queue(day), {
    ...{ entryId: entry, dwellingId: dwelling, reason: '轮候次序在前', documentNumber: '配1号' },
  });

export async function accepted(office: Office, home: Home, day = '2024-03-01') {
  const { id } = await offer(office, home, day);
  return acceptDwelling(desk(office, home.region).queue(day), { allotmentId: id, version: 0 });
}

/** The terms of a first contract from a day on. */
export const terms = ({ programme }: Pick<Home, 'programme'>, startsOn: string, years = 3) => {
  const endsOn = `${Number(startsOn.slice(0, 4)) + years}${startsOn.slice(4).replace('02-29', '02-28')}`;
  return {
    ...{ partyKind: ContractParty.MANAGER, party: MANAGER, startsOn },
    ...(SALES.includes(programme) ? { priceFen: 20_000_000 } : { endsOn }),
  };
};

/** Signed, filed and handed over on a day: rent is due from then on. */
export async function handedOver(office: Office, home: Home, day = '2024-03-01', years = 3): Promise<Contract> {
  const { county } = desk(office, home.region);
  const { id: allotmentId } = await accepted(office, home, day);
  const { id: contractId } = await drawContract(county(day), { allotmentId, ...terms(home, day, years) });
  await signContract(county(day), { contractId, version: 0, documentNumber: '合1号' });
  const filed = await fileContract(county(day), { contractId, version: 1, documentNumber: '备1号' });
  await handOverDwelling(county(day), { allotmentId, version: 2 });
  return filed;
}

/** The night job as of a day. */
export const chargedBy = (office: Office, day: string) =>
  chargeRents.run({}, { ...office.hub, now: () => noon(day) }, new AbortController().signal);

export interface Decided {
  readonly outcome: 'TERMINATE' | 'ADJUST' | 'CONVERT_TO_PUBLIC_RENTAL';
  readonly conversion?: 'RENT' | 'PURCHASE';
  readonly amountFen?: number;
  readonly effectiveOn: string;
  /** Carried out already, with its exit case where it ends a security. */
  readonly executed?: true;
  readonly consulted?: false;
}

/** A yearly review that was decided; the way there, which other tests go, is left out: its guards look away meanwhile. */
export async function reviewDecided(office: Office, { region, household }: Home, decided: Decided): Promise<string> {
  const { owner } = office.base;
  const { outcome, conversion = null, amountFen = null, effectiveOn, executed, consulted } = decided;
  const [id, campaign] = [randomUUID(), randomUUID()];
  const year = Number(effectiveOn.slice(0, 4));
  for (const [table, guard] of REVIEW_GUARDS) await owner.query(`alter table ${table} disable trigger ${guard}`);
  await owner.query(
    `insert into review_campaign (id, region_code, year, opened_by, role, office, opened_at, declare_by, declare_by_provisional)
     values ($1, $2, $3, 'test', 'COUNTY_HOUSING', $2, '2024-01-01', '2024-02-01', false) on conflict do nothing`,
    [campaign, region, year],
  );
  await owner.query(
    `insert into annual_review (id, campaign_id, region_code, household_id, year, entitlement_id, programme, due_on, declare_by, state, outcome, report_hash)
     select $1, c.id, $2, $3, $4, (select e.id from entitlement e where e.household_id = $3 order by since desc limit 1), 'LOW_RENT', '2024-01-01', '2024-02-01', $5, $6, 'h'
     from review_campaign c where c.region_code = $2 and c.year = $4`,
    [id, region, household, year, executed ? 'EXECUTED' : 'DECIDED', outcome],
  );
  await owner.query(
    `insert into review_step (id, region_code, household_id, review_id, kind, at, taken_by, role, office, on_day, outcome, conversion, amount_fen, basis, note, report_hash,
       objections_until, effective_on)
     values (gen_random_uuid(), $1, $2, $3, 'DECISION', $4::date - 30, 'x', 'COUNTY_HOUSING', $1, $4::date - 30, $5, $6, $7, '3', 'x', 'h', $4::date - 15, $4::date)`,
    [region, household, id, effectiveOn, outcome, conversion, amountFen],
  );
  if (consulted !== false)
    await owner.query(
      `insert into review_step (id, region_code, household_id, review_id, kind, at, taken_by, role, office, on_day, agency, opinion, document_number, report_hash)
       values (gen_random_uuid(), $1, $2, $3, 'CONSULTATION', '2024-01-02', 'x', 'CIVIL_AFFAIRS', $1, '2024-01-02', 'CIVIL_AFFAIRS', 'AGREES', '民1号', 'h')`,
      [region, household, id],
    );
  for (const [table, guard] of REVIEW_GUARDS) await owner.query(`alter table ${table} enable trigger ${guard}`);
  return id;
}
const REVIEW_GUARDS = [
  ['annual_review', 'begin_review'],
  ['review_step', 'take_review_step'],
] as const;

/** An exit that was opened on a day by a review that ended the household's security. */
export async function exitOpened(
  office: Office,
  home: Home,
  day: string,
  more: Partial<Decided> = {},
): Promise<string> {
  const review = await reviewDecided(office, home, {
    ...{ outcome: 'TERMINATE', effectiveOn: day, executed: true, ...more },
  });
  const id = randomUUID();
  await bySql(
    office.base,
    home.region,
    `insert into exit_case (id, region_code, household_id, review_id, ground, basis, opened_on, vacate_by) values ($1, $2, $3, $4, 'NO_LONGER_ELIGIBLE', '3', $5, $5::date + 30)`,
    [id, home.region, home.household, review, day],
  );
  return id;
}

/** One value of one row. */
export const one = async <T>(office: Office, text: string, values: unknown[]): Promise<T | undefined> =>
  (await office.rows<{ value: T }>(text, values))[0]?.value;
