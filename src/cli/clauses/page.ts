import type { Entry, Ledger } from './ledger';

/** Whose clauses they are, by the prefix of their ids. */
const DOCUMENTS = [
  ['IM', '内蒙古自治区 通知'],
  ['GX', '广西壮族自治区 规程'],
] as const;

/** Totals of the ledger, as `npm run clauses -- --json` prints them. */
export function totalsOf({ entries }: Ledger) {
  const byState: Record<string, number> = {};
  for (const { state } of entries) byState[state] = (byState[state] ?? 0) + 1;
  const open = entries.filter(({ state }) => state === 'OPEN').map(({ id }) => id);
  const proven = entries.length - open.length - (byState['HUMAN'] ?? 0);
  return { total: entries.length, byState, proven, open };
}

/** docs/clauses.md: every clause with its state, the code that carries it out and the tests that prove it. */
export function clausesPage(ledger: Ledger): string {
  const { total, proven, byState } = totalsOf(ledger);
  const states = Object.entries(byState).map(([state, count]) => `${state} ${count}`);
  const parts = DOCUMENTS.map(([prefix, title]) => {
    const rows = ledger.entries.filter(({ id }) => id.startsWith(`${prefix}-`)).map(rowOf);
    return `## ${title}\n\n| 条款 | 内容 | 状态 | 代码 | 证明 |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# 条款台账

Made from \`docs/law/clauses.csv\`, the code and \`docs/law/proofs.json\` by \`npm run clauses -- --update\`; do not edit. A clause counts as
proven where a test that names it passed while the code that says \`clause('…')\` ran, a guard once letting through and once refusing.

${total} clauses, ${proven} proven (${states.join(', ')}).

${parts.join('\n')}`;
}

function rowOf({ id, text, state, reason, claims, proofs }: Entry): string {
  const code = [...new Set(claims.map(({ file }) => `\`${file}\``))].join('<br>');
  const tests = proofs.map(({ file, title }) => `\`${file}\` ${plain(title)}`).join('<br>');
  return `| ${id} | ${plain(text)} | ${state} | ${reason ? plain(reason) : code} | ${tests} |`;
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();
