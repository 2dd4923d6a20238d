import type { Hub } from '../../context';
import { beijingDay } from '../../access/day';
import { HubError } from '../../errors';
import { grantInForce } from '../../store/partners';
import type { Ask, Question } from '../../exchange/contract';
import type { Check } from './check';
import type { CheckedHousehold } from './page';

/** ALL sources, or those alone that answer at once. */
type Whom = 'ALL' | 'PROMPT';

/**
 * Asks the sources of the purpose about a page of households, all agencies at the same time, while the grant under which a
 * partner system asked is in force and its budget holds: afterwards no question leaves, and the reports say that nothing was
 * asked. Answers are stored by the exchange. Returns the sources that are still to be asked.
 */
export async function askAgencies(
  hub: Pick<Hub, 'exchange' | 'db' | 'now'>,
  check: Check,
  page: readonly CheckedHousehold[],
  whom: Whom,
): Promise<ReadonlySet<string>> {
  const { partner } = check.session.viewer;
  const { app } = hub.db;
  if (partner && !(await grantInForce(app, partner.allowance.grantId || null, beijingDay(hub.now())))) return NOBODY;
  const later = new Set(hub.exchange.connectors.filter(({ deferred }) => deferred).map(({ name }) => name));
  const all = questions(check, page);
  const [now, left] =
    whom === 'ALL'
      ? [all, []]
      : [all.filter(({ source }) => !later.has(source)), all.filter(({ source }) => later.has(source))];
  await Promise.all(now.map((question) => hub.exchange.ask(question, check.session))).catch(unlessEnded);
  return new Set(left.map(({ source }) => source));
}

const NOBODY: ReadonlySet<string> = new Set();

/** The grant ended, or its budget was spent, meanwhile. */
function unlessEnded(error: unknown): void {
  if (!(error instanceof HubError) || !ENDED.includes(error.code)) throw error;
}

const ENDED = ['GRANT_NOT_IN_FORCE', 'DAILY_BUDGET_SPENT'];

/** What may be asked: members whom a live letter covers, sources it names, fields of the purpose. */
function questions({ fields, purpose }: Check, page: readonly CheckedHousehold[]): Question[] {
  return [...fields].flatMap(([source, asked]) => {
    const asks = page.filter(({ letterSources }) => letterSources.includes(source)).flatMap(asksOf);
    return asks.length > 0 ? [{ source, purpose, fields: asked, asks }] : [];
  });
}

function asksOf({ householdId, caseId, letterId, regionCode, covered }: CheckedHousehold): Ask[] {
  return letterId ? covered.map((personId) => ({ personId, householdId, caseId, letterId, regionCode })) : [];
}
