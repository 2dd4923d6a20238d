import type { Hub } from '../../context';
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
