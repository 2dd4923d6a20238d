import type { PersonalSelect } from '../../../src/audit/reads';
import type { RequestContext } from '../../../src/context';
import { HubError } from '../../../src/errors';
import { queryInScope } from '../../../src/store/database';
import { readPage, type PageArgs } from '../../../src/store/page';
import { readPersonal } from '../../../src/store/reads';
import type { Connection } from '../../../schema/page';
import type { Allotment, AllotmentState } from '../../../schema/tenancy/allotment';
import type { Contract, ContractState, RenewalWindow } from '../../../schema/tenancy/contract';
import type { ContractKind, ContractTemplate } from '../../../schema/tenancy/contract-template';
import type { Occupancy } from '../../../schema/tenancy/occupancy';
import type { TenancyStep } from '../../../schema/tenancy/tenancy-step';
import { inOrder, loaderOf } from '../../loader';

const ALLOTMENTS = {
  name: 'allotments-page',
  text: `select id, region_code as "regionCode", household_id as "householdId", application_id as "applicationId", entry_id as "entryId",
           dwelling_id as "dwellingId", programme, state, version, offered_on as "offeredOn", answer_by as "answerBy", document_number as "documentNumber",
           offered_by as "offeredBy"
         from allotment a where region_code = any ($1::text[]) and ($2::text is null or state = $2)
           and ($3::boolean is null or $3 = (state in ('ACCEPTED','CONTRACT_SIGNED','HANDED_OVER') and not exists (select from contract k
             where k.allotment_id = a.id and k.state in ('SIGNED','FILED','ACTIVE','RENEWED','EXPIRED'))))
           and (region_code, id) > ($4::text, $5::uuid) order by region_code, id limit $6`,
};
/** A lease that runs: may its renewal be asked for, was it, is it too late, or can nobody tell, for a number is not in force. */
const WINDOW = `case when k.state <> 'ACTIVE' or k.kind <> 'LEASE' then null when k.renewal_asked_on is not null then 'ASKED'
  when $4::date > k.ends_on - make_interval(months => ask.months) then 'MISSED'
  when num_nulls(ask.months, opens.months) > 0 then 'UNKNOWN'
  when $4::date >= k.ends_on - make_interval(months => opens.months) then 'OPEN' end`;
const NUMBERS = ['ask', 'opens']
  .map(
    (code) =>
      `cross join lateral (select parameter_in_force('renewal.${code}-months', k.region_code, $4::date, $5)::int as months) as ${code}`,
  )
  .join(' ');
const CONTRACTS = {
  name: 'contracts-page',
  text: `select k.id, k.region_code as "regionCode", k.household_id as "householdId", k.allotment_id as "allotmentId", k.dwelling_id as "dwellingId", k.programme,
           k.kind, k.template_id as "templateId", k.predecessor_id as "predecessorId", k.party_kind as "partyKind", k.party, k.area_cm2 as "areaCm2",
           k.rent_fen as "rentFen", k.deposit_fen as "depositFen", k.price_fen as "priceFen", k.starts_on as "startsOn", k.ends_on as "endsOn",
           k.charged_from as "chargedFrom", k.charged_until as "chargedUntil", k.renewal_asked_on as "renewalAskedOn", k.state, k.version,
           k.drawn_at as "drawnAt", k.drawn_by as "drawnBy"
         from contract k ${NUMBERS} where k.region_code = any ($1::text[]) and ($2::text is null or k.state = $2)
           and ($3::text is null or $3 = ${WINDOW}) and ($6::uuid is null or $6 in (k.id, k.household_id)) and (k.region_code, k.id) > ($7::text, $8::uuid)
         order by k.region_code, k.id limit $9`,
};
const OCCUPANCIES = {
  name: 'occupancies-of-allotments',
  text: `select id, region_code as "regionCode", household_id as "householdId", dwelling_id as "dwellingId", allotment_id as "allotmentId", state, version,
           opened_on as "openedOn", vacated_on as "vacatedOn"
         from occupancy where allotment_id = any ($1::uuid[])`,
};
const TEMPLATES = {
  name: 'contract-templates',
  text: `select id, region_code as "regionCode", kind, version, title, document_number as "documentNumber", valid_from as "validFrom", clauses,
           published_at as "publishedAt", published_by as "publishedBy"
         from contract_template where region_code = $1 and ($2::text is null or kind = $2) order by kind, version desc`,
};
/** What was written in a step speaks of the applicant; a step without a word of nobody. An offer is the first step of an allotment. */
const STEPS: PersonalSelect = {
  name: 'tenancy-steps',
  takes: 1,
  text: `select case when s.note is not null then a.person_id end as person_id, a.person_id as "personId", s.id, s.noun, s.kind, s.to_state as "toState", s.at,
           s.on_day as "onDay", s.taken_by as "takenBy", s.role, s.office, s.document_number as "documentNumber", s.clause_id as "clauseId", s.due_on as "dueOn",
           s.amount_fen as "amountFen", s.note
         from (
           select id, household_id, version, noun, kind, to_state, at, on_day, taken_by, role, office, document_number, clause_id, due_on, amount_fen, note
           from tenancy_step where subject_id = $1
           union all select id, household_id, -1, 'ALLOTMENT', 'OFFER', 'OFFERED', offered_at, offered_on, offered_by, role, office, document_number, null, null, null, reason
           from allotment where id = $1
         ) as s
         left join lateral (
           select person_id from household_member m where m.household_id = s.household_id and m.relation = 'APPLICANT' order by m.from_date desc, m.id limit 1
         ) as a on true
         order by s.version`,
};
export const BEFORE_ALL = ['', '00000000-0000-0000-0000-000000000000'];
const keyOf = ({ regionCode, id }: { readonly regionCode: string; readonly id: string }) => [regionCode, id];

interface AllotmentFilter {
  readonly region: string;
  readonly state: AllotmentState | null;
  readonly withoutContract: boolean | null;
}

/** Allotments of a region and everything below it. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfAllotments(
  { hub, viewer }: RequestContext,
  { region, state, withoutContract }: AllotmentFilter,
  args: PageArgs,
): Promise<Connection<Allotment>> {
  return readPage<Allotment>(hub.cursors, args, {
    list: ['allotments', region, state ?? '', withoutContract ?? ''].join(' '),
    keyOf,
    read: (after, limit) => {
      const values = [hub.regions.scopeOf(region), state, withoutContract, ...(after ?? BEFORE_ALL), limit];
      return queryInScope<Allotment>(hub.db.app, viewer.regions, { ...ALLOTMENTS, values });
    },
  });
}

interface ContractFilter {
  readonly region: string;
  readonly state: ContractState | null;
  readonly renewal: RenewalWindow | null;
  /** A contract or a household. */
  readonly of?: string | null;
}

/** Contracts of a region and everything below it. Throws PAGE_TOO_LARGE, INVALID_CURSOR. */
export function pageOfContracts(
  { hub, viewer }: RequestContext,
  { region, state, renewal, of }: ContractFilter,
  today: string,
  args: PageArgs,
): Promise<Connection<Contract>> {
  return readPage<Contract>(hub.cursors, args, {
    list: ['contracts', region, state ?? '', renewal ?? '', of ?? ''].join(' '),
    keyOf,
    read: (after, limit) => {
      const filters = [hub.regions.scopeOf(region), state, renewal, today, hub.now(), of ?? null];
      const values = [...filters, ...(after ?? BEFORE_ALL), limit];
      return queryInScope<Contract>(hub.db.app, viewer.regions, { ...CONTRACTS, values });
    },
  });
}

/** Who lives there by a contract; null before the handover. */
export function occupancyOf(ctx: RequestContext, allotmentId: string): Promise<Occupancy | null> {
  const { hub, viewer } = ctx;
  const loader = loaderOf(ctx, 'occupancies of allotments', async (ids) => {
    const rows = await queryInScope<Occupancy>(hub.db.app, viewer.regions, { ...OCCUPANCIES, values: [ids] });
    return inOrder(ids, rows, (row) => row.allotmentId);
  });
  return loader.load(allotmentId);
}

/** Versions of a prefecture's contracts, the latest of each kind first. */
export const contractTemplatesOf = (
  { hub, viewer }: RequestContext,
  region: string,
  kind: ContractKind | null,
): Promise<ContractTemplate[]> =>
  queryInScope<ContractTemplate>(hub.db.app, viewer.regions, { ...TEMPLATES, values: [region, kind] });

/** What has steps, in scope: one look-up of an id, whichever noun it is of. */
const SUBJECTS = {
  name: 'subject-of-tenancy-steps',
  text: `select 1 from allotment where id = $1 union all select 1 from contract where id = $1 union all select 1 from occupancy where id = $1
         union all select 1 from exit_case where id = $1`,
};

/** Steps of an allotment, a contract, an occupancy or an exit, oldest first: a look at the applicant where something is written. Error: NOT_FOUND. */
export async function tenancyStepsOf(ctx: RequestContext, id: string): Promise<TenancyStep[]> {
  const { hub, viewer } = ctx;
  const look = { source: 'housing', fields: ['tenancyStep'] };
  if ((await queryInScope(hub.db.app, viewer.regions, { ...SUBJECTS, values: [id] })).length === 0)
    throw new HubError('NOT_FOUND', 'of');
  return readPersonal<TenancyStep>(hub.db.app, STEPS, [id], look, ctx);
}
