import { SANDBOX_AGENCIES } from '../../connectors/sandboxes';
import { meaningOf, MODES, type Mode } from '../exchange/sandbox/mode';

interface ModeRow {
  readonly mode: Mode;
  /** In the order of the agencies. */
  readonly meanings: readonly string[];
}

/** What every mode means for every agency, as each declares it. */
export async function modeTable(): Promise<{
  readonly agencies: readonly string[];
  readonly rows: readonly ModeRow[];
}> {
  const played = await Promise.all(SANDBOX_AGENCIES.map(({ load }) => load()));
  const rows = MODES.map((mode) => ({
    mode,
    meanings: played.map(({ meanings }) => {
      const meaning = meaningOf(mode, meanings);
      return typeof meaning === 'string' ? meaning : `none: ${meaning.none}`;
    }),
  }));
  return { agencies: SANDBOX_AGENCIES.map(({ name }) => name), rows };
}

/** docs/sandbox-modes.md: `hub docs` writes it. */
export async function modesPage(): Promise<string> {
  const { agencies, rows } = await modeTable();
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return `# Fault modes of the sandbox

Emitted from \`connectors/*/sandbox-modes.ts\` and \`src/exchange/sandbox/mode.ts\` by \`npm run docs\`; do not edit.

\`npm run hub -- sandbox set <agency> --mode <mode>\` puts a running agency into one, \`npm run hub -- sandbox modes\` prints this table.
“none” says why a mode means nothing for an agency; it cannot be put into it. \`test/faults\` runs every other cell.

${line(['mode', ...agencies])}
|${'---|'.repeat(agencies.length + 1)}
${rows.map(({ mode, meanings }) => line([`\`${mode}\``, ...meanings])).join('\n')}
`;
}
