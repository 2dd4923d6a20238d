import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { emit } from '../emitted';
import { say, warn } from '../say';

interface Options {
  readonly json?: true;
  readonly update?: true;
  readonly check?: boolean;
}

const COMMAND = 'npm test && npm run clauses -- --update';
const PAGE = 'docs/clauses.md';

/** `hub clauses`: what becomes of the clauses of the two source documents. Runs in the project's folder. */
export function registerClauses(program: Command): void {
  program
    .command('clauses')
    .description('the ledger of the 372 clauses: what carries each out, and which test proves it')
    .option('--json', 'totals as one JSON object on the last line: total, byState, proven, open')
    .option('--update', 'write the proofs of the last test run and docs/clauses.md')
    .option('--check', 'write nothing; exit 1 where code claims a clause that no test proves, or the page is old')
    .addHelpText(
      'after',
      '\nCode claims a clause by clause(…) in a rule, guardOf(…) or carriedOutBy(…); a test names it in brackets: [IM-6(1)].\n' +
        'A clause is proven where such a test passed while that code ran. After a change: npm test && npm run clauses -- --update',
    )
    .action(async (options: Options) => tellClauses(options));
}

async function tellClauses({ json, update, check = false }: Options): Promise<void> {
  const { FILES, ledgerOf, readProofs } = await import('./ledger.js');
  const { clausesPage, totalsOf } = await import('./page.js');
  const root = process.cwd();
  if (update) {
    const { claimsIn } = await import('./claims.js');
    const { proofsFrom } = await import('./run.js');
    writeFileSync(FILES.proofs, `${JSON.stringify(proofsFrom(root, claimsIn(root)), null, 2)}\n`);
  }
  const ledger = ledgerOf(root, readProofs(root));
  for (const { id, carrier, file, line } of ledger.unproven)
    warn(`${file}:${line} claims ${id} (${carrier}), and no test that names it was seen to prove it: ${COMMAND}`);
  if (ledger.unproven.length > 0) process.exitCode = 1;
  if (update || check) emit({ path: PAGE, text: clausesPage(ledger), command: COMMAND }, check);
  if (check) return;
  const totals = totalsOf(ledger);
  const states = Object.entries(totals.byState).map(([state, count]) => `${state.padEnd(10)} ${count}`);
  say([`${totals.total} clauses, ${totals.proven} proven`, ...states].join('\n'));
  for (const { id, state, text, claims } of ledger.entries)
    if (state !== 'OPEN') say(`  ${id.padEnd(16)} ${state.padEnd(6)} ${text.slice(0, 36)}  ${claims[0]?.file ?? ''}`);
  if (json) say(JSON.stringify(totals));
}
