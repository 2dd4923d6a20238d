import { wholeNumber } from '../expression';
import type { Rule } from '../rule';
import type { Sql } from '../sql';

const NULL = 'null';

const PARTS = ['applies', 'holds', 'note', 'observed', 'threshold'] as const;
const part = ({ code }: Pick<Rule, 'code'>, name: (typeof PARTS)[number]): string => `"${code} ${name}"`;

/**
 * FROM item: `given` with what every rule says of it, each part a column that is made once a row behind the fence. Without
 * it the planner writes a part out wherever it is used: whether a rule applies, four times a rule.
 */
export const weighed = (rules: readonly Rule[], columns: string, joined = ''): string => `(
  select ${[columns, ...rules.flatMap((rule) => PARTS.map((name) => `"${rule.code}".${name} as ${part(rule, name)}`))].join(', ')}
  from given ${joined} ${rules.map(judged).join('')}
  offset 0
) as weighed`;

/** Joins a rule's facts to `given` and judges them, unknowns kept. */
const judged = (rule: Rule): string => `
left join (${rule.facts.text}) as "${rule.code} facts" using (household_id)
cross join lateral (
  select ${applies(rule)} as applies, (${rule.holds.text}) as holds, ${noteOf(rule)} as note,
    ${whole(rule.observed)} as observed, ${whole(rule.threshold)} as threshold
  from (select "${rule.code} facts".*) as facts
) as "${rule.code}"`;

const whole = (value: Sql | undefined): string => (value ? wholeNumber(value).text : `${NULL}::bigint`);

/** In the order of the rules, one column of `weighed` per rule, kept only where the rule applies. */
export const column = (rules: readonly Rule[], name: 'observed' | 'threshold' | 'note', type: string): string =>
  `array[${rules.map((rule) => `case when ${part(rule, 'applies')} is not false then ${part(rule, name)} end`).join(', ')}]::${type}[]`;

export const outcomes = (rules: readonly Rule[]): string => `array[${rules.map(outcome).join(',')}]::text[]`;

const outcome = (rule: Rule): string => `
  case ${part(rule, 'applies')}
    when true then case ${part(rule, 'holds')} when true then 'PASS' when false then '${rule.onFalse}' else 'INCONCLUSIVE' end
    when false then 'NOT_APPLICABLE' else 'INCONCLUSIVE' end`;

/** Aggregate of domain.md §13; a contradiction is for a person to settle and holds the decision up like an unknown. Duties of the authority weigh nothing. */
export function conclusion(rules: readonly Rule[]): string {
  const weighing = rules.flatMap(({ binds }, i) => (binds === 'AUTHORITY' ? [] : [`outcome[${i + 1}]`]));
  const weighed = weighing.length === rules.length ? 'outcome' : `array[${weighing.join(', ')}]::text[]`;
  return `case
    when 'FAIL' = any (${weighed}) then 'INELIGIBLE_PROPOSED'
    when ${weighed} && array['INCONCLUSIVE', 'CONTRADICTION'] then 'PENDING_EVIDENCE'
    else 'ELIGIBLE' end`;
}

const words = (list: readonly string[]): string => list.map((word) => `'${word}'`).join(', ');

function applies({ since, until, programmes, kinds, applies: own }: Rule): string {
  const outside = [
    `given.as_of < date '${since}'`,
    ...(until ? [`given.as_of > date '${until}'`] : []),
    ...(programmes ? [`given.programme not in (${words(programmes)})`] : []),
    ...(kinds ? [`given.kind not in (${words(kinds)})`] : []),
  ];
  return `case when ${outside.join(' or ')} then false else (${own?.text ?? 'true'}) end`;
}

/** A missing parameter is named before anything the rule itself has to say. */
function noteOf({ holds, note, parameters, agreement }: Rule): string {
  /* Without a rule of precedence the rule has its own word: the sources differ. */
  const needed = parameters.filter((code) => code !== agreement?.precedence);
  const missing = needed.map(
    (code) => `when given."${code}" is null and (${holds.text}) is null then '${MISSING_PARAMETER}${code}'`,
  );
  const own = `(${note?.text ?? NULL})::text`;
  return missing.length > 0 ? `case ${missing.join(' ')} else ${own} end` : own;
}

/** Prefix of the note that names a parameter without a value on the day of judgement. */
export const MISSING_PARAMETER = 'parameter:';
