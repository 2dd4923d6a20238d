import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Carrier } from '../../clauses';

/** A place in the code that says it carries a clause out. */
export interface Claim {
  readonly id: string;
  readonly carrier: Carrier;
  readonly file: string;
  readonly line: number;
}

const FOLDERS = ['src', 'resolvers', 'connectors', 'schema'];
const CALL = /\bclause\(((?:\s*'(?:IM|GX)-[^']+'\s*,?)+)\)/g;
const BY = /carriedOutBy\(\s*'([A-Z]+)',\s*$/;

/** Every `clause(…)` of the code, with what carries it out: a rule's basis, a guard, or what `carriedOutBy` names. */
export function claimsIn(root: string): Claim[] {
  return FOLDERS.flatMap((folder) => sourcesBelow(join(root, folder))).flatMap((path) =>
    claimsOf(path.slice(resolve(root).length + 1), readFileSync(path, 'utf8')),
  );
}

const sourcesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => resolve(join(entry.parentPath, entry.name)))
    .sort();

/** The words themselves, and what speaks of them. */
const TOOLS = /^src\/(clauses\.ts|cli\/clauses\/)/;

/** Comments speak of clauses too; only calls count. Throws where it cannot tell what carries a clause out. */
export function claimsOf(file: string, text: string): Claim[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ' '));
  const lineAt = (index: number) => code.slice(0, index).split('\n').length;
  const read = new Set([...code.matchAll(CALL)].map(({ index }) => index));
  for (const { index } of TOOLS.test(file) ? [] : code.matchAll(/\bclause\(/g))
    if (!read.has(index)) throw new Error(`${file}:${lineAt(index)} names a clause otherwise than in plain quotes`);
  return [...code.matchAll(CALL)].flatMap(({ index, 1: list }) => {
    const before = code.slice(0, index);
    const line = lineAt(index);
    const carrier = carrierOf(before);
    if (!carrier) throw new Error(`${file}:${line} says clause(…) outside a rule, guardOf(…) and carriedOutBy(…)`);
    return [...list!.matchAll(/'([^']+)'/g)].map(([, id]) => ({ id: id!, carrier, file, line }));
  });
}

function carrierOf(before: string): Carrier | undefined {
  const named = BY.exec(before)?.[1];
  if (named) return named as Carrier;
  if (/guardOf\(\s*$/.test(before)) return 'GUARD';
  return /\bdefineRule\(/.test(before) && /basis:[^;]*$/.test(before) ? 'RULE' : undefined;
}
