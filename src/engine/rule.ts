import { lint } from './lint';
import type { Matter, Unit } from './matter';
import type { Sql } from './sql';

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
  /** Sources whose answers it reads, and about whom: every member, when left out. */
  readonly needs: readonly string[];
  readonly about?: 'APPLICANT';
  /** One row per household (column household_id), from `given`, `member`, a relation per needed source, own tables. */
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
  };
}

export interface Rule extends RuleDeclaration {
  /** Codes of the parameters it leans on. */
  readonly parameters: readonly string[];
}

/** Declares a rule; refuses SQL that would turn an unknown into a verdict. */
export function defineRule(declaration: RuleDeclaration): Rule {
  const { code, facts, applies, holds, observed, threshold, note } = declaration;
  const pieces = [facts, applies, holds, observed, threshold, note].filter((piece) => piece !== undefined);
  const faults = pieces.flatMap(lint);
  if (faults.length > 0) throw new Error(`rule ${code}: ${faults.join('; ')}`);
  if (!/^[A-Z]{2}-\d{2}$/.test(code)) throw new Error(`'${code}' is no rule code`);
  return { ...declaration, parameters: [...new Set(pieces.flatMap((piece) => piece.parameters))] };
}

/** An article of a national law or regulation: law('社会救助法', '第四十条'). */
export const law = (name: string, article: string): string[] => [`《${name}》${article}`];

/* Rules import the engine and nothing else. */
export { cites, clause } from '../clauses';
