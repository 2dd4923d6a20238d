import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { beijingDay } from '../../../src/access/day';
import { Programme } from '../../../schema/programme';
import { dayAfter, posted } from '../../admission/posted';
import { HONGSHAN, ONGNIUD, type Office } from '../../commands/support/office';
import { chargedBy, handedOver, inBatch, offer, publishTemplates, reviewDecided } from '../../tenancy/tenancy-of';
import { approvedIn, waits } from '../../waiting/queue-of';

const COUNTIES = [HONGSHAN, ONGNIUD] as const;
/** The first day of a month so many months from now. */
const month = (months: number): string => {
  const [year, now] = beijingDay(new Date()).split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, now - 1 + months, 1)).toISOString().slice(0, 10);
};
/** Months that are over since every lease began: three at the first rent, the others at that of a review. */
export const MONTHS = 20;
export const RENTS = { first: 5000, revised: 7000 };
const MOVED_IN = month(-MONTHS);
/** Until here rents are charged when the night begins: of ten months. */
const CHARGED_AT = month(-10);
/** From here on a review has set another rent, of which the ledger knows nothing yet. */
const REVISED_FROM = month(3 - MONTHS);
/** Days of a publicity. */
const DAYS = 7;
const PAGE = 'page';

/** How much of it there is to do. */
export interface NightWork {
  readonly leases: number;
  /** Of them ended by the calendar. */
  readonly expired: number;
  readonly offers: number;
  /** Over, on a board or seen on each day; and those still shown on the net. */
  readonly over: number;
  readonly shown: number;
  readonly minors: number;
}

/** A night's work in two counties: leases with months to charge and to adjust, offers unanswered, publicities over and shown, queues, minors who hold, and the notices of all that. */
export async function nightWork(office: Office, each: number, site: string): Promise<NightWork> {
  const today = beijingDay(new Date());
  const leases: string[] = [];
  for (const region of COUNTIES) await publishTemplates(office, region);
  for (let at = 0; at < each; at++)
    for (const region of COUNTIES) {
      const home = await inBatch(office, region);
      const { id } = await handedOver(office, home, MOVED_IN, at === 0 ? 1 : 3);
      leases.push(id);
      await offer(office, await inBatch(office, region, Programme.PUBLIC_RENTAL));
      await publicity(office, region, dayAfter(today, -12), null);
      await publicity(office, region, dayAfter(today, -12), site);
      await publicity(office, region, dayAfter(today, -2), site);
      await minor(office, region);
      await waiter(office, region, at);
    }
  await chargedBy(office, CHARGED_AT);
  for (const id of leases) await revise(office, id);
  return { leases: leases.length, expired: 2, offers: 2 * each, over: 4 * each, shown: 2 * each, minors: 2 * each };
}

async function publicity(office: Office, region: string, on: string, url: string | null): Promise<void> {
  const id = await posted(office, region, on, DAYS, url);
  await office.rows(
    `update application set state = 'PUBLICITY', round = 1 where id = (select application_id from publicity where id = $1)`,
    [id],
  );
  const today = beijingDay(new Date());
  if (url)
    for (let day = dayAfter(on, 1); day < today; day = dayAfter(day, 1))
      await office.base.db.engine.query(`select saw_publicity($1, $2, $3, 'SEEN')`, [id, day, `${day}T04:00:00Z`]);
}

async function minor(office: Office, region: string): Promise<void> {
  const birth = `${Number(beijingDay(new Date()).slice(0, 4)) - 10}-03-02`;
  const { id } = await office.home(region, [{ name: '王小雨', birth, relation: 'APPLICANT' }]);
  await office.rows(
    'insert into entitlement (id, region_code, household_id, programme, since) values ($1, $2, $3, $4, $5)',
    [...[randomUUID(), region, id, 'LOW_RENT', '2024-01-01']],
  );
}

async function waiter(office: Office, region: string, at: number): Promise<void> {
  const { id } = await office.home(region);
  const about = await approvedIn(office.base, region, id, { on: '2024-01-15' });
  await waits(office.base, about, { areaCm2: 60_000 + 1_000 * at, incomeFen: 50_000 });
}

/** A decided review sets another rent; how it came about is told by other tests. */
async function revise(office: Office, contract: string): Promise<void> {
  const [found] = await office.rows<{ region: string; household: string }>(
    'select region_code as region, household_id as household from contract where id = $1',
    [contract],
  );
  const about = { ...found!, entry: '', dwelling: '', programme: Programme.LOW_RENT };
  const review = await reviewDecided(office, about, { outcome: 'ADJUST', effectiveOn: REVISED_FROM, executed: true });
  await office.rows('alter table contract_rent disable trigger guard_contract_rent');
  await office.rows(
    `insert into contract_rent (id, region_code, household_id, contract_id, from_day, basis, fen, review_id, at, on_day, taken_by)
     values (gen_random_uuid(), $1, $2, $3, $4, 'ADJUSTMENT', ${RENTS.revised}, $5, $4::date, $4, 'x')`,
    [found!.region, found!.household, contract, REVISED_FROM, review],
  );
  await office.rows('alter table contract_rent enable trigger guard_contract_rent');
}

export interface Site {
  readonly url: string;
  close(): void;
}

/** A county's web site, which shows what was posted. */
export async function openSite(): Promise<Site> {
  const server = createServer((_request, response) => response.end(PAGE));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => void server.close() };
}
