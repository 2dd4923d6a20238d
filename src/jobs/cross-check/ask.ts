import type { Hub } from '../../context';
import { beijingDay } from '../../access/day';
import { HubError } from '../../errors';
import { grantInForce } from '../../store/partners';
import type { Ask, Question } from '../../exchange/contract';
import type { Check } from './check';
import type { CheckedHousehold } from './page';

/** Asks every source of the purpose about a page of households, all agencies at the same time. Answers are stored by the exchange. */
export async function askAgencies(
  hub: Pick<Hub, 'exchange'>,
  check: Check,
  page: readonly CheckedHousehold[],
): Promise<void> {
  await Promise.all(questions(check, page).map((question) => hub.exchange.ask(question, check.session)));
}

/**
 * As {@link askAgencies}, while the grant under which a partner system asked is in force and its budget holds: afterwards no
 * question leaves, and the reports say that nothing was asked.
 */
export async function askWhileGranted(
  hub: Pick<Hub, 'exchange' | 'db' | 'now'>,
  check: Check,
  page: readonly CheckedHousehold[],
): Promise<void> {
  const { partner } = check.session.viewer;
  const { app } = hub.db;
  if (partner && !(await grantInForce(app, partner.allowance.grantId || null, beijingDay(hub.now())))) return;
  await askAgencies(hub, check, page).catch((error: unknown) => {
    if (!(error instanceof HubError) || !ENDED.includes(error.code)) throw error;
  });
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
