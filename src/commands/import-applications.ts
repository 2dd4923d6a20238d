import type { ClientBase } from 'pg';
import { carriedOutBy, clause } from '../clauses';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { told } from '../store/admission/refusals';
import type { ApplicationLine, Flaw } from '../store/bulk/application-line';
import {
  begin,
  correct,
  householdsOf,
  knownKeys,
  refusalOf,
  type Begun,
  type Known,
  type Target,
} from '../store/bulk/applications';
import { inUnit } from '../store/unit';

export interface ImportApplications {
  readonly region: string;
  readonly batchId: string;
  /** Name of the system whose keys the rows bear. */
  readonly source: string;
  readonly flow: string;
  readonly templateId: string | null;
  /** Of one file, no key twice. */
  readonly lines: readonly ApplicationLine[];
}

export type Outcome = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED';
export interface Landed {
  readonly line: ApplicationLine;
  readonly outcome: Outcome;
  readonly flaws: readonly Flaw[];
}

/** 各类保障方式一并纳入. */
const everyKind = carriedOutBy('DATA', clause('IM-5.3'));

/**
 * 批量登记申请 [IM-5.3]: one transaction; each row opens a case and begins an application of a household that is filed, or corrects the draft that its key
 * made before, through the guards that a clerk's application goes through. What one row is refused for, the others do not suffer.
 */
export async function importApplications(ctx: RequestContext, input: ImportApplications): Promise<Landed[]> {
  const all = await attempt(ctx, input, input.lines).catch((error: unknown) => refusedBy(error));
  if (Array.isArray(all)) return (everyKind(), all);
  if (input.lines.length === 1) return [{ line: input.lines[0]!, outcome: 'REFUSED', flaws: [all] }];
  const landed: Landed[] = [];
  for (const line of input.lines) landed.push(...(await importApplications(ctx, { ...input, lines: [line] })));
  return landed;
}

/** What a guard of the database said, as a flaw of a row; whatever else went wrong goes on. */
function refusedBy(error: unknown): Flaw {
  const refusal = told(error);
  if (!(refusal instanceof HubError) || refusal.code === 'NOT_READY') throw refusal;
  return { code: refusal.code, field: '', detail: refusal.detail ?? '' };
}

const attempt = (
  ctx: RequestContext,
  input: ImportApplications,
  lines: readonly ApplicationLine[],
): Promise<Landed[]> =>
  inUnit(ctx, 'importApplications', async (_em, client) => {
    const target: Target = { ...input, now: ctx.hub.now() };
    const known = await knownKeys(client, target, lines);
    const fresh = lines.filter(({ key }) => !known.has(key));
    const again = lines.flatMap((line) => (known.has(line.key) ? [{ line, was: known.get(line.key)! }] : []));
    return [...(await beginAll(ctx, client, target, fresh)), ...(await correctAll(ctx, client, target, again))].sort(
      (one, other) => one.line.number - other.line.number,
    );
  });

async function beginAll(
  ctx: RequestContext,
  client: ClientBase,
  target: Target,
  fresh: readonly ApplicationLine[],
): Promise<Landed[]> {
  if (fresh.length === 0) return [];
  const households = await householdsOf(client, target, fresh, ctx);
  const taken = new Set<string>();
  const begun: Begun[] = [];
  const landed = fresh.map((line): Landed => {
    const found = households.get(line.fileNumber);
    const twice: Flaw = { code: 'CASE_ALREADY_OPEN', field: '档案编号', detail: '同一档案在表中出现两次' };
    const flaw = refusalOf(found) ?? (taken.has(found!.id) ? twice : undefined);
    if (flaw) return { line, outcome: 'REFUSED', flaws: [flaw] };
    taken.add(found!.id);
    begun.push({ line, household: found!.id, applicant: found!.person_id! });
    return { line, outcome: 'CREATED', flaws: [] };
  });
  await begin(client, target, begun, ctx.viewer.subject);
  return landed;
}

async function correctAll(
  ctx: RequestContext,
  client: ClientBase,
  target: Target,
  again: readonly { readonly line: ApplicationLine; readonly was: Known }[],
): Promise<Landed[]> {
  const landed = again.map(({ line, was }): Landed & { readonly was: Known } => {
    if (line.hash === was.hash) return { line, was, outcome: 'UNCHANGED', flaws: [] };
    const flaw = otherwise(line, was);
    return flaw ? { line, was, outcome: 'REFUSED', flaws: [flaw] } : { line, was, outcome: 'UPDATED', flaws: [] };
  });
  const changed = landed.filter(({ outcome }) => outcome === 'UPDATED').map(({ line, was }) => ({ line, ...was }));
  await correct(client, target, changed, ctx.viewer.subject);
  return landed;
}

/** What a row cannot change of an application that is there. */
function otherwise({ fileNumber, programme }: ApplicationLine, was: Known): Flaw | undefined {
  if (was.fileNumber !== fileNumber)
    return { code: 'INVALID_INPUT', field: '档案编号', detail: '该来源编号已用于另一档案' };
  if (was.programme !== programme)
    return { code: 'INVALID_INPUT', field: '保障方式', detail: '保障方式不能更改，请撤回后重新申请' };
  return was.state === 'DRAFT'
    ? undefined
    : { code: 'ILLEGAL_MOVE', field: '来源编号', detail: '已提交的申请不再改动' };
}
