import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Claim } from './claims';
import type { Proof, Proofs } from './ledger';

/** What a test run left behind (test/support/clauses): a file of results for each file of tests. */
interface Ran {
  readonly file: string;
  readonly tests: readonly { readonly title: string; readonly passed: boolean; readonly deeds: readonly string[] }[];
}

const FOLDER = 'node_modules/.cache/anju-clauses';
const MOST = 3;

/** Proofs of the claims, from the tests that ran last: for each deed of each clause the first tests that show it. */
export function proofsFrom(root: string, claims: readonly Claim[]): Proofs {
  const claimed = new Set(claims.map(({ id, carrier }) => `${id} ${carrier}`));
  const found = new Map<string, Proof[]>();
  for (const { file, tests } of ranIn(root))
    for (const { title, passed, deeds } of tests) {
      if (!passed) continue;
      for (const id of namedIn(title)) {
        const own = deeds.filter((deed) => deed.startsWith(`${id} `)).map((deed) => deed.slice(id.length + 1));
        const shown = own.filter((deed) => claimed.has(`${id} ${deed.split(' ')[0]}`));
        if (shown.length > 0) found.set(id, [...(found.get(id) ?? []), { file, title, deeds: shown }]);
      }
    }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, all]) => [id, fewest(all)]));
}

/** Ids in the brackets of a title: '[G8, IM-3.C6]'. */
export const namedIn = (title: string): string[] => [
  ...new Set(
    [...title.matchAll(/\[([^\]]*)\]/g)].flatMap(([, list]) =>
      list!.split(/,\s*/).filter((id) => /^(IM|GX)-\d/.test(id)),
    ),
  ),
];

function fewest(all: readonly Proof[]): Proof[] {
  const counts = new Map<string, number>();
  return all.filter(({ deeds }) => {
    const wanted = deeds.some((deed) => (counts.get(deed) ?? 0) < MOST);
    if (wanted) for (const deed of deeds) counts.set(deed, (counts.get(deed) ?? 0) + 1);
    return wanted;
  });
}

function ranIn(root: string): Ran[] {
  const folder = join(root, FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Ran)
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}
