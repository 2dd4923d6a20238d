import { parameterDeclared } from '../../schema/parameters';
import { Programme } from '../../schema/programme';
import { isDay } from '../access/day';
import type { Agreement } from './agreement';
import { lint } from './lint';
import type { Matter, Unit } from './matter';
import type { Sql } from './sql';

/** 申请 · 年审 · 复核. */
export const CASE_KINDS = ['APPLICATION', 'ANNUAL_REVIEW', 'RE_CHECK'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];
/** Kinds of case about a household that is secured already. */
export const WHILE_SECURED: readonly CaseKind[] = ['ANNUAL_REVIEW', 'RE_CHECK'];

/** 人口 · 收入 · 财产 · 住房 [IM-7.1]. */
export type Factor = 'POPULATION' | 'INCOME' | 'ASSETS' | 'HOUSING';

export interface RuleDeclaration {
  /** 'RR-07'. */
  readonly code: string;
  /** The lawful statement: true is good. Chinese. */
  readonly title: string;
  readonly basis: readonly string[];
  /** First and last day on which the rule is law. */
  readonly since: string;
  readonly until?: string;
  /** Programmes to which it applies; all, when left out. */
  readonly programmes?: readonly string[];
  /** Kinds of case to which it applies (a rule is of a stage); all, when left out. */
  readonly kinds?: readonly CaseKind[];
  /** Which matter of the yearly review 年审 it speaks of; change: it compares with the time of approval. */
  readonly review?: { readonly factor: Factor; readonly change?: true };
  /** Who is bound: the household, when left out. A duty of the authority is found and shown, and never weighs on the household's conclusion. */
  readonly binds?: 'AUTHORITY';
  /** A hard prohibition: no paper of an officer passes it, whatever is unknown. */
  readonly prohibition?: true;
  /** Where two sources may differ on a fact that it reads. */
  readonly agreement?: Agreement;
  /** No source knows of its matter yet: it stays open wherever it applies, until officers settle it by paper. */
  readonly unsourced?: true;
  /** Sources whose answers it reads, and about whom: every member, when left out. */
  readonly needs: readonly string[];
  readonly about?: 'APPLICANT';
  /** One row per household (column household_id), from `given`, `member`, `seat`, a relation per needed source, own tables. */
  readonly facts: Sql;
  /** Over the columns of `facts` and `given`. FALSE is 不适用, NULL is 待核实. */
  readonly applies?: Sql;
  readonly holds: Sql;
  /** Whole numbers in `unit`. */
  readonly observed?: Sql;
  readonly threshold?: Sql;
  readonly unit: Unit | null;
  /** A word or date the sentence needs, as text. */
  readonly note?: Sql;
  readonly onFalse: 'FAIL' | 'CONTRADICTION';
  readonly because: {
    readonly fail: (matter: Matter) => string;
    readonly unknown: (matter: Matter) => string;
    readonly pass?: (matter: Matter) => string;
    /** Where it does not apply. */
    readonly exempt?: () => string;
  };
}

export interface Rule extends RuleDeclaration {
  /** Codes of the parameters it leans on. */
  readonly parameters: readonly string[];
}

/** Codes of all parameters that rules lean on, each once. */
export const parametersOf = (rules: readonly Rule[]): string[] => [
  ...new Set(rules.flatMap(({ parameters }) => parameters)),
];

/** Declares a rule; refuses SQL that would turn an unknown into a verdict. */
export function defineRule(declaration: RuleDeclaration): Rule {
  const { code, facts, applies, holds, observed, threshold, note } = declaration;
  const pieces = [facts, applies, holds, observed, threshold, note].filter((piece) => piece !== undefined);
  const faults = [...pieces.flatMap(lint), ...declarationFaults(declaration)];
  if (faults.length > 0) throw new Error(`rule ${code}: ${faults.join('; ')}`);
  return { ...declaration, parameters: [...new Set(pieces.flatMap((piece) => piece.parameters))] };
}

/** RR-07, or RR-07.2 where the law changed: each wording is a rule of its own, with its own dates. */
const CODE = /^[A-Z]{2}-\d{2}(\.[2-9])?$/;

function* declarationFaults({ code, basis, since, until, programmes, kinds }: RuleDeclaration): Generator<string> {
  if (!CODE.test(code)) yield `'${code}' is no rule code`;
  if (basis.length === 0) yield 'it cites no law';
  for (const day of [since, until ?? since]) if (!isDay(day)) yield `'${day}' is no day`;
  if (until !== undefined && until < since) yield `it ends on ${until}, before it begins`;
  if (programmes?.length === 0 || kinds?.length === 0) yield 'it applies to nothing';
  for (const programme of programmes ?? []) if (!(programme in Programme)) yield `unknown programme '${programme}'`;
  for (const kind of kinds ?? []) if (!CASE_KINDS.includes(kind)) yield `unknown kind of case '${kind}'`;
}

/** Refuses a rule that reads a source nobody answers for: its answers would be awaited for ever. */
export function refuseUnknownSources(rules: readonly Rule[], sources: readonly string[]): void {
  for (const { code, needs } of rules) {
    const unknown = needs.find((source) => !sources.includes(source));
    if (unknown !== undefined) throw new Error(`rule ${code}: unknown source '${unknown}'`);
  }
}

/** Refuses a rule that leans on a number nobody has declared: no file could ever set it. */
export function refuseUndeclaredParameters(rules: readonly Rule[]): void {
  for (const { code, parameters } of rules) {
    const unknown = parameters.find((parameter) => !parameterDeclared(parameter));
    if (unknown !== undefined) throw new Error(`rule ${code}: undeclared parameter '${unknown}'`);
  }
}

/** An article of a national law or regulation: law('社会救助法', '第四十条'). */
export const law = (name: string, article: string): string[] => [`《${name}》${article}`];

/* Rules import the engine and nothing else. */
export { cites, clause } from '../clauses';
