import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Carrier } from '../../clauses';
import { Refusal } from '../refusal';
import { claimsIn, type Claim } from './claims';

/** A clause of the two source documents, as the table cut from them has it. */
export interface Clause {
  readonly id: string;
  readonly text: string;
  readonly kind: string;
}

/** A test that named the clause and passed while its code ran. */
export interface Proof {
  readonly file: string;
  readonly title: string;
  /** What the code did in it: 'GUARD REFUSED'. */
  readonly deeds: readonly string[];
}

export type Proofs = Readonly<Record<string, readonly Proof[]>>;

/** What becomes of a clause: what carries it out, a person (with the reason), or nothing yet. */
export interface Entry extends Clause {
  readonly state: Carrier | 'HUMAN' | 'OPEN';
  readonly reason?: string;
  readonly claims: readonly Claim[];
  readonly proofs: readonly Proof[];
}

export interface Ledger {
  readonly entries: readonly Entry[];
  /** Claims of the code that no proof covers. */
  readonly unproven: readonly Claim[];
}

export const FILES = {
  clauses: 'docs/law/clauses.csv',
  human: 'docs/law/human.json',
  proofs: 'docs/law/proofs.json',
} as const;

export const readProofs = (root: string): Proofs => JSON.parse(read(root, FILES.proofs)) as Proofs;

/** The ledger of a project's folder. Throws Refusal for a clause that no document has, named by file and line. */
export function ledgerOf(root: string, proofs: Proofs): Ledger {
  const clauses = clausesIn(root);
  const human = JSON.parse(read(root, FILES.human)) as Readonly<Record<string, string>>;
  const claims = claimsIn(root);
  const known = new Set(clauses.map(({ id }) => id));
  for (const { id, file, line } of claims)
    if (!known.has(id)) throw new Refusal(`${file}:${line}: there is no clause ${id} in ${FILES.clauses}`);
  for (const id of Object.keys(human))
    if (!known.has(id)) throw new Refusal(`${FILES.human}: there is no clause ${id}`);
  refuseLost(root, proofs);
  const entries = clauses.map((clause) => entryOf(clause, human[clause.id], claims, proofs[clause.id] ?? []));
  const unproven = claims.filter((claim) => !isProven(claim, proofs[claim.id] ?? []));
  return { entries, unproven };
}

/** Cases of rules are named by the rules' own bases. */
const NAMED_BY_CODE = 'test/rules/cases.test.ts';

/** A kept proof whose test is gone, or no longer names the clause, proves nothing. */
function refuseLost(root: string, proofs: Proofs): void {
  for (const [id, each] of Object.entries(proofs))
    for (const { file } of each) {
      const text = existsSync(join(root, file)) ? read(root, file) : undefined;
      if (text === undefined || !(text.includes(id) || file === NAMED_BY_CODE))
        throw new Refusal(`${FILES.proofs}: ${file} no longer proves ${id}: npm test && npm run clauses -- --update`);
    }
}

function entryOf(
  clause: Clause,
  reason: string | undefined,
  claims: readonly Claim[],
  proofs: readonly Proof[],
): Entry {
  const own = claims.filter(({ id }) => id === clause.id);
  const proven = own.find((claim) => isProven(claim, proofs));
  const state = proven ? proven.carrier : reason ? 'HUMAN' : 'OPEN';
  return { ...clause, state, ...(reason ? { reason } : {}), claims: own, proofs: proven ? proofs : [] };
}

/** A guard must have been seen letting through and refusing; anything else must have run. */
export function isProven({ carrier }: Claim, proofs: readonly Proof[]): boolean {
  const deeds = new Set(proofs.flatMap((proof) => proof.deeds));
  const needed = carrier === 'GUARD' ? ['GUARD LET', 'GUARD REFUSED'] : [`${carrier} RAN`];
  return needed.every((deed) => deeds.has(deed));
}

function clausesIn(root: string): Clause[] {
  const rows = parse(read(root, FILES.clauses), { columns: true, bom: true }) as Record<string, string>[];
  return rows.map(({ id, clause_zh: text, kind }) => ({ id: id!, text: text!, kind: kind! }));
}

const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');
