import { beijingDay } from '../../../src/access/day';
import type { PersonalSelect } from '../../../src/audit/reads';
import type { RequestContext } from '../../../src/context';
import { HubError } from '../../../src/errors';
import { queryInScope } from '../../../src/store/database';
import { readPage, type PageArgs } from '../../../src/store/page';
import { readPersonal } from '../../../src/store/reads';
import type { Connection } from '../../../schema/page';
import type { Arrears, RentEntry, TreasuryMonth } from '../../../schema/tenancy/rent-entry';
import { BEFORE_ALL } from './tenancy-rows';

const APPLICANT = `left join lateral (
  select person_id from household_member m where m.household_id = e.household_id and m.relation = 'APPLICANT' order by m.from_date desc, m.id limit 1
) as a on true`;
/** What is owed and paid speaks of the applicant. */
const ENTRIES: PersonalSelect = {
  name: 'rent-entries',
  takes: 1,
  text: `select a.person_id, a.person_id as "personId", e.id, e.kind, e.month, e.amount_fen as "amountFen", p.debit, p.credit, e.at, e.on_day as "onDay",
           e.taken_by as "takenBy", e.document_number as "documentNumber"
         from rent_entry e join rent_posting p on p.kind = e.kind ${APPLICANT} where e.contract_id = $1 order by e.month, e.at, e.id`,
};
const ARREARS: PersonalSelect = {
  name: 'arrears-page',
  takes: 6,
  text: `select a.person_id, a.person_id as "personId", e.region_code as "regionCode", e.contract_id as "contractId", e.months, e.owed_fen as "owedFen",
           e.months >= parameter_in_force('arrears.months', e.region_code, $2::date, $3) as "overLimit"
         from rent_arrears($1::text[], $2::date) e ${APPLICANT}
         where (e.region_code, e.contract_id) > ($4::text, $5::uuid) order by e.region_code, e.contract_id limit $6`,
};
const TREASURY = {
  name: 'treasury-months',
  text: `select region_code as "regionCode", month, sum(case kind when 'PAYMENT' then amount_fen else 0 end)::bigint as "receivedFen",
           sum(case kind when 'PAYMENT' then 0 else amount_fen end)::bigint as "remittedFen",
           sum(case kind when 'PAYMENT' then amount_fen else -amount_fen end)::bigint as "toRemitFen"
         from rent_entry where region_code = any ($1::text[]) and kind in ('PAYMENT','REMITTED_TO_TREASURY') and extract(year from month) = $2
         group by region_code, month order by region_code, month`,
};

const KNOWN = { name: 'contract-of-rent', text: 'select 1 from contract where id = $1' };

/** The ledger of a contract, month after month. Error: NOT_FOUND. */
export async function rentEntriesOf(ctx: RequestContext, contractId: string): Promise<RentEntry[]> {
  const { hub, viewer } = ctx;
  const look = { source: 'housing', fields: ['rentEntry'] };
  if ((await queryInScope(hub.db.app, viewer.regions, { ...KNOWN, values: [contractId] })).length === 0)
    throw new HubError('NOT_FOUND', 'contract');
  return readPersonal<RentEntry>(hub.db.app, ENTRIES, [contractId], look, ctx);
}

type ArrearsRow = Arrears & { readonly regionCode: string };

/** Who owes rent in a region and everything below it. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfArrears(ctx: RequestContext, region: string, args: PageArgs): Promise<Connection<Arrears>> {
  const { hub } = ctx;
  return readPage<ArrearsRow>(hub.cursors, args, {
    list: `arrears ${region}`,
    keyOf: ({ regionCode, contractId }) => [regionCode, contractId],
    read: (after, limit) => {
      const now = hub.now();
      const values = [hub.regions.scopeOf(region), beijingDay(now), now, ...(after ?? BEFORE_ALL), limit];
      return readPersonal<ArrearsRow>(hub.db.app, ARREARS, values, { source: 'housing', fields: ['arrears'] }, ctx);
    },
  });
}

/** What came in, went and is to go, month after month of a year, in a region and everything below it. */
export const treasuryOf = ({ hub, viewer }: RequestContext, region: string, year: number): Promise<TreasuryMonth[]> =>
  queryInScope<TreasuryMonth>(hub.db.app, viewer.regions, { ...TREASURY, values: [hub.regions.scopeOf(region), year] });
