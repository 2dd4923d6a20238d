import { HubError } from '../../errors';
import { HUB_SOURCE, type Ask } from '../kind';
import type { Evidence } from '../paper';

export interface Clause {
  readonly id: string;
  readonly group: string;
  readonly text: string;
}

export interface Template {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly documentNumber: string;
  readonly validFrom: string;
  readonly clauses: readonly Clause[];
}

export interface Contract {
  readonly id: string;
  readonly regionCode: string;
  readonly householdId: string;
  readonly dwellingId: string;
  readonly programme: string;
  readonly kind: string;
  readonly templateId: string;
  readonly predecessorId: string | null;
  readonly partyKind: string;
  readonly party: string;
  readonly areaCm2: number;
  readonly rentFen: number | null;
  readonly depositFen: number | null;
  readonly priceFen: number | null;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly state: string;
  readonly drawnAt: string;
  readonly drawnBy: string;
}

export interface Household {
  readonly id: string;
  readonly fileNumber: string;
  readonly region: { readonly name: string } | null;
  readonly members: readonly {
    readonly id: string;
    readonly relation: string;
    readonly declaredName: string | null;
    readonly since: string;
    readonly until: string | null;
    readonly person: { readonly id: string; readonly idNumber: string | null };
  }[];
}

export interface TenancyStep {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly onDay: string;
  readonly takenBy: string;
  readonly role: string;
  readonly office: string;
  readonly documentNumber: string | null;
  readonly clauseId: string | null;
  readonly dueOn: string | null;
  readonly note: string | null;
}

const CONTRACTS = `query ($region: String!, $of: ID) { contracts(region: $region, of: $of) { nodes { id regionCode householdId dwellingId programme kind
  templateId predecessorId partyKind party areaCm2 rentFen depositFen priceFen startsOn endsOn state drawnAt drawnBy } } }`;
const TEMPLATES = `query ($region: String!) { contractTemplates(region: $region) { id title version documentNumber validFrom clauses { id group text } } }`;
const HOUSEHOLD = `query ($id: ID!) { household(id: $id) { id fileNumber region { name }
  members { id relation declaredName since until person { id idNumber } } } }`;
const STEPS = `query ($of: ID!) { tenancySteps(of: $of) { id kind at onDay takenBy role office documentNumber clauseId dueOn note } }`;
/** A prefecture's code is the head of its counties' codes (GB/T 2260). */
const PREFECTURE = 4;

/** Lists are of a region: whoever asks names the one they have it from. Error: INVALID_INPUT. */
export function regionOf(region: string | undefined): string {
  if (region === undefined) throw new HubError('INVALID_INPUT', 'region', '须给出所在区划');
  return region;
}

/** A contract, or those of a household, in a region. */
export const contractsOf = async (ask: Ask, region: string, of: string): Promise<readonly Contract[]> =>
  (await ask<{ contracts: { nodes: readonly Contract[] } }>(CONTRACTS, { region, of })).contracts.nodes;

/** The version a contract was drawn on. */
export async function templateOf(
  ask: Ask,
  { regionCode, templateId }: Pick<Contract, 'regionCode' | 'templateId'>,
): Promise<Template> {
  const region = regionCode.slice(0, PREFECTURE);
  const { contractTemplates } = await ask<{ contractTemplates: readonly Template[] }>(TEMPLATES, { region });
  const found = contractTemplates.find(({ id }) => id === templateId);
  if (!found) throw new HubError('NOT_FOUND', 'id');
  return found;
}

export async function householdOf(ask: Ask, id: string): Promise<Household> {
  const { household } = await ask<{ household: Household | null }>(HOUSEHOLD, { id });
  if (!household) throw new HubError('NOT_FOUND', 'id');
  return household;
}

/** Oldest first. */
export const stepsOf = async (ask: Ask, of: string): Promise<readonly TenancyStep[]> =>
  (await ask<{ tenancySteps: readonly TenancyStep[] }>(STEPS, { of })).tenancySteps;

export const applicantOf = ({ members }: Household) =>
  members.findLast(({ relation, until }) => relation === 'APPLICANT' && until === null);

export const ours = (record: string, asOf: string | null = null): Evidence => ({ source: HUB_SOURCE, record, asOf });
