import { randomUUID } from 'node:crypto';
import type { Office } from '../commands/support/office';
import { ONGNIUD } from '../commands/support/office';
import { approvedIn, bySql } from '../waiting/queue-of';

export interface Stood {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly attempts: number;
  readonly told: string | null;
  readonly paper: string | null;
  readonly due: string | null;
  readonly kind: string;
  readonly body: string;
}

const STOOD = `select id, state, version, attempts, told_on::text as told, paper_by::text as paper, due_on::text as due, kind, body from notice`;

/** What a household is told of. */
export const noticesIn = ({ rows }: Office, household: string): Promise<Stood[]> =>
  rows<Stood>(`${STOOD} where household_id = $1 order by result_on, kind`, [household]);

/** The notice of an approval on a day: the approval itself makes it. */
export async function approvalTold(office: Office, on = '2026-01-15', region = ONGNIUD as string) {
  const home = await office.home(region);
  await approvedIn(office.base, region, home.id, { on });
  const [notice] = await noticesIn(office, home.id);
  return { home, region, notice: notice!, now: async () => (await noticesIn(office, home.id))[0]! };
}

const STEP = `
  insert into notice_step (id, region_code, household_id, notice_id, version, kind, at, on_day, taken_by, role, office, told_on, cause, retry_at, document_number)
  values ($1, $2, $3, $4, $5, $6, $7, $8, 'x', $9, $2, $10, $11, $12, $13)`;

export interface SqlStep {
  readonly version: number;
  readonly kind: string;
  readonly at: Date;
  readonly role: string;
}

/** A step by plain SQL as the hub's own role, well formed for its kind: was it taken? */
export async function stepBySql(
  { base }: Office,
  { region, household, notice }: { readonly region: string; readonly household: string; readonly notice: string },
  { version, kind, at, role }: SqlStep,
): Promise<boolean> {
  const day = at.toISOString().slice(0, 10);
  const told = ['SENDING', 'PAPER_DELIVERY'].includes(kind) ? day : null;
  const cause = ['ATTEMPT', 'FAILURE'].includes(kind) ? 'ECONNREFUSED' : null;
  const retry = kind === 'ATTEMPT' ? new Date(at.getTime() + 60_000) : null;
  const values = [randomUUID(), region, household, notice, version, kind, at, day, role, told, cause, retry, '回证-1'];
  return bySql({ owner: base.owner, db: base.db }, region, STEP, values).then(
    () => true,
    (error: { code: string }) => {
      expect(error.code).toMatch(/^(23514|23505|42501)$/);
      return false;
    },
  );
}
